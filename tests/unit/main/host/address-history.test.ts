/** Checks which public address leads here no more, and since when. */

import { expect, it } from 'vitest';
import type { TunnelStatus } from '../../../../main/common/host-api/snapshot.ts';
import { AddressHistory } from '../../../../main/host/address-history.ts';

const A = 'https://a.lhr.life';
const B = 'https://b.lhr.life';
const at = (url: string): TunnelStatus => ({ phase: 'connected', url });
const connecting: TunnelStatus = { phase: 'connecting' };
const waiting: TunnelStatus = { phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 };
const failed: TunnelStatus = { phase: 'failed', code: 'ssh-not-found' };

/** What is told after each status; the n-th comes at n. */
function follow(history: AddressHistory, ...statuses: TunnelStatus[]) {
  return statuses.map((status, index) => {
    history.handle(status, index + 1);
    return history.former && `${history.former.origin} ${history.former.sinceMs}`;
  });
}

it('there is none before one was given out, nor while it works', () => {
  const history = new AddressHistory(null, 0);
  expect(follow(history, connecting, waiting, connecting, at(A), at(A))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

it('is dead since it was lost, however many tries follow, and until it is back', () => {
  const history = new AddressHistory(null, 0);
  expect(follow(history, at(A), waiting, connecting, failed, at(A))).toEqual([
    null,
    `${A} 2`,
    `${A} 2`,
    `${A} 2`,
    null,
  ]);
});

it('stays dead when another takes its place, since it was lost or, at once, since it was replaced', () => {
  expect(follow(new AddressHistory(null, 0), at(A), waiting, at(B)).at(-1)).toBe(`${A} 2`);
  expect(follow(new AddressHistory(null, 0), at(A), at(B), at(B)).at(-1)).toBe(`${A} 2`);
});

it('is the last one given out: of three the second, and the first once that is the only one left', () => {
  const history = new AddressHistory(null, 0);
  expect(follow(history, at(A), at(B), waiting, at(B), at(A))).toEqual([
    null,
    `${A} 2`,
    `${B} 3`,
    `${A} 2`,
    `${B} 5`,
  ]);
});

it('of a room that goes on is dead until its tunnel has it again', () => {
  expect(follow(new AddressHistory(A, 0), connecting, at(A))).toEqual([`${A} 0`, null]);
  expect(follow(new AddressHistory(A, 0), connecting, at(B))).toEqual([`${A} 0`, `${A} 0`]);
});
