import { describe, expect, it } from 'vitest';
import { formatFragment } from '../../../../../main/common/e2ee/invite-link.ts';
import {
  LinkMemory,
  recallsCall,
  type TakenFragment,
  takeFragment,
} from '../../../../../web-client/ui/entry/link-memory.ts';
import { openStorage } from '../../../../../web-client/ui/preferences/browser-storage.ts';
import { CrampedStorage } from '../../../../support/page/cramped-storage.ts';
import { FakeHistory } from '../../../../support/page/fake-history.ts';

const link = { secret: new Uint8Array(32).fill(1), token: new Uint8Array(16).fill(2), certificate: null };

function addressBar(hash: string) {
  return {
    location: { hash, origin: 'https://abc.example', search: '?lang=en' },
    history: new FakeHistory(),
  };
}

describe('takeFragment', () => {
  it('reads a whole link and leaves the address without it', () => {
    const bar = addressBar(formatFragment(link));
    expect(takeFragment(bar)).toEqual({ kind: 'link', link });
    expect(bar.history.shown).toEqual(['https://abc.example/?lang=en']);
  });

  it('takes a broken fragment out of the address too: it may hold most of the secret', () => {
    const bar = addressBar(formatFragment(link).slice(0, -1));
    expect(takeFragment(bar)).toEqual({ kind: 'cut' });
    expect(bar.history.shown).toEqual(['https://abc.example/?lang=en']);
  });

  it('tells one that was changed from one that was cut', () => {
    expect(takeFragment(addressBar(`${formatFragment(link)}A`))).toEqual({ kind: 'changed' });
  });

  it('leaves an address without a fragment alone', () => {
    const bar = addressBar('');
    expect(takeFragment(bar)).toEqual({ kind: 'none' });
    expect(bar.history.shown).toEqual([]);
  });
});

describe('recallsCall', () => {
  const KEYS = ['secret-call.call', 'secret-call.former'];
  const tabInCall = () => {
    const tab = new CrampedStorage();
    for (const key of KEYS) tab.setItem(key, 'kept');
    return tab;
  };

  it('finds the call of a tab that is loaded anew', () => {
    const tab = tabInCall();
    expect(recallsCall(tab, { kind: 'none' })).toBe(true);
    expect(KEYS.map((key) => tab.getItem(key))).toEqual(['kept', 'kept']);
    expect(recallsCall(new CrampedStorage(), { kind: 'none' })).toBe(false);
  });

  it.each<TakenFragment>([{ kind: 'link', link }, { kind: 'cut' }, { kind: 'changed' }])(
    'keeps nothing of it where something was opened in its place ($kind)',
    (arrival) => {
      const tab = tabInCall();
      expect(recallsCall(tab, arrival)).toBe(false);
      expect(KEYS.map((key) => tab.getItem(key))).toEqual([null, null]);
    },
  );
});

describe('an address bar that refuses to be changed', () => {
  it('still gives its link', () => {
    const bar = addressBar(formatFragment(link));
    bar.history.refuses = true;
    expect(takeFragment(bar)).toEqual({ kind: 'link', link });
  });
});

describe('LinkMemory', () => {
  const off = () =>
    openStorage(() => {
      throw new Error('storage is switched off');
    });

  it('gives the link back until it is forgotten', () => {
    const history = new FakeHistory();
    const kept = new LinkMemory(off(), history);
    expect(kept.recall()).toBeNull();
    expect(kept.keep(link)).toBe(true);
    expect(kept.recall()).toEqual(link);
    kept.forget();
    expect([kept.recall(), history.state]).toEqual([null, null]);
  });

  it('keeps it with the tab’s history where there is no storage, and only there', () => {
    const history = new FakeHistory();
    new LinkMemory(off(), history).keep(link);
    expect(new LinkMemory(off(), history).recall()).toEqual(link);
    const storage = new CrampedStorage();
    const kept = new LinkMemory(
      openStorage(() => storage),
      history,
    );
    expect([kept.keep(link), history.state]).toEqual([true, null]);
    expect([...storage.values.values()]).toEqual([formatFragment(link)]);
  });

  it('says that a reload loses it where neither takes it, and has it until then', () => {
    const history = new FakeHistory();
    history.refuses = true;
    const kept = new LinkMemory(off(), history);
    expect([kept.keep(link), kept.recall()]).toEqual([false, link]);
    kept.forget();
    expect(kept.recall()).toBeNull();
  });

  it.each([null, 7, {}, 'hello', ['#']])('takes nothing for a link that another put there: %j', (state) => {
    const history = new FakeHistory();
    history.state = state;
    expect(new LinkMemory(off(), history).recall()).toBeNull();
  });
});
