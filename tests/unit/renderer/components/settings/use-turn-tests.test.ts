/** Holds the run of tests over the TURN servers to one at a time, and to silence once it was stopped. */

import { expect, it } from 'vitest';
import { fail, ok } from '../../../../../main/common/result.ts';
import type { TurnTestOutcome } from '../../../../../renderer/components/settings/turn-test.ts';
import {
  runTurnTests,
  type TestedServer,
} from '../../../../../renderer/components/settings/use-turn-tests.ts';

const URLS = ['turn:a', 'turn:b', 'turn:c'];
const works: TurnTestOutcome = { kind: 'works', tookMs: 7 };

function stage(test: (url: string, signal: AbortSignal) => Promise<TurnTestOutcome | null>) {
  const told: string[] = [];
  const abort = new AbortController();
  const run = runTurnTests(
    URLS,
    {
      askAccess: async (urls) =>
        urls === 'turn:b' ? fail('bad-options') : ok({ urls, username: 'me', credential: 'word' }),
      test: ({ urls }, signal) => test(urls, signal),
      onState: ({ url, state }: TestedServer) =>
        told.push(`${url} ${state.kind === 'fails' ? state.flaw : state.kind}`),
    },
    abort.signal,
  );
  return { told, abort, run };
}

it('tests one server at a time, each with access of its own, and goes on after one that has none', async () => {
  let atOnce = 0;
  const { told, run } = stage(async () => {
    expect(++atOnce).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    return works;
  });
  await run;
  expect(told).toEqual([
    ...URLS.map((url) => `${url} waits`),
    ...['turn:a runs', 'turn:a works', 'turn:b runs', 'turn:b no-access', 'turn:c runs', 'turn:c works'],
  ]);
});

it('tells nothing and tests nothing more once it was stopped', async () => {
  const { told, abort, run } = stage(
    (_url, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(null))),
  );
  await new Promise((resolve) => setImmediate(resolve));
  const before = [...told];
  expect(before.at(-1)).toBe('turn:a runs');
  abort.abort();
  await run;
  expect(told).toEqual(before);
});
