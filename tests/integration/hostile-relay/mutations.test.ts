/**
 * A hostile relay spoils, repeats, mixes and makes up traffic of a real call: 12,000 boxes into living pairs, 500 while
 * connections are made, 400 server messages. Once it has the token only, once the whole link. What it may do as one more
 * person with the link is not here but in man-in-the-middle.test.ts.
 */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Bytes, fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import { RoomNames } from '../../../main/common/e2ee/room-names.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';
import { BoxMutator } from '../../support/call/box-mutations.ts';
import { CallRecord } from '../../support/call/call-record.ts';
import { type CallPage, CallWorld } from '../../support/call/call-world.ts';
import { HostileRelay } from '../../support/call/hostile-relay.ts';
import { boxTools, randomBytes } from '../../support/crypto/e2ee-tools.ts';
import { referencePerson } from '../../support/crypto/reference-e2ee.ts';
import { seededRandom } from '../../support/random/seeded-random.ts';

const SPOILED_PER_STRENGTH = 6_000;
const SPOILED_BEFORE_SEALED = 250;
const SERVER_MESSAGES = 200;
/** So many at a time, or the pages drop a flood unopened. */
const AT_ONCE = 120;
const NAMES = ['Anna', 'Boris', 'Clara'] as const;

const worlds: CallWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) {
    await world.end();
    expect(world.peers.open).toEqual([]);
  }
  vi.restoreAllMocks();
});

function newRoom() {
  const world = new CallWorld();
  worlds.push(world);
  return { world, relay: new HostileRelay(world) };
}

/** One more chat from each page to each other one; numbers tell them apart. */
class Talk {
  readonly #record: CallRecord;
  readonly #pages: readonly CallPage[];
  #count = 0;

  constructor(record: CallRecord, pages: readonly CallPage[]) {
    this.#record = record;
    this.#pages = pages;
  }

  go(): void {
    this.#count++;
    for (const [from, to] of this.#directions()) {
      const { stream } = this.#record.end(from.id, to.id).state;
      stream.send('chat', { id: this.#count, text: `number ${this.#count} from ${from.state.self.name}` });
    }
  }

  /** Whether each has taken all of them, in order and once. */
  get arrived(): boolean {
    return this.#directions().every(([from, to]) => {
      const { sent } = this.#record.end(from.id, to.id);
      const chats = sent.filter((body) => body?.startsWith('chat '));
      return chats.length === this.#count && String(this.#record.chats(to.id, from.id)) === String(chats);
    });
  }

  #directions(): (readonly [CallPage, CallPage])[] {
    return this.#pages.flatMap((from) =>
      this.#pages.filter((to) => to !== from).map((to) => [from, to] as const),
    );
  }
}

/** Another room with other people, as recorded by the same relay. */
async function trafficElsewhere() {
  const { world, relay } = newRoom();
  await world.joinAll(...NAMES);
  await world.pass(1_000);
  return relay.boxes;
}

/** Whom connections lead to, and who is heard, beside the people who are really there and whose connection stands. */
function strangersIn(world: CallWorld): string[] {
  const known = new Set(world.pages.map(({ certificate }) => certificate.fingerprint));
  const described = world.peers.connections.flatMap(({ remoteFingerprint }) => remoteFingerprint ?? []);
  const heard = world.pages.flatMap(({ heard, state: { participants } }) => {
    const connected = participants.filter(({ peer }) => peer.phase !== 'failed').map(({ id }) => id);
    return [...heard.keys()].filter(
      (id) => !connected.includes(id) || world.pages.every((page) => page.id !== id),
    );
  });
  return [...described.filter((fp) => !known.has(fp)), ...heard];
}

const tampered = (world: CallWorld): number =>
  world.pages.reduce(
    (sum, { state }) => sum + state.participants.reduce((count, each) => count + each.tamperedBoxes, 0),
    0,
  );

