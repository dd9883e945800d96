/** A man in the middle of two pages: without the secret he gets nowhere, with the whole link only the code shows him. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallRecord } from '../../support/call/call-record.ts';
import { CallWorld } from '../../support/call/call-world.ts';
import { HostileRelay } from '../../support/call/hostile-relay.ts';
import { type ReferencePerson, referencePerson } from '../../support/crypto/reference-e2ee.ts';

describe('a man in the middle on pages', () => {
  afterEach(() => vi.restoreAllMocks());

  it('without the secret gets no link, and nobody hears or sees another in his place', async () => {
    const world = new CallWorld();
    const relay = new HostileRelay(world);
    const record = new CallRecord();
    // Each of the two is told of the man in the middle instead of the other; boxes are passed on under his names.
    const people = [referencePerson(), referencePerson()] as const;
    const anna = world.open('Anna');
    const boris = world.open('Boris');
    await world.until('both are online', () =>
      [anna, boris].every(({ state }) => state.signaling.phase === 'online'),
    );
    const inPlaceOf = new Map([anna.id, boris.id].map((id, index) => [id, people[index as 0 | 1]]));
    const idOf = (person: ReferencePerson | undefined) => person?.id.toString('base64url') ?? '';
    relay.onRoster = (roster, to) =>
      roster.map((entry) => {
        const person = inPlaceOf.get(entry.id);
        if (entry.id === to || person === undefined) return entry;
        const [id, key, fp] = [person.id, person.key, person.fp].map((bytes) => bytes.toString('base64url'));
        return { ...entry, id: id ?? '', key: key ?? '', fp: fp ?? '' };
      });
    const passed = world.server.fromPage;
    world.server.fromPage = (message, side) => {
      if (!('to' in message)) return passed(message, side);
      const to = [anna.id, boris.id].find((id) => idOf(inPlaceOf.get(id)) === message.to) ?? '';
      relay.tell(to, { type: message.type, from: idOf(inPlaceOf.get(side.pageId ?? '')), box: message.box });
      return null;
    };
    await anna.join('Anna');
    await boris.join('Boris');
    const counts = () => [anna, boris].map(({ state }) => state.participants[0]?.tamperedBoxes ?? 0);
    await world.until('both count what does not open', () => Math.min(...counts()) > 2, 50);
    await world.pass(40_000, 500);
    expect([anna, boris].map(({ people }) => people)).toEqual([
      ['null connecting checking'],
      ['null connecting checking'],
    ]);
    expect([anna.heard.size, boris.heard.size]).toEqual([0, 0]);
    expect(record.ends.flatMap(({ applied }) => applied)).toEqual([]);
    expect(world.peers.connections.map(({ remoteFingerprint }) => remoteFingerprint)).not.toContain(
      (people[0].fp.toString('hex').match(/../g) ?? []).join(':'),
    );
    await close(world);
  });

  it('with the whole link passes every check but the code', async () => {
    const left = new CallWorld(2);
    const right = new CallWorld(2, left.link);
    const record = new CallRecord();
    // Two rooms where the two people believe to be in one: in each of them sits a page of his.
    const anna = await left.join('Anna');
    const toAnna = await left.join('Boris');
    const boris = await right.join('Boris');
    const toBoris = await right.join('Anna');
    for (const world of [left, right]) {
      await world.until('all are sealed', () => world.allSealed());
    }
    expect([anna.people, boris.people]).toEqual([['Boris connected sealed'], ['Anna connected sealed']]);
    const codes = [
      [anna, toAnna],
      [toAnna, anna],
      [boris, toBoris],
      [toBoris, boris],
    ] as const;
    const shown = () =>
      codes.map(([own, other]) => {
        const { state } = record.end(own.id, other.id).state.verification;
        return state.phase === 'done' ? state.code.join(' ') : state.phase;
      });
    await left.until('there are codes', () =>
      shown()
        .slice(0, 2)
        .every((code) => code !== 'running'),
    );
    await right.until('there are codes', () =>
      shown()
        .slice(2)
        .every((code) => code !== 'running'),
    );
    const [atAnna, , atBoris] = shown();
    expect(shown()).toEqual([atAnna, atAnna, atBoris, atBoris]);
    expect(atAnna).not.toBe(atBoris);
    await close(left);
    await close(right);
  });

  async function close(world: CallWorld): Promise<void> {
    await world.end();
    expect(world.peers.open).toEqual([]);
  }
});
