import { describe, expect, it } from 'vitest';
import { formatFragment } from '../../../../../main/common/e2ee/invite-link.ts';
import { ResumeToken } from '../../../../../web-client/core/signaling/resume-token.ts';
import { recallRecent, rememberRecent } from '../../../../../web-client/ui/emoji/emoji-store.ts';
import { LinkMemory } from '../../../../../web-client/ui/entry/link-memory.ts';
import { openStorage, type PageStorage } from '../../../../../web-client/ui/preferences/browser-storage.ts';
import { PreferenceStore } from '../../../../../web-client/ui/preferences/preference-store.ts';
import { CrampedStorage } from '../../../../support/page/cramped-storage.ts';
import { FakeHistory } from '../../../../support/page/fake-history.ts';

const link = { secret: new Uint8Array(32).fill(1), token: new Uint8Array(16).fill(2), certificate: null };
const hostKey = 'B'.repeat(87);
const token = 'A'.repeat(43);

function refusing(...methods: readonly (keyof PageStorage)[]): CrampedStorage {
  const storage = new CrampedStorage();
  for (const method of methods) storage.refused.add(method);
  return storage;
}

const CRAMPED: readonly (readonly [string, () => PageStorage | null])[] = [
  ...[0, 20, 30, 40, 50, 60, 82].map(
    (room) => [`with room for ${room} units`, () => new CrampedStorage(room)] as const,
  ),
  ['that gives nothing out', () => refusing('getItem')],
  ['that takes nothing', () => refusing('setItem')],
  ['that refuses everything', () => refusing('getItem', 'setItem', 'removeItem')],
  ['that is not there', () => null],
  [
    'that may not be looked at',
    () => {
      throw new DOMException('refused', 'SecurityError');
    },
  ],
];

describe.each(CRAMPED)('a storage %s', (_how, look) => {
  it('lets the page have all it keeps for as long as it lasts', () => {
    const storage = openStorage(look);
    const history = new FakeHistory();
    const memory = new LinkMemory(storage, history);
    expect(memory.keep(link)).toBe(true);
    expect(memory.recall()).toEqual(link);
    expect(history.state).toBe(formatFragment(link));

    const resume = new ResumeToken([storage]);
    resume.keep(token, hostKey);
    expect(resume.read(hostKey)).toBe(token);

    const preferences = new PreferenceStore(storage);
    preferences.update({ name: 'Anna', cues: false });
    expect(preferences.value).toMatchObject({ name: 'Anna', cues: false });

    rememberRecent(storage, '🎉');
    rememberRecent(storage, '👍');
    expect(recallRecent(storage)).toEqual(['👍', '🎉']);

    memory.forget();
    expect(memory.recall()).toBeNull();
  });
});

describe('a storage that is full', () => {
  it('keeps no older value in place of one that it did not take', () => {
    const storage = new CrampedStorage(20);
    storage.setItem('key', 'old');
    const opened = openStorage(() => storage);
    expect(opened.setItem('key', 'a value that is much too long')).toBe(false);
    expect([...storage.values]).toEqual([]);
    expect(opened.getItem('key')).toBe('a value that is much too long');
    expect(opened.setItem('key', 'short')).toBe(true);
    expect([...storage.values]).toEqual([['key', 'short']]);
    opened.removeItem('key');
    expect([opened.getItem('key'), storage.values.size]).toEqual([null, 0]);
  });

  it('forgets for this page what the browser does not give up', () => {
    const storage = new CrampedStorage();
    storage.setItem('key', 'old');
    storage.refused.add('removeItem');
    const opened = openStorage(() => storage);
    opened.removeItem('key');
    expect(opened.getItem('key')).toBeNull();
  });

  it('that says nothing of what it did not take is found out', () => {
    const storage = new CrampedStorage();
    storage.setItem = () => {};
    const opened = openStorage(() => storage);
    expect(opened.setItem('key', 'value')).toBe(false);
    expect(opened.getItem('key')).toBe('value');
  });
});
