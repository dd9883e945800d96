/** Whose place it is when a page went without a word and somebody stands at the door with the same link. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AWAY_DOUBTED_MS,
  DOUBT_ANSWER_MS,
  DOUBT_SOCKET_MS,
  PLACE_HELD_MS,
} from '../../../../main/common/protocol/limits.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

/** Within this a person who comes back is in. */
const DECIDED_MS = 2_000;

let world: CallWorld;
let anna: CallPage;
let boris: CallPage;

beforeEach(async () => {
  world = new CallWorld(2);
  anna = await world.join('Anna');
  boris = await world.join('Boris');
  await world.until('both have said all there is to say', () =>
    [anna, boris].every(({ state }) => state.participants[0]?.code != null),
  );
});

afterEach(() => world.end());

/** Opens the page anew, with nothing kept of the one before, and waits until it is in or hears that it cannot be. */
async function comeAgain(): Promise<CallPage> {
  const again = world.open('Boris again');
  again.session.join('Boris');
  const fromMs = world.time.clock();
  await world.until('it is decided', () => again.state.call === 'joined' || again.state.full, 20);
  expect(world.time.clock() - fromMs).toBeLessThan(DECIDED_MS);
  return again;
}

function silence(page: CallPage): void {
  world.server.silent.add(world.server.sideOf(page.id).id);
}

describe('a page that crashed', () => {
  it('leaves its place to its person within two seconds', async () => {
    silence(boris);
    world.peers.channelsCarry = false;
    const again = await comeAgain();
    expect(again.state.call).toBe('joined');
    expect(world.server.roster).toEqual([anna.id, again.id]);
  });

  it('keeps it while it is heard, by what it takes', async () => {
    silence(boris);
    const again = await comeAgain();
    expect(again.state.full).toBe(true);
    expect(world.server.roster).toEqual([anna.id, boris.id]);
  });

  it('keeps it while it is heard, by its voice', async () => {
    silence(boris);
    world.peers.channelsCarry = false;
    let packets = 0;
    for (const connection of anna.connections)
      Object.defineProperty(connection, 'stats', {
        get: () => [{ type: 'inbound-rtp', packetsReceived: packets++ }],
      });
    const again = await comeAgain();
    expect(again.state.full).toBe(true);
    expect(world.server.roster).toEqual([anna.id, boris.id]);
  });

  it('keeps it while its browser answers the host', async () => {
    world.peers.channelsCarry = false;
    const again = await comeAgain();
    expect(again.state.full).toBe(true);
    expect(world.server.roster).toEqual([anna.id, boris.id]);
  });

  it('keeps it when only its socket broke, and comes back', async () => {
    world.server.sideOf(boris.id).socket.drop(1006);
    const again = await comeAgain();
    expect(again.state.full).toBe(true);
    await world.until('Boris is back', () => world.allSealed([anna, boris]));
  });
});

describe('a page that nobody hears', () => {
  it('leaves the list when it crashed, though nobody wants its place', async () => {
    world.server.fromPage = (message) => (message.type === 'bye' ? null : message);
    world.peers.channelsCarry = false;
    boris.session.dispose();
    world.pages.pop();
    const fromMs = world.time.clock();
    await world.until('Boris is gone', () => anna.state.participants.length === 0, 50);
    const goneMs = world.time.clock() - fromMs;
    expect(goneMs).toBeGreaterThanOrEqual(AWAY_DOUBTED_MS);
    expect(goneMs).toBeLessThan(AWAY_DOUBTED_MS + DECIDED_MS);
  });

  it.each([
    ['is in the list all the time', AWAY_DOUBTED_MS - 1_000, 1],
    ['is gone from it meanwhile', AWAY_DOUBTED_MS + DECIDED_MS, 0],
  ])('without a network %s, and comes back to the same call', async (_what, outageMs, participants) => {
    world.server.up = false;
    world.peers.up = false;
    world.peers.fail('disconnected');
    world.server.drop(world.server.sideOf(boris.id));
    await world.pass(outageMs);
    expect(anna.state.participants).toHaveLength(participants);
    world.server.up = true;
    world.peers.up = true;
    world.peers.connect();
    await world.until('both are sealed', () => world.allSealed(), 50);
    expect(new Set(world.server.roster)).toEqual(new Set([anna.id, boris.id]));
  });
});

describe('a page that talks, and does not reach the host', () => {
  it('stays in the call however long that takes, and is back without a moment’s silence', async () => {
    const before = world.peers.open;
    const shown = anna.states.length;
    world.server.up = false;
    world.server.drop(world.server.sideOf(boris.id));
    await world.pass(3 * PLACE_HELD_MS, 500);
    expect(boris.state.signaling.phase).toBe('retrying');
    world.server.up = true;
    await world.until('Boris is back', () => boris.state.signaling.phase === 'online', 50);
    await world.pass(1_000);
    expect(world.allSealed()).toBe(true);
    expect(
      anna.states.slice(shown).every(({ participants }) => participants[0]?.peer.phase === 'connected'),
    ).toBe(true);
    expect([world.peers.open, world.server.roster]).toEqual([before, [anna.id, boris.id]]);
  });
});

describe('a page that is asked', () => {
  const words: unknown[] = [];

  beforeEach(() => {
    words.length = 0;
    world.server.fromPage = (message, side) => {
      if (message.type !== 'vouch') return message;
      words.push([
        side.pageId === anna.id ? 'Anna' : 'another',
        message.id === boris.id ? 'Boris' : 'another',
        message.word,
      ]);
      return null;
    };
  });

  async function ask(id: string): Promise<void> {
    world.server.send(world.server.sideOf(anna.id), { type: 'doubt', id, proof: '' });
    await world.until('there is an answer', () => words.length > 0, 20);
  }

  it('says that it hears somebody, without a change of what they know', async () => {
    const before = anna.state.participants;
    await ask(boris.id);
    expect(words).toEqual([['Anna', 'Boris', 'there']]);
    expect(boris.state.participants).toMatchObject([{ name: 'Anna', microphone: 'open', handUp: false }]);
    expect(anna.state.participants).toEqual(before);
  });

  it('says that it lost somebody, once nothing came for a second', async () => {
    world.peers.channelsCarry = false;
    const fromMs = world.time.clock();
    await ask(boris.id);
    expect(words).toEqual([['Anna', 'Boris', 'lost']]);
    expect(world.time.clock() - fromMs).toBeLessThan(DOUBT_ANSWER_MS + 100);
  });

  it('says that it lost somebody at once where the connection is gone', async () => {
    world.peers.fail('failed');
    await ask(boris.id);
    expect(words).toEqual([['Anna', 'Boris', 'lost']]);
  });

  it('knows nothing of somebody it never met', async () => {
    await ask('A'.repeat(22));
    expect(words).toEqual([['Anna', 'another', 'unknown']]);
  });
});

it('leaves enough of two seconds for the way to the host and back', () => {
  expect(DECIDED_MS - DOUBT_SOCKET_MS - DOUBT_ANSWER_MS).toBeGreaterThanOrEqual(300);
});