describe.each([
  ['the token', (_: Bytes) => randomBytes(32), 1],
  ['the whole link', (secret: Bytes) => secret, 2],
] as const)('a relay with %s', (_strength, knownSecret, seed) => {
  it(`has none of ${SPOILED_PER_STRENGTH} spoiled boxes taken, each counted; the call goes on`, async () => {
    const elsewhere = await trafficElsewhere();
    const record = new CallRecord();
    const { world, relay } = newRoom();
    const pages = await world.joinAll(...NAMES);
    // The voice is lost and repaired: meanwhile traffic of every kind goes by the socket.
    const talk = new Talk(record, pages);
    world.peers.fail('disconnected');
    talk.go();
    for (const { session } of pages) session.setHandUp(true);
    await world.pass(4_000);
    await world.until('all are sealed again', () => world.allSealed(), 50);
    await world.until('the chats arrived', () => talk.arrived, 50);
    expect(new Set(relay.boxes.map(({ type }) => type)).size).toBe(7);

    const before = world.peers.open;
    const random = seededRandom(seed);
    const quarry = {
      boxes: [...relay.boxes],
      elsewhere,
      roster: relay.roster,
      secret: knownSecret(world.link.secret),
    };
    const mutator = new BoxMutator(quarry, random);
    const kinds = new Set<string>();
    const start = tampered(world);
    for (let made = 0; made < SPOILED_PER_STRENGTH; ) {
      const end = Math.min(made + AT_ONCE, SPOILED_PER_STRENGTH);
      for (; made < end; made++) {
        const { kind, seen } = mutator.spoil();
        kinds.add(kind);
        relay.inject(seen);
        if (random() < 0.2) relay.inject(mutator.any());
      }
      talk.go();
      await world.until('each is counted', () => tampered(world) - start === made);
      // No faster than a page takes boxes of the socket in.
      await world.pass(500, 500);
    }
    await world.until('the chats arrived', () => talk.arrived, 50);
    await world.pass(500);

    expect(kinds.size).toBe(14);
    expect(tampered(world) - start).toBe(SPOILED_PER_STRENGTH);
    expect(record.forgeries).toEqual([]);
    expect(world.allSealed()).toBe(true);
    expect(world.peers.open).toEqual(before);
    expect(strangersIn(world)).toEqual([]);
  });

  it(`has none of ${SPOILED_BEFORE_SEALED} taken while a connection is made; the one it leaves alone stays`, async () => {
    const elsewhere = await trafficElsewhere();
    const random = seededRandom(10 + seed);
    for (let made = 0; made < SPOILED_BEFORE_SEALED; ) {
      const record = new CallRecord();
      const { world, relay } = newRoom();
      const anna = await world.join('Anna');
      const clara = await world.join('Clara');
      await world.until('two are sealed', () => world.allSealed());
      const boris = world.open('Boris');
      relay.onBox = (seen) => {
        if (![seen.from, seen.to].includes(boris.id) || random() < 0.5) return [seen];
        made++;
        const secret = knownSecret(world.link.secret);
        const mutator = new BoxMutator(
          { boxes: relay.boxes, elsewhere, roster: relay.roster, secret },
          random,
        );
        const spoiled = mutator.spoil(seen).seen;
        return random() < 0.5 ? [spoiled] : [spoiled, seen, seen];
      };
      boris.session.join('Boris');
      await world.until('something was spoiled', () => relay.roster.length === 3 && made > 0);
      await world.pass(1_500);
      expect(anna.state.participants[0]).toMatchObject({ name: 'Clara', trust: 'sealed' });
      expect(clara.state.participants[0]).toMatchObject({ name: 'Anna', trust: 'sealed' });
      expect(record.forgeries).toEqual([]);
      expect(strangersIn(world)).toEqual([]);
      vi.restoreAllMocks();
      world.dispose();
    }
  });

  it(`has none of ${SERVER_MESSAGES} forged rosters and moves believed; told the truth again, all go on`, async () => {
    const record = new CallRecord();
    const { world, relay } = newRoom();
    const pages = await world.joinAll(...NAMES);
    const talk = new Talk(record, pages);
    talk.go();
    await world.until('the chats arrived', () => talk.arrived, 50);
    const truth = relay.roster;
    const names = await RoomNames.create(boxTools, knownSecret(world.link.secret));
    const random = seededRandom(20 + seed);
    const pick = <Item>(items: readonly Item[]): Item => {
      const item = items[Math.floor(random() * items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    };
    const attacker = referencePerson();
    const text = (bytes: Uint8Array) => toBase64Url(new Uint8Array(bytes));
    const intruder: RosterEntry = {
      id: text(attacker.id),
      key: text(attacker.key),
      fp: text(attacker.fp),
      name: text(await names.seal(new Uint8Array(attacker.id), 1, 'Boris')),
    };
    // With the secret a name in the roster can be forged; what the person says in the pair's own stream holds.
    const renamed = await Promise.all(
      truth.map(async ({ id }) =>
        text(await names.seal(fromBase64Url(id) ?? new Uint8Array(), 1_000, 'Forged')),
      ),
    );
    const changed = (change: Partial<RosterEntry>, victim = pick(truth)) => {
      return truth.map((entry) => (entry === victim ? { ...entry, ...change } : entry));
    };
    const forged: (() => readonly RosterEntry[])[] = [
      () => changed({ key: intruder.key }),
      () => changed({ fp: intruder.fp }),
      () => changed({ key: intruder.key, fp: intruder.fp }),
      () => changed({ id: intruder.id }),
      () => changed({ id: pick(truth).id }),
      () => changed({ key: pick(truth).key, fp: intruder.fp }),
      () => changed({ name: intruder.name }),
      () => changed({ name: renamed[1] ?? '' }, truth[1]),
      () => changed(intruder),
      () => [...truth, intruder],
      () => [intruder, ...truth],
      () => truth.filter((entry) => entry !== pick(truth)),
      () => [...truth].reverse(),
      () => [...truth, ...truth],
      () => [],
    ];
    for (let made = 0; made < SERVER_MESSAGES; made++) {
      const page = pick(pages);
      if (random() < 0.15) {
        relay.tell(page.id, {
          type: 'moved',
          url: pick(['https://evil.test', 'http://evil.test', 'javascript:1']),
        });
      } else {
        relay.tellRoster(page.id, pick(forged)());
      }
      if (random() < 0.5) relay.inject({ ...pick(relay.boxes), to: page.id });
      if (random() < 0.3) await world.pass(pick([10, 300]), 10);
    }
    await world.pass(500);
    expect(strangersIn(world)).toEqual([]);
    relay.boxes.splice(0);
    for (const { id } of pages) relay.tellRoster(id, truth);
    await world.until('all are sealed again', () => world.allSealed(), 50);
    for (const page of pages) {
      expect(page.people).toEqual(
        NAMES.filter((name) => name !== page.state.self.name).map((name) => `${name} connected sealed`),
      );
    }
    expect(record.forgeries).toEqual([]);
    expect(strangersIn(world)).toEqual([]);
    expect(new Set(world.server.sides.map(({ socket }) => socket.url))).toEqual(
      new Set(['wss://here.test/ws']),
    );
    talk.go();
    await world.until('the chats arrived', () => talk.arrived, 50);
  });
});
