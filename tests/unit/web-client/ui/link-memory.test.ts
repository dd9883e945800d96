import { describe, expect, it } from 'vitest';
import { formatFragment } from '../../../../main/common/sealing/link.ts';
import { openStorage } from '../../../../web-client/ui/browser-storage.ts';
import { LinkMemory, takeFragment } from '../../../../web-client/ui/link-memory.ts';

const link = { secret: new Uint8Array(32).fill(1), token: new Uint8Array(16).fill(2) };

/** An address bar that records what it is changed to. */
function addressBar(hash: string) {
  const shown: (string | URL | null | undefined)[] = [];
  return {
    shown,
    location: { hash, origin: 'https://abc.example', search: '?lang=en' },
    history: {
      replaceState: (_state: unknown, _unused: string, url?: string | URL | null) => void shown.push(url),
    },
  };
}

describe('takeFragment', () => {
  it('reads a whole link and leaves the address without it', () => {
    const bar = addressBar(formatFragment(link));
    expect(takeFragment(bar)).toEqual({ kind: 'link', link });
    expect(bar.shown).toEqual(['https://abc.example/?lang=en']);
  });

  it('takes a broken fragment out of the address too: it may hold most of the secret', () => {
    const bar = addressBar(formatFragment(link).slice(0, -1));
    expect(takeFragment(bar)).toEqual({ kind: 'cut' });
    expect(bar.shown).toEqual(['https://abc.example/?lang=en']);
  });

  it('tells one that was changed from one that was cut', () => {
    expect(takeFragment(addressBar(`${formatFragment(link)}A`))).toEqual({ kind: 'changed' });
  });

  it('leaves an address without a fragment alone', () => {
    const bar = addressBar('');
    expect(takeFragment(bar)).toEqual({ kind: 'none' });
    expect(bar.shown).toEqual([]);
  });
});

describe('LinkMemory', () => {
  const memory = () =>
    new LinkMemory(
      openStorage(() => {
        throw new Error('storage is switched off');
      }),
    );

  it('gives the link back until it is forgotten', () => {
    const kept = memory();
    expect(kept.recall()).toBeNull();
    kept.keep(link);
    expect(kept.recall()).toEqual(link);
    kept.forget();
    expect(kept.recall()).toBeNull();
  });
});
