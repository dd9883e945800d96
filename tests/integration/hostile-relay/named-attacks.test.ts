/** The attacks that have a name, each by itself, on pages in a call. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bytes, fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import { acceptRosterEntry, computeId, parseFingerprint } from '../../../main/common/e2ee/identity.ts';
import type { PairState } from '../../../main/common/e2ee/pair-state.ts';
import type { SasBody } from '../../../main/common/protocol/bodies.ts';
import type { ServerMessage } from '../../../main/common/protocol/messages.ts';
import { CallRecord } from '../../support/call/call-record.ts';
import { type CallPage, CallWorld } from '../../support/call/call-world.ts';
import { HostileRelay } from '../../support/call/hostile-relay.ts';
import { Intruder } from '../../support/call/intruder.ts';
import { nodeCrypto, randomBytes } from '../../support/crypto/e2ee-tools.ts';
import { seededRandom } from '../../support/random/seeded-random.ts';

let world: CallWorld;
let relay: HostileRelay;
let record: CallRecord;
let intruders: Intruder[];

beforeEach(() => {
  record = new CallRecord();
  world = new CallWorld();
  relay = new HostileRelay(world);
  intruders = [];
});

afterEach(async () => {
  for (const intruder of intruders) intruder.leave();
  for (const { state } of record.ends) state.stream.close();
  await world.end();
  expect(world.peers.open).toEqual([]);
  vi.restoreAllMocks();
});

const joinAll = <Names extends string[]>(...names: Names) => world.joinAll(...names);

/** Anna, Boris and one who breaks rules, who has sealed keys with each. */
async function withIntruder(fp: Bytes = randomBytes(32)) {
  const [anna, boris] = await joinAll('Anna', 'Boris');
  if (!anna || !boris) throw new Error('two pages');
  const mallory = await Intruder.join(world, 'Mallory', fp);
  intruders.push(mallory);
  await world.until('Anna has met Mallory', () => mallory.got.has(anna.id));
  return { anna, boris, mallory, pair: await mallory.pair(anna.id) };
}

/** What a page shows of somebody: name, link, trust; null where it shows nobody. */
function card(page: CallPage, id: string): string | null {
  const person = page.state.participants.find((each) => each.id === id);
  if (!person) return null;
  const reason = person.peer.phase === 'failed' ? ` ${person.peer.reason}` : '';
  return `${person.name} ${person.peer.phase}${reason} ${person.trust}`;
}

const fingerprintOf = (page: CallPage): Bytes =>
  parseFingerprint(page.certificate.fingerprint) ?? new Uint8Array();
const colonHex = (fp: Bytes): string => (Buffer.from(fp).toString('hex').match(/../g) ?? []).join(':');
const codeOf = ({ verification: { state } }: PairState) =>
  state.phase === 'done' ? state.code : state.phase;

/** Does as the verification code demands, until it is done. */
async function runCode(mallory: Intruder, page: CallPage): Promise<PairState> {
  const pair = await mallory.pair(page.id);
  mallory.onBody = (typed, from) => {
    if (from === page.id && typed.type === 'sas') void pair.handleSas(typed.body);
  };
  for (const typed of mallory.got.get(page.id) ?? []) {
    if (typed.type === 'sas') await pair.handleSas(typed.body);
  }
  pair.startVerification();
  const { state } = record.end(page.id, mallory.id);
  // As once there is a connection, which Mallory here does without.
  state.startVerification();
  await world.until('both have a code', () =>
    [pair, state].every(({ verification }) => verification.state.phase === 'done'),
  );
  return state;
}

describe('fingerprints chosen after the nonces are out', () => {
  it('change no code: another fingerprint is another person, or no description', async () => {
    const { anna, boris, mallory, pair } = await withIntruder();
    const state = await runCode(mallory, anna);
    const code = codeOf(state);
    expect(codeOf(pair)).toEqual(code);
    // All nonces are known. A certificate is looked for that makes the code another one.
    const entry = relay.entry(mallory.id);
    const later = randomBytes(32);
    const { key } = mallory.keyring.identity;
    const moved = { ...entry, fp: toBase64Url(later) };
    expect(await acceptRosterEntry(nodeCrypto, moved)).toBeNull();
    relay.tellRoster(
      anna.id,
      relay.roster.map((each) => (each === entry ? moved : each)),
    );
    await world.until('Anna does without', () => card(anna, mallory.id) === null);
    const asAnother = { ...moved, id: toBase64Url(await computeId(nodeCrypto, key, later)) };
    relay.tellRoster(
      anna.id,
      relay.roster.map((each) => (each === entry ? asAnother : each)),
    );
    await world.until('Anna meets another', () => card(anna, asAnother.id) !== null);
    const fresh = record.end(anna.id, asAnother.id).state;
    expect(codeOf(fresh)).toBe('running');
    relay.tellRoster(anna.id, relay.roster);
    await world.until('Mallory is back', () => card(anna, mallory.id) !== null);
    expect(record.end(anna.id, mallory.id).state).toBe(state);
    expect(codeOf(state)).toEqual(code);
    const sdp = `v=0\r\na=fingerprint:sha-256 ${colonHex(later)}\r\na=ice-ufrag:later\r\n`;
    pair.stream.send('offer', { epoch: 1_000, sdp });
    await world.until('it is refused', () => card(anna, mallory.id) === 'Mallory failed fingerprint failed');
    expect(anna.heard.has(mallory.id)).toBe(false);
    expect(card(anna, boris.id)).toBe('Boris connected sealed');
  });
});

