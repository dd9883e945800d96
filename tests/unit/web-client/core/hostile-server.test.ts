/** Holds a call to what it denies a server that lies, forges boxes or sits inside its connections. */

import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../../main/common/bytes.ts';
import type { RosterEntry, ServerMessage } from '../../../../main/common/protocol/messages.ts';
import type { CallWorld } from '../../../support/call/call-world.ts';
import { worldForEachTest } from '../../../support/call/world-for-each-test.ts';
import { randomBytes } from '../../../support/crypto/e2ee-tools.ts';

let world: CallWorld;
worldForEachTest((made) => {
  world = made;
});

const joinAll = <Names extends string[]>(...names: Names) => world.joinAll(...names);

describe('a hostile server', () => {
  /** Base64url with one bit of the box changed, past its header. */
  function forged(box: string): string {
    const bytes = fromBase64Url(box) ?? new Uint8Array(64);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    return toBase64Url(bytes);
  }

  it('cannot put anybody in whose id is not that of key and fingerprint', async () => {
    world.server.toPage = (message) => {
      if (message.type !== 'roster') return message;
      return {
        ...message,
        roster: message.roster.map((entry) => ({ ...entry, fp: toBase64Url(randomBytes(32)) })),
      };
    };
    const anna = await world.join('Anna');
    const boris = await world.join('Boris');
    await world.pass(1_000);
    expect([anna.people, boris.people]).toEqual([[], []]);
    expect(world.peers.connections.map(({ made }) => made)).toEqual([
      { offer: 0, answer: 0 },
      { offer: 0, answer: 0 },
    ]);
  });

  it('ends a connection that is not sealed yet by a forged box, and bars the id; others go on', async () => {
    const [anna] = await joinAll('Anna', 'Clara');
    const boris = world.open('Boris');
    await world.until('Boris is online', () => boris.state.signaling.phase === 'online');
    world.server.toPage = (message, side) => {
      const hits = side.pageId === anna?.id && message.type === 'offer' && message.from === boris.id;
      return hits ? { ...message, box: forged(message.box) } : message;
    };
    boris.session.join('Boris');
    await world.until('it is refused', () => anna?.people[1] === 'Boris failed failed');
    expect(anna?.state.participants[1]?.peer).toEqual({ phase: 'failed', reason: 'box-refused' });
    expect(anna?.heard.has(boris.id)).toBe(false);
    expect(anna?.people[0]).toBe('Clara connected sealed');
    boris.session.leave();
    await world.until('Boris is gone', () => anna?.state.participants.length === 1);
    boris.session.join('Boris');
    await world.until('Boris is back', () => anna?.state.participants.length === 2);
    expect(anna?.people[1]).toBe('Boris failed failed');
  });

  it('tampers in vain with a sealed connection, and is noticed', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const side = world.server.sideOf(anna?.id ?? '');
    for (let count = 0; count < 3; count++) {
      world.server.send(side, { type: 'chat', from: boris?.id ?? '', box: toBase64Url(randomBytes(298)) });
    }
    await world.until('it is counted', () => anna?.state.participants[0]?.tamperedBoxes === 3);
    expect(anna?.people).toEqual(['Boris connected sealed']);
  });

  it('that sits inside the connection is found out: without a box through it it ends after 30 s', async () => {
    world.peers.channelsCarry = false;
    const anna = await world.join('Anna');
    const boris = await world.join('Boris');
    await world.until('both are connected', () => anna.connections[0]?.connectionState === 'connected');
    await world.pass(29_000, 500);
    expect(anna.state.participants[0]?.peer.phase).toBe('connected');
    await world.pass(2_500, 500);
    // Whoever finds out first ends it for both.
    const [found] = [anna, boris].filter(({ people }) => people[0]?.endsWith('failed failed'));
    expect(found?.state.participants[0]?.peer).toEqual({ phase: 'failed', reason: 'code' });
    expect(found?.heard.size).toBe(0);
    expect(
      anna.connections.concat(boris.connections).some(({ channel }) => channel?.readyState === 'open'),
    ).toBe(false);
  });

  it('cannot bring back who was never told to leave', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    const entries = new Map<string, RosterEntry[]>();
    world.server.toPage = (message, side) => {
      if (message.type === 'roster') entries.set(side.pageId ?? '', [...message.roster]);
      return message;
    };
    await world.join('Clara');
    await world.until('all are sealed', () => world.allSealed());
    const side = world.server.sideOf(anna?.id ?? '');
    const roster = entries.get(anna?.id ?? '') ?? [];
    // "Left, joined" by the server's word alone: counters go on, so nothing of before opens again.
    for (let round = 0; round < 3; round++) {
      world.server.send(side, {
        type: 'roster',
        roster: roster.filter(({ id }) => id !== boris?.id),
        revision: 90,
      });
      world.server.send(side, { type: 'roster', roster, revision: 91 });
    }
    await world.until('all are sealed again', () => world.allSealed(), 50);
    expect(anna?.state.participants.map(({ tamperedBoxes }) => tamperedBoxes)).toEqual([0, 0]);
  });

  it.each([
    ['another id', (hello: ServerMessage) => ({ ...hello, id: toBase64Url(randomBytes(16)) })],
    ['an unknown field', (hello: ServerMessage) => ({ ...hello, more: 1 })],
  ])('whose hello has %s is given up after three tries', async (_what, change) => {
    world.server.toPage = (message) =>
      message.type === 'hello' ? (change(message) as ServerMessage) : message;
    const anna = world.open('Anna');
    await world.until('it is over', () => anna.state.signaling.phase === 'ended', 50);
    expect(anna.state.signaling).toEqual({ phase: 'ended', reason: 'server-broken' });
    expect(world.server.sides).toHaveLength(3);
  });

  it('of a newer release is told apart', async () => {
    world.server.versions = [2, 3];
    const anna = world.open('Anna');
    await world.until('it is over', () => anna.state.signaling.phase === 'ended');
    expect(anna.state.signaling).toEqual({ phase: 'ended', reason: 'version-old-page' });
  });

  it('of a newer release that still speaks this one is met as any other', async () => {
    world.server.versions = [1, 2, 65_535];
    const [anna] = await world.joinAll('Anna', 'Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(anna?.state.signaling.phase).toBe('online');
  });
});
