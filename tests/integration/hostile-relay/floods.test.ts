/** Floods pages in a call with one who keeps to no rule, at counts just above their bounds: he is cut off, the others go on. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';
import { CHAT_MAX_UNITS, PAIR_STATES_MAX } from '../../../main/common/protocol/limits.ts';
import {
  CHAT_REACTION_RATE,
  CONNECTIONS_OF_PAIR,
  RECEIVE_CANDIDATES,
  RECEIVE_CHANNEL,
  RECEIVE_CHAT,
  RECEIVE_CHAT_TEXT,
  RECEIVE_CONNECTING,
  RECEIVE_LIVELY,
  RECEIVE_SELDOM,
  RECEIVE_SOCKET,
} from '../../../main/common/protocol/peer-limits.ts';
import { CallRecord } from '../../support/call/call-record.ts';
import { type CallPage, CallWorld } from '../../support/call/call-world.ts';
import { HostileRelay } from '../../support/call/hostile-relay.ts';
import { randomBytes } from '../../support/crypto/e2ee-tools.ts';
import { referencePerson } from '../../support/crypto/reference-e2ee.ts';

let world: CallWorld;
let record: CallRecord;
let anna: CallPage;
let boris: CallPage;
let carla: CallPage;

beforeEach(async () => {
  record = new CallRecord();
  world = new CallWorld();
  [anna, boris, carla] = [await world.join('Anna'), await world.join('Boris'), await world.join('Carla')];
  await world.until('all have their codes', () =>
    world.pages.every(({ state }) => state.participants.every(({ code }) => code !== null)),
  );
  expect(world.allSealed()).toBe(true);
});

afterEach(async () => {
  for (const { state } of record.ends) state.stream.close();
  await world.end();
  expect(world.peers.open).toEqual([]);
  vi.restoreAllMocks();
});

/** What Anna's page shows of somebody. */
function card(person: CallPage): string | null {
  const shown = anna.state.participants.find(({ id }) => id === person.id);
  if (!shown) return null;
  return shown.peer.phase === 'failed' ? shown.peer.reason : `${shown.peer.phase} ${shown.trust}`;
}

/** The channel at Anna's end of her connection with Boris. */
function channelFromBoris() {
  const connection = anna.connections.find(({ remote }) => boris.connections.some((one) => one === remote));
  if (!connection?.channel) throw new Error('no channel');
  return connection.channel;
}

/** Boris's page says so many of these to Anna's, by portions that its window holds, all in a moment. */
async function say(count: number, body: (index: number) => StreamedBody): Promise<void> {
  const { stream } = record.end(boris.id, anna.id).state;
  // Another page would hold itself to the server's pace.
  stream.setPath('socket', null);
  for (let index = 0; index < count && card(boris) !== 'flooding'; index++) {
    const { type, body: said } = body(index);
    stream.send(type, said as never);
    if (index % 100 === 99) await world.pass(50, 25);
  }
  await world.pass(100, 25);
}

function expectOnlyBorisCutOff(): void {
  expect(card(boris)).toBe('flooding');
  expect(anna.heard.has(boris.id)).toBe(false);
  expect(card(carla)).toBe('connected sealed');
  expect(anna.connections).toHaveLength(1);
}

describe('a flood of the data channel', () => {
  it.each([
    ['one byte', () => new ArrayBuffer(1)],
    ['nothing', () => new ArrayBuffer(0)],
    ['text', () => 'x'],
    ['what no box can hold', () => new ArrayBuffer(40_000)],
  ])('of %s ends that connection while it is being delivered', async (_what, message) => {
    const channel = channelFromBoris();
    let delivered = 0;
    while (channel.readyState === 'open' && delivered < 100_000) {
      channel.deliver(message());
      delivered++;
    }
    expect(delivered).toBeLessThanOrEqual(2 * RECEIVE_CHANNEL.burst + 1);
    await world.pass(100);
    expectOnlyBorisCutOff();
    // He is barred for the page load, and his boxes are not looked at any more.
    boris.wake();
    await world.pass(60_000, 500);
    expectOnlyBorisCutOff();
  });

  it('that stays within the bound is counted, and shown no oftener than anybody sees', async () => {
    const channel = channelFromBoris();
    const shown = anna.states.length;
    for (let round = 0; round < 10; round++) {
      for (let index = 0; index < 100; index++) channel.deliver(new ArrayBuffer(1));
      await world.pass(100, 25);
    }
    await world.pass(100, 25);
    expect(anna.state.participants.find(({ id }) => id === boris.id)?.tamperedBoxes).toBe(1_000);
    expect(anna.states.length - shown).toBeLessThan(100);
    expect(card(boris)).toBe('connected sealed');
  });

  it('is none when a path brings five times what a page keeps at most', async () => {
    const channel = channelFromBoris();
    const boxes: ArrayBuffer[] = [];
    const { stream } = record.end(boris.id, anna.id).state;
    // Nothing said before is still on its way.
    await world.pass(1_000);
    stream.setPath('socket', null);
    stream.setPath('channel', (type, box) => type === 'chat' && boxes.push(box.slice().buffer));
    for (let id = 1; id <= 256; id++) stream.send('chat', { id, text: `number ${id}` });
    await world.until('all are sealed up', () => boxes.length >= 256);
    for (let time = 0; time < 5; time++) for (const box of boxes.slice(0, 256)) channel.deliver(box);
    await world.until('all arrived', () => record.chats(anna.id, boris.id).length === 256);
    expect(card(boris)).toBe('connected sealed');
    expect(anna.state.chat).toHaveLength(256);
  });
});