describe('"left, joined" forged to start the counters again', () => {
  it('lets no box of before in, whichever end is told', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    if (!anna || !boris) throw new Error('two pages');
    record.end(boris.id, anna.id).state.stream.send('chat', { id: 1, text: 'once' });
    await world.pass(1_000);
    const old = [...relay.boxes];
    expect(new Set(old.map(({ type }) => type))).toEqual(new Set(['offer', 'answer', 'ice', 'sas']));
    const { roster } = relay;
    for (const told of [[anna], [boris], [anna, boris]]) {
      for (const page of told) {
        relay.tellRoster(
          page.id,
          roster.filter(({ id }) => id === page.id),
        );
        relay.tellRoster(page.id, roster);
      }
      for (const seen of old) relay.inject(seen);
      await world.until('all are sealed again', () => world.allSealed(), 50);
      for (const seen of old) relay.inject(seen);
      await world.pass(1_000);
    }
    expect(record.forgeries).toEqual([]);
    expect(record.chats(anna.id, boris.id)).toEqual(['chat {"id":1,"text":"once"}']);
    expect(world.allSealed()).toBe(true);
  });
});

describe('a page’s own key sent back in a roster', () => {
  it('makes no connection to oneself, also where all it sends comes back to it', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    if (!anna || !boris) throw new Error('two pages');
    const own = relay.entry(anna.id);
    const fp = randomBytes(32);
    const id = await computeId(nodeCrypto, fromBase64Url(own.key) ?? new Uint8Array(), fp);
    const double = { ...own, id: toBase64Url(id), fp: toBase64Url(fp) };
    // The room does not know the double: the relay itself sends back what is meant for it.
    world.server.fromPage = (message) => {
      if (!('to' in message) || message.to !== double.id) return message;
      relay.tell(anna.id, { type: message.type, from: double.id, box: message.box });
      return null;
    };
    relay.tellRoster(anna.id, [...relay.roster, own, double]);
    const tampered = () => anna.state.participants.find((each) => each.id === double.id)?.tamperedBoxes ?? 0;
    await world.until('what came back is counted', () => tampered() > 2, 50);
    expect(card(anna, double.id)).toBe('null connecting checking');
    expect(anna.state.participants.map((person) => person.id)).toEqual([boris.id, double.id]);
    expect(record.end(anna.id, double.id).applied).toEqual([]);
    expect([...anna.heard.keys()]).toEqual([boris.id]);
    expect(anna.connections.filter(({ remoteFingerprint }) => remoteFingerprint !== null)).toHaveLength(1);
    expect(card(anna, boris.id)).toBe('Boris connected sealed');
  });
});

