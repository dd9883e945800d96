/** Owns proof that whoever looks for updates reaches the server they were told of, where that sends them, and nobody else. */

import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { isOfSource, openUpdateSession } from '../../../../../main/desktop/updates/update-network.ts';

describe('what may be asked', () => {
  const github = { feed: new URL('https://github.com/a/b/releases/latest/download/feed.txt') };
  const own = { feed: new URL('https://updates.example:8443/feed.txt') };

  it.each([
    [github, 'https://github.com/secret-call/secret-call/releases/download/v1/x.exe', true],
    [github, 'https://release-assets.githubusercontent.com/x?sig=1', true],
    [github, 'http://release-assets.githubusercontent.com/x', false],
    [github, 'https://github.com.evil.example/', false],
    [github, 'https://evil.githubusercontent.com/', false],
    [github, 'http://github.com/', false],
    [github, 'https://github.com:8443/', false],
    [own, 'https://updates.example:8443/anything', true],
    [own, 'https://updates.example/', false],
    [own, 'https://release-assets.githubusercontent.com/x', false],
    [own, 'file:///etc/passwd', false],
    [own, 'wss://updates.example:8443/', false],
    [own, 'no address', false],
  ])('%j: %s', (source, address, may) => {
    expect(isOfSource(source, address)).toBe(may);
  });
});

type Step = (
  details: { readonly url: string },
  decide: (answer: { readonly cancel: boolean }) => void,
) => void;

it('judges each step of its session, which keeps nothing and says nothing of the person', async () => {
  const said: unknown[] = [];
  let judge: Step = () => {};
  const session = {
    setUserAgent: (...names: string[]) => void said.push(names),
    webRequest: {
      onBeforeRequest: (step: Step) => {
        judge = step;
      },
    },
    fetch: async (...asked: unknown[]) => void said.push(asked),
  };
  const feed = new URL('https://updates.example/feed.txt');
  const fetch = openUpdateSession(
    { feed },
    {
      fromPartition(...opened) {
        said.push(opened);
        return session as unknown as Session;
      },
    },
  );
  const { signal } = new AbortController();
  await fetch(feed.href, { signal });
  expect(said).toEqual([
    ['updates', { cache: false }],
    ['Secret-Call', 'en'],
    [feed.href, { signal, credentials: 'omit', headers: { 'cache-control': 'no-cache' } }],
  ]);
  const verdicts = ['https://updates.example/x', 'https://evil.example/x'].map((url) => {
    let cancelled: boolean | null = null;
    judge({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return cancelled;
  });
  expect(verdicts).toEqual([false, true]);
});