describe('the host', () => {
  it('is told once whom to remove, and once more after the socket was lost', async () => {
    const told: string[] = [];
    world.server.fromPage = (message, side) => {
      if (message.type === 'report') told.push(`${side.pageId === anna.id} ${message.id === boris.id}`);
      return message;
    };
    const channel = channelFromBoris();
    for (let index = 0; index <= 2 * RECEIVE_CHANNEL.burst; index++) channel.deliver(new ArrayBuffer(1));
    await world.pass(5_000);
    expect(told).toEqual(['true true']);
    world.server.dropAll();
    await world.pass(5_000);
    expect(told).toEqual(['true true', 'true true']);
  });
});

describe('a flood of boxes that open', () => {
  const pair = { kind: 'presence', microphone: 'muted' } as const;
  it.each<[string, number, (index: number) => StreamedBody]>([
    ['chats', RECEIVE_CHAT.burst, (index) => ({ type: 'chat', body: { id: index + 1, text: 'spam' } })],
    [
      'long chats',
      RECEIVE_CHAT_TEXT.burst / CHAT_MAX_UNITS,
      (index) => ({ type: 'chat', body: { id: index + 1, text: 'x'.repeat(CHAT_MAX_UNITS) } }),
    ],
    [
      'hands up and down',
      RECEIVE_LIVELY.burst,
      (index) => ({ type: 'pair', body: { ...pair, handUp: index % 2 === 0 } }),
    ],
    [
      'names',
      RECEIVE_LIVELY.burst,
      (index) => ({ type: 'pair', body: { kind: 'name', name: `B${index}`, versions: [1] } }),
    ],
    ['emoji', RECEIVE_LIVELY.burst, () => ({ type: 'pair', body: { kind: 'reaction', emoji: '👏' } })],
    [
      'emoji on a message',
      RECEIVE_LIVELY.burst,
      (index) => ({
        type: 'pair',
        body: { kind: 'chat-reaction', author: 'A'.repeat(22), id: 1, emoji: '👍', on: index % 2 === 0 },
      }),
    ],
    [
      'addresses',
      RECEIVE_SELDOM.burst,
      (index) => ({ type: 'pair', body: { kind: 'moved', url: `https://a${index}.lhr.life` } }),
    ],
    [
      'wishes for epochs',
      RECEIVE_CONNECTING.burst,
      () => ({ type: 'pair', body: { kind: 'rebuild', epoch: 1 } }),
    ],
    ['candidates', RECEIVE_CANDIDATES.burst, () => ({ type: 'ice', body: { epoch: 1, candidates: [end] } })],
  ])('of %s cuts their sender off', async (_what, burst, body) => {
    await say(burst, body);
    expect(card(boris)).toBe('connected sealed');
    await say(burst + 200, body);
    expectOnlyBorisCutOff();
    expect(anna.state.chat.length).toBeLessThanOrEqual(burst + 10);
  });

  const end = { candidate: '', sdpMid: null, sdpMLineIndex: null, usernameFragment: null };

  it('that is no more than a little too much is passed over, and what comes later is taken', async () => {
    await say(RECEIVE_CHAT.burst + 40, (index) => ({ type: 'chat', body: { id: index + 1, text: 'much' } }));
    expect(card(boris)).toBe('connected sealed');
    await world.pass(5_000);
    await say(1, () => ({ type: 'chat', body: { id: 1_000, text: 'later' } }));
    expect(anna.state.chat.at(-1)?.text).toBe('later');
  });
});