describe('junk in the name of somebody of whom nothing has opened yet', () => {
  it('is dropped and counted, and bars nobody: the true one is heard', async () => {
    const anna = await world.join('Anna');
    const boris = world.open('Boris');
    await world.until('Boris has his keys', () => boris.id !== '');
    // A box of another version, one of none, one too short to be any, in all their types.
    const junk = [Uint8Array.from([2, ...randomBytes(297)]), randomBytes(298), new Uint8Array(0)];
    let told = false;
    relay.onRoster = (roster, to) => {
      if (to !== anna.id || told || !roster.some(({ id }) => id === boris.id)) return roster;
      told = true;
      for (const type of ['offer', 'pair', 'sas'] as const)
        for (const box of junk) relay.inject({ type, from: boris.id, to: anna.id, box });
      return roster;
    };
    boris.session.join('Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(told).toBe(true);
    expect(anna.state.participants[0]?.tamperedBoxes).toBe(9);
    expect(anna.heard.has(boris.id)).toBe(true);
    expect(record.forgeries).toEqual([]);
  });
});

describe('boxes reordered and doubled across the two paths', () => {
  it('are applied once and in order', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    if (!anna || !boris) throw new Error('two pages');
    const random = seededRandom(7);
    const channel = boris.connections[0]?.channel;
    // Boris's boxes go nowhere by themselves; the relay has each of them, for both paths.
    const boxes: { readonly type: 'chat'; readonly box: Bytes }[] = [];
    const { stream } = record.end(boris.id, anna.id).state;
    await world.pass(1_000);
    stream.setPath('channel', null);
    stream.setPath('socket', (type, box) => {
      if (type === 'chat') boxes.push({ type, box });
    });
    for (let id = 1; id <= 200; id++) stream.send('chat', { id, text: `number ${id}` });
    await world.until('all are sealed up', () => boxes.length >= 200);
    const copies = [...boxes, ...boxes, ...boxes].map((each) => ({ ...each, at: random() }));
    for (const { type, box } of copies.sort((one, other) => one.at - other.at)) {
      if (random() < 0.5) channel?.other?.deliver(box.slice().buffer);
      else relay.inject({ type, from: boris.id, to: anna.id, box });
    }
    await world.until('all arrived', () => record.chats(anna.id, boris.id).length === 200);
    await world.pass(500);
    expect(record.forgeries).toEqual([]);
    expect(record.chats(anna.id, boris.id)).toHaveLength(200);
    expect(anna.state.participants[0]?.tamperedBoxes).toBe(0);
  });
});

describe('steps of the code', () => {
  const nonce = () => toBase64Url(randomBytes(32));
  const outOfTurn: readonly (readonly [string, readonly (() => SasBody)[]])[] = [
    ['a reveal before all else', [() => ({ step: 3, nonce: nonce() })]],
    [
      'an answer nobody asked for',
      [() => ({ step: 2, nonce: nonce() }), () => ({ step: 1, commit: nonce() })],
    ],
    ['a second commitment', [() => ({ step: 1, commit: nonce() }), () => ({ step: 1, commit: nonce() })]],
    ['a second answer', [() => ({ step: 2, nonce: nonce() }), () => ({ step: 2, nonce: nonce() })]],
  ];

  it.each(outOfTurn)('out of turn, %s: the pair fails, the others go on', async (_what, bodies) => {
    const { anna, boris, mallory, pair } = await withIntruder();
    for (const body of bodies) pair.stream.send('sas', body());
    await world.until('it failed', () => card(anna, mallory.id) === 'Mallory failed code failed');
    expect(codeOf(record.end(anna.id, mallory.id).state)).toBe('failed');
    expect(anna.heard.has(mallory.id)).toBe(false);
    expect(card(anna, boris.id)).toBe('Boris connected sealed');
  });

  it('repeated change nothing', async () => {
    const { anna, mallory, pair } = await withIntruder();
    const state = await runCode(mallory, anna);
    const code = codeOf(state);
    const answered = record.end(anna.id, mallory.id).sent.length;
    const steps = record.end(mallory.id, anna.id).sent.flatMap((body) => {
      const text = body?.startsWith('sas ') ? body.slice('sas '.length) : null;
      return text ? [JSON.parse(text)] : [];
    });
    expect(steps.length).toBeGreaterThan(0);
    for (let round = 0; round < 20; round++) for (const body of steps) pair.stream.send('sas', body);
    await world.pass(2_000);
    expect(codeOf(state)).toEqual(code);
    expect(record.end(anna.id, mallory.id).sent.slice(answered)).toEqual([]);
  });

  it('run many times are one run: whoever comes back finds the same nonces', async () => {
    const { anna, mallory } = await withIntruder();
    const state = await runCode(mallory, anna);
    const code = codeOf(state);
    const entry = relay.entry(mallory.id);
    for (let round = 0; round < 10; round++) {
      relay.tellRoster(
        anna.id,
        relay.roster.filter((each) => each !== entry),
      );
      relay.tellRoster(anna.id, relay.roster);
      await world.pass(100);
    }
    await world.until('Mallory is back', () => card(anna, mallory.id) !== null);
    const steps = record.end(anna.id, mallory.id).sent.filter((body) => body?.startsWith('sas '));
    expect(new Set(steps).size).toBe(state.polite ? 2 : 1);
    expect(codeOf(record.end(anna.id, mallory.id).state)).toEqual(code);
  });
});

