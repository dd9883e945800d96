/** Holds the host's decisions to those whom they are about. */

import { expect, it } from 'vitest';
import { LIVE_TOKENS_MAX } from '../../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { FIRST_LINK, TestRoom } from '../../../support/room/test-room.ts';

it('makes so many links and no more, until one has ended', () => {
  const room = new TestRoom(2);
  const invite = () => room.invite({ kind: 'one-time' }).answers;
  for (let count = 1; count < LIVE_TOKENS_MAX; count++) expect(invite()).toEqual([ok(null)]);
  expect(invite()).toEqual([fail('too-many-links')]);
  expect(room.subject.links).toHaveLength(LIVE_TOKENS_MAX);
  room.revoke(room.lastLink);
  expect(invite()).toEqual([ok(null)]);
});

it('lets the end of a link concern nobody who never showed it', () => {
  const room = new TestRoom(3);
  room.join(1, 'a');
  room.invite({ kind: 'one-time' });
  room.join(2, 'b', room.lastLink);
  room.leave(2);
  room.invite({ kind: 'expiring', expiresAtMs: 1e9 });
  expect(room.revoke(room.lastLink).closed).toEqual([]);
  expect(room.command({ type: 'new-link' }).closed).toEqual([[2, 'auth-failed']]);
});

it('leaves whoever has another link that lets people in', () => {
  const room = new TestRoom(3);
  const resume = room.enter(1, 'a').resumeFor(1);
  room.invite({ kind: 'expiring', expiresAtMs: 1e9 });
  room.enter(2, 'a', resume, room.lastLink);
  expect(room.revoke(room.lastLink).closed).toEqual([]);
  expect(room.command({ type: 'new-link' }).closed).toEqual([[2, 'auth-failed']]);
});

it('shuts nobody out for somebody who is away without a place', () => {
  const room = new TestRoom(2);
  room.join(1, 'a');
  room.join(2, 'b');
  room.lose(2);
  room.enter(3, 'c');
  room.nameAmongLiving(3);
  room.vouch(1, 'b', 'lost');
  room.shutOut();
  expect([room.subject.links.map(({ id }) => id), room.lastLink]).toEqual([[FIRST_LINK], FIRST_LINK]);
});
