/** Checks what comparing the verification code does to a call: to the one compared with, to the others, and later on. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CODE_LENGTH } from '../../../../main/common/e2ee/sas.ts';
import type { ParticipantState } from '../../../../web-client/core/state/room-state.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';
import { Intruder } from '../../../support/call/intruder.ts';
import { randomBytes } from '../../../support/crypto/e2ee-tools.ts';

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
});
afterEach(() => world.dispose());

async function joinAll(...names: string[]): Promise<CallPage[]> {
  const pages: CallPage[] = [];
  for (const name of names) pages.push(await world.join(name));
  await world.until('all have their codes', () =>
    pages.every(
      ({ state }) =>
        state.participants.length === names.length - 1 &&
        state.participants.every(({ code }) => code !== null),
    ),
  );
  return pages;
}

async function two(): Promise<readonly [CallPage, CallPage]> {
  const [anna, boris] = await joinAll('Anna', 'Boris');
  if (anna === undefined || boris === undefined) throw new Error('two pages');
  return [anna, boris];
}

async function three(): Promise<readonly [CallPage, CallPage, CallPage]> {
  const [anna, boris, clara] = await joinAll('Anna', 'Boris', 'Clara');
  if (anna === undefined || boris === undefined || clara === undefined) throw new Error('three pages');
  return [anna, boris, clara];
}

/** How `page` sees `other`. */
function seen(page: CallPage, other: CallPage): ParticipantState | undefined {
  return page.state.participants.find(({ id }) => id === other.id);
}

describe('the code', () => {
  it('is seven indices, the same on both sides and another for each pair', async () => {
    const [anna, boris, clara] = await three();
    const pairs = [
      [anna, boris],
      [anna, clara],
      [boris, clara],
    ] as const;
    for (const [one, other] of pairs) expect(seen(one, other)?.code).toEqual(seen(other, one)?.code);
    const codes = pairs.map(([one, other]) => seen(one, other)?.code ?? []);
    expect(new Set(codes.map(String)).size).toBe(3);
    for (const index of codes.flat()) expect(index >= 0 && index < 64).toBe(true);
    expect(codes.map(({ length }) => length)).toEqual([CODE_LENGTH, CODE_LENGTH, CODE_LENGTH]);
  });

  it('is not shown before one joins, nor before the connection is sealed', async () => {
    const [, boris] = await two();
    const outside = world.open('Vera');
    await world.until('Vera sees them', () => outside.people.length === 2);
    for (const { code } of outside.state.participants) expect(code).toBeNull();
    for (const { participants } of boris.states)
      for (const { code, trust, peer } of participants)
        if (code !== null) expect([trust, peer.phase]).toEqual(['sealed', 'connected']);
  });

  it('is not shown where nothing of the pair came through the connection', async () => {
    world.peers.channelsCarry = false;
    const anna = await world.join('Anna');
    const boris = await world.join('Boris');
    await world.until('both are connected', () => seen(anna, boris)?.peer.phase === 'connected');
    await world.pass(5_000, 500);
    anna.session.verify(boris.id, true);
    expect(seen(anna, boris)).toMatchObject({ trust: 'checking', code: null });
  });

  it('goes while the connection is repaired, and comes back the same', async () => {
    const [anna, boris] = await two();
    const code = seen(anna, boris)?.code;
    world.peers.up = false;
    world.peers.fail('failed');
    await world.until('it is lost', () => seen(anna, boris)?.peer.phase === 'lost');
    expect(seen(anna, boris)?.code).toBeNull();
    anna.session.verify(boris.id, true);
    world.peers.up = true;
    await world.until('it is back', () => seen(anna, boris)?.code !== null, 50);
    expect(seen(anna, boris)).toMatchObject({ code, trust: 'sealed' });
  });
});