describe('a flood by the socket, where anybody on the way may forge', () => {
  it('cuts nobody off, and few are opened', async () => {
    const relay = new HostileRelay(world);
    const end = record.end(anna.id, boris.id);
    const before = end.refused;
    for (let index = 0; index < 4 * RECEIVE_SOCKET.burst; index++)
      relay.inject({ type: 'chat', from: boris.id, to: anna.id, box: randomBytes(298) });
    await world.pass(1_000);
    expect(card(boris)).toBe('connected sealed');
    expect(end.refused - before).toBeLessThanOrEqual(RECEIVE_SOCKET.burst + 60);
    expect(end.refused).toBeGreaterThan(before);
  });
});

describe('one who joins and leaves without end', () => {
  it('costs each page few connections, and newcomers are heard', async () => {
    const before = world.peers.connections.length;
    for (let round = 0; round < 100; round++) {
      boris.session.leave();
      await world.pass(17, 17);
      boris.session.join('Boris');
      await world.pass(17, 17);
    }
    // Each of the two others, and Boris himself towards both.
    const made = world.peers.connections.length - before;
    expect(made).toBeLessThanOrEqual(4 * (CONNECTIONS_OF_PAIR.burst + 2));
    const daria = await world.join('Daria');
    await world.until('Daria is heard', () => anna.heard.has(daria.id) && carla.heard.has(daria.id));
    expect(card(carla)).toBe('connected sealed');
    // The server, too, lets him wait his turn.
    for (let second = 0; second < 30 && !world.allSealed(); second++) await world.pass(1_000, 50);
    expect(world.allSealed()).toBe(true);
  });
});

describe('a flood of names in rosters', () => {
  const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

  it('shuts no newcomer out and uses up no code; who was here keeps both', { timeout: 60_000 }, async () => {
    const relay = new HostileRelay(world);
    await world.join('Elena');
    await world.until('all are sealed', () => world.allSealed());
    const { roster } = relay;
    const code = anna.state.participants[0]?.code;
    const [first, ...others] = Array.from({ length: PAIR_STATES_MAX + 20 }, () => {
      const { id, key, fp } = referencePerson();
      const name = roster[0]?.name ?? '';
      return { id: base64Url(id), key: base64Url(key), fp: base64Url(fp), name };
    });
    if (first === undefined) throw new Error('nobody');
    for (const entry of [first, ...others]) {
      relay.tellRoster(anna.id, [...roster, entry]);
      await world.pass(20, 20);
    }
    // One who was a name only, and was forgotten, gets no second state: it says so.
    relay.tellRoster(anna.id, [...roster, first]);
    await world.until('he is told apart', () =>
      anna.state.participants.some(({ id, peer }) => id === first.id && peer.phase === 'failed'),
    );
    expect(anna.state.participants.find(({ id }) => id === first.id)?.peer).toEqual({
      phase: 'failed',
      reason: 'forgotten',
    });
    const daria = await world.join('Daria');
    await world.until(
      'Daria is connected, with a code',
      () => {
        const { code: shown, trust } = anna.state.participants.find(({ id }) => id === daria.id) ?? {};
        return trust === 'sealed' && shown !== null && shown !== undefined;
      },
      50,
    );
    expect(anna.heard.has(daria.id)).toBe(true);
    expect(anna.state.participants[0]?.code).toEqual(code);
    expect(card(boris)).toBe('connected sealed');
  });
});

describe('what a page tells of itself', () => {
  it('keeps to a pace that no other page minds, and ends with the newest', async () => {
    const sent = record.end(boris.id, anna.id).sent;
    const before = sent.length;
    for (let press = 0; press < 300; press++) {
      boris.session.react(press === 299 ? '🎉' : '👏');
      boris.session.setHandUp(press % 2 === 0);
      await world.pass(33, 33);
    }
    await world.pass(1_000);
    expect(sent.length - before).toBeLessThan(2 * (8 + 5 * 11 + 1));
    expect(anna.state.participants.find(({ id }) => id === boris.id)).toMatchObject({
      handUp: false,
      reaction: { emoji: '🎉' },
    });
    expect(card(boris)).toBe('connected sealed');
  });

  it('puts emoji to a message no faster than others take them, here as there', async () => {
    boris.session.sendChat('Cake?');
    await world.until('Anna reads it', () => anna.state.chat.length === 1);
    const before = record.end(boris.id, anna.id).sent.length;
    const key = boris.state.chat[0]?.key ?? '';
    for (let press = 0; press < 201; press++) boris.session.setChatReaction(key, '👍', press % 2 === 0);
    await world.pass(1_000);
    expect(anna.state.chat[0]?.reactions).toEqual(boris.state.chat[0]?.reactions);
    expect(record.end(boris.id, anna.id).sent.length - before).toBeLessThanOrEqual(CHAT_REACTION_RATE.burst);
    expect(card(boris)).toBe('connected sealed');
  });
});