describe('another’s fingerprint announced as one’s own', () => {
  it('joins two who did not ask for it, and both find out: no box of the pair comes through', async () => {
    const [anna, boris] = [world.open('Anna'), world.open('Boris')];
    await world.until('both are online', () =>
      [anna, boris].every(({ state }) => state.signaling.phase === 'online'),
    );
    // To Anna, Mallory has Boris's certificate, and to Boris Anna's. All descriptions are passed on as they are.
    const toAnna = await Intruder.join(world, 'Mallory', fingerprintOf(boris));
    await anna.join('Anna');
    await boris.join('Boris');
    await world.until('all are in', () => world.server.roster.length === 3);
    const toBoris = await Intruder.join(world, 'Mallory', fingerprintOf(anna));
    intruders.push(toAnna, toBoris);
    const [withAnna, withBoris] = [await toAnna.pair(anna.id), await toBoris.pair(boris.id)];
    const passOn = (from: Intruder, page: CallPage, to: PairState) => {
      const pass: Intruder['onBody'] = (typed, sender) => {
        const isSignal = typed.type === 'offer' || typed.type === 'answer' || typed.type === 'ice';
        if (sender === page.id && isSignal) to.stream.send(typed.type, typed.body);
      };
      from.onBody = pass;
      for (const typed of from.got.get(page.id) ?? []) pass(typed, page.id);
    };
    passOn(toAnna, anna, withBoris);
    passOn(toBoris, boris, withAnna);
    const ends = [
      [anna, toAnna.id],
      [boris, toBoris.id],
    ] as const;
    await world.until('both found out', () =>
      ends.every(([page, id]) => card(page, id) === 'Mallory failed box-refused failed'),
    );
    for (const [page, id] of ends) {
      const seen = page.states.flatMap(({ participants }) =>
        participants.filter((person) => person.id === id),
      );
      expect(new Set(seen.map(({ trust }) => trust))).toEqual(new Set(['checking', 'failed']));
      expect(page.heard.has(id)).toBe(false);
    }
    await world.until('the two have each other', () => card(anna, boris.id) === 'Boris connected sealed');
    expect(card(boris, anna.id)).toBe('Anna connected sealed');
  });
});

describe('a 33-byte form of a key', () => {
  it('is no message: the socket is given up, nobody new is met, and the voice lives on', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    if (!anna || !boris) throw new Error('two pages');
    const point = fromBase64Url(relay.entry(boris.id).key) ?? new Uint8Array();
    const short = Uint8Array.from([2 + ((point[64] ?? 0) & 1), ...point.slice(1, 33)]);
    const fp = fingerprintOf(boris);
    const entry = {
      ...relay.entry(boris.id),
      id: toBase64Url(await computeId(nodeCrypto, short, fp)),
      key: toBase64Url(short),
    };
    expect(
      await nodeCrypto.subtle.importKey('raw', short, { name: 'ECDH', namedCurve: 'P-256' }, true, []),
    ).toBeTruthy();
    const before = world.peers.open;
    const sockets = world.server.sides.length;
    const message: ServerMessage = { type: 'roster', roster: [...relay.roster, entry], revision: 1_000 };
    relay.tell(anna.id, message);
    await world.until('Anna is on another socket', () => world.server.sides.length > sockets, 50);
    await world.until('all are sealed', () => world.allSealed(), 50);
    expect(anna.people).toEqual(['Boris connected sealed']);
    expect(world.peers.open).toEqual(before);
    expect(record.ends).toHaveLength(2);
  });
});

describe('a forged move', () => {
  it('leads to the attacker only while the own address is down, and takes no secret along', async () => {
    const [anna] = await joinAll('Anna', 'Boris');
    relay.tell(anna?.id ?? '', { type: 'moved', url: 'https://evil.test' });
    await world.pass(3_000);
    expect(world.server.sides.every(({ socket }) => socket.url === 'wss://here.test/ws')).toBe(true);
    world.server.dropAll();
    await world.until('all are online again', () =>
      world.pages.every(({ state }) => state.signaling.phase === 'online'),
    );
    await world.until('all are sealed', () => world.allSealed(), 50);
    expect(world.server.sides.every(({ socket }) => socket.url === 'wss://here.test/ws')).toBe(true);
    const before = world.server.sides.length;
    world.server.up = false;
    world.server.dropAll();
    await world.until(
      'the attacker is asked',
      () => world.server.sides.slice(before).some(({ socket }) => socket.url === 'wss://evil.test/ws'),
      50,
    );
    // All that the attacker's server, which answers as the room would, gets of the page.
    world.server.up = true;
    await world.until('all are sealed', () => world.allSealed(), 50);
    const told = world.server.sides.map(({ socket }) => [socket.url, ...socket.sent].join('\n')).join('\n');
    for (const value of [world.link.secret, world.link.token]) {
      expect(told).not.toContain(toBase64Url(value));
      expect(told).not.toContain(Buffer.from(value).toString('hex'));
    }
    expect(record.forgeries).toEqual([]);
  });
});