describe('"They match"', () => {
  it('makes the one person verified, on this side only', async () => {
    const [anna, boris, clara] = await three();
    anna.session.verify(boris.id, true);
    expect(anna.people).toEqual(['Boris connected verified', 'Clara connected sealed']);
    expect(seen(anna, boris)?.code).toEqual(seen(boris, anna)?.code);
    expect(boris.people).toEqual(['Anna connected sealed', 'Clara connected sealed']);
    boris.session.verify(anna.id, true);
    expect(seen(boris, anna)?.trust).toBe('verified');
    expect(clara.people).toEqual(['Anna connected sealed', 'Boris connected sealed']);
  });

  it('is refused before the code may be shown, and does not count later', async () => {
    const anna = await world.join('Anna');
    const boris = world.open('Boris');
    anna.session.onState(() => {
      if (boris.id !== '' && seen(anna, boris)?.code == null) anna.session.verify(boris.id, true);
    });
    boris.session.join('Boris');
    await world.until('there is a code', () => seen(anna, boris)?.code != null);
    expect(anna.people).toEqual(['Boris connected sealed']);
  });

  it('means nothing for somebody who is not there', async () => {
    const [anna, boris] = await two();
    anna.session.verify('nobodynobodynobodynobo', true);
    anna.session.verify('nobodynobodynobodynobo', false);
    boris.session.leave();
    await world.until('Boris is gone', () => anna.state.participants.length === 0);
    const { id } = boris;
    anna.session.verify(id, true);
    boris.session.join('Boris');
    await world.until('Boris is back', () => seen(anna, boris)?.code != null);
    expect(seen(anna, boris)?.trust).toBe('sealed');
  });

  it('lasts over a lost server, a rebuilt connection, and leaving and joining again', async () => {
    const [anna, boris] = await two();
    for (let press = 0; press < 2; press++) anna.session.verify(boris.id, true);
    const code = seen(anna, boris)?.code;
    const verifiedAgain = () =>
      world.until('it is verified again', () => seen(anna, boris)?.trust === 'verified', 50);

    world.server.dropAll();
    await world.until('both are online', () =>
      world.pages.every(({ state }) => state.signaling.phase === 'online'),
    );
    expect(seen(anna, boris)?.trust).toBe('verified');

    const before = world.peers.open;
    world.peers.up = false;
    world.peers.fail('failed');
    await world.pass(20_000, 500);
    world.peers.up = true;
    await world.until(
      'there is another connection',
      () => !world.peers.open.some((one) => before.includes(one)),
      50,
    );
    await verifiedAgain();

    boris.session.leave();
    await world.until('Boris is gone', () => anna.state.participants.length === 0);
    boris.session.join('Somebody else by name');
    await verifiedAgain();

    anna.session.leave();
    anna.session.join('Anna');
    await verifiedAgain();
    expect(seen(anna, boris)?.code).toEqual(code);
  });

  it('never holds for a new key, whatever name and place it has', async () => {
    const [anna, boris] = await two();
    anna.session.verify(boris.id, true);
    boris.session.verify(anna.id, true);
    const code = seen(anna, boris)?.code;
    boris.session.dispose();
    const again = world.open('Boris', boris.storage);
    again.session.join('Boris');
    await world.until(
      'there is a code',
      () => seen(anna, again)?.code != null && seen(again, anna)?.code != null,
    );
    expect(anna.people).toEqual(['Boris connected sealed']);
    expect(again.people).toEqual(['Anna connected sealed']);
    expect(seen(anna, again)?.code).not.toEqual(code);
  });
});

describe('"They don’t"', () => {
  it('ends the connection with its reason and bars the id; the others go on', async () => {
    const [anna, boris, clara] = await three();
    anna.session.verify(boris.id, false);
    expect(seen(anna, boris)).toMatchObject({
      peer: { phase: 'failed', reason: 'different' },
      trust: 'failed',
      code: null,
    });
    expect([...anna.heard.keys()]).toEqual([clara.id]);
    expect(anna.connections).toHaveLength(1);
    anna.session.verify(boris.id, true);
    expect(seen(anna, boris)?.trust).toBe('failed');
    await world.until('Boris is told', () => seen(boris, anna)?.trust === 'failed');
    expect(seen(boris, anna)?.peer).toEqual({ phase: 'failed', reason: 'told-different' });
    expect([...boris.heard.keys()]).toEqual([clara.id]);

    await world.pass(5_000, 500);
    expect(seen(anna, clara)).toMatchObject({ peer: { phase: 'connected' }, trust: 'sealed' });
    expect(seen(boris, clara)).toMatchObject({ peer: { phase: 'connected' }, trust: 'sealed' });

    boris.session.leave();
    await world.until('Boris is gone', () => anna.state.participants.length === 1);
    boris.session.join('Boris');
    await world.until('Boris is back', () => anna.state.participants.length === 2);
    await world.pass(2_000, 500);
    expect(seen(anna, boris)?.peer).toEqual({ phase: 'failed', reason: 'different' });
    expect(anna.connections).toHaveLength(1);
  });

  it('counts after a match as well, and while the connection is being repaired', async () => {
    const [anna, boris] = await two();
    anna.session.verify(boris.id, true);
    world.peers.up = false;
    world.peers.fail('failed');
    await world.until('it is lost', () => seen(anna, boris)?.peer.phase === 'lost');
    anna.session.verify(boris.id, false);
    expect(seen(anna, boris)).toMatchObject({
      peer: { phase: 'failed', reason: 'different' },
      trust: 'failed',
    });
  });
});

describe('a page of another release', () => {
  it.each([
    [[1, 2, 900], { phase: 'connecting' }],
    [[2, 900], { phase: 'failed', reason: 'version' }],
  ])('that speaks %j is, to one that speaks 1, %j; the others go on', async (versions, peer) => {
    const [anna, boris] = await two();
    // The host speaks with either.
    world.server.versions = [1, 2];
    const later = await Intruder.join(world, 'Later', randomBytes(32), versions);
    const { stream } = await later.pair(anna.id);
    const card = () => anna.state.participants.find(({ id }) => id === later.id);
    // Its first word, its name with what it speaks, is long there.
    await world.pass(3_000);
    // No connection comes of it: its fingerprint is of no certificate.
    expect(card()?.peer).toEqual(peer);
    expect(seen(anna, boris)).toMatchObject({ peer: { phase: 'connected' }, trust: 'sealed' });
    stream.close();
    later.leave();
  });
});
