/**
 * Lets people come, go, get lost and lie in any order, the host make links, end them, remove people, lock the door, watch it and
 * end the call, and the program die and go on with the room. Holds the room against what each of them was told, and its links against those expected.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RoomCommand } from '../../main/common/host-api/commands.ts';
import {
  AWAY_DOUBTED_MS,
  DOUBT_SOCKET_MS,
  PLACE_HELD_MS,
  ROSTERS_OUTSIDE_PER_SECOND,
  TAKEOVER_PING_MS,
} from '../../main/common/protocol/limits.ts';
import type { RosterEntry } from '../../main/common/protocol/messages.ts';
import type { Vouch } from '../../main/room/doubts.ts';
import { Room } from '../../main/room/room.ts';
import type {
  Delivery,
  Door,
  LinkId,
  LinkTerms,
  RoomEvent,
  RoomMessage,
  SocketId,
} from '../../main/room/room-events.ts';
import { stories } from '../support/random/fuzz-inputs.ts';
import { ExpectedLinks } from '../support/room/expected-links.ts';
import { identityOf } from '../support/room/test-room.ts';

const CAPACITY = 2;
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

type Step =
  | {
      readonly do: 'enter';
      readonly letter: string;
      readonly resume: number | null;
      readonly link: number;
    }
  | { readonly do: 'invite'; readonly kind: LinkTerms['kind'] }
  | { readonly do: 'revoke'; readonly link: number }
  | { readonly do: 'remove' | 'admit' | 'refuse'; readonly letter: string }
  | { readonly do: 'door'; readonly command: RoomCommand }
  | { readonly do: 'end' }
  | { readonly do: 'name' | 'leave' | 'lose' | 'goodbye' | 'alive' | 'silent'; readonly who: number }
  | { readonly do: 'box'; readonly who: number; readonly to: string }
  | { readonly do: 'vouch'; readonly who: number; readonly about: string; readonly word: Vouch['word'] }
  | { readonly do: 'restart' | 'wait'; readonly ms: number };

const who = fc.nat({ max: 20 });
const resume = fc.option(fc.nat({ max: 8 }));
/** Mostly the newest ones. */
const link = fc.nat({ max: 4 });
const LINK_LIFE_MS = PLACE_HELD_MS / 2;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('enter'), letter: fc.constantFrom(...LETTERS), resume, link }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('invite'),
      kind: fc.constantFrom('main', 'one-time', 'expiring'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke'), link }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove'), letter: fc.constantFrom(...LETTERS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('door'),
      command: fc.constantFrom<RoomCommand>(
        { type: 'lock' },
        { type: 'unlock' },
        { type: 'lobby', on: true },
        { type: 'lobby', on: false },
        { type: 'files', on: true },
        { type: 'files', on: false },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('admit', 'refuse'), letter: fc.constantFrom(...LETTERS) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'end' }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('name'), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('leave', 'lose', 'goodbye', 'alive', 'silent'), who }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('box'), who, to: fc.constantFrom(...LETTERS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('vouch'),
      who,
      about: fc.constantFrom(...LETTERS),
      word: fc.constantFrom('there', 'lost', 'unknown'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      ms: fc.constantFrom(1, DOUBT_SOCKET_MS, AWAY_DOUBTED_MS, TAKEOVER_PING_MS, LINK_LIFE_MS, PLACE_HELD_MS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('restart'), ms: fc.constantFrom(0, 1, PLACE_HELD_MS) }),
  },
);

/** As toEqual, at a price that can be paid at every step. */
function expectSame(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected);
}

/** One page's side of a socket. */
interface Page {
  readonly letter: string;
  readonly enteredMs: number;
  readonly link: LinkId;
  /** The resume it brought. */
  readonly claimed: string | null;
  resume: string | null;
  roster: readonly RosterEntry[] | null;
  /** Whether it may send any, as it was told. */
  files: boolean;
  /** Of that roster, unless it came with the hello. */
  revision: number;
  /** Since when the room has known of a newer one. */
  behindSinceMs: number | null;
}

/** Longer than anybody has to wait for the newest roster. */
const NEWS_MAX_MS = 1_000 / ROSTERS_OUTSIDE_PER_SECOND;

function commandFor(kind: LinkTerms['kind']): RoomCommand {
  if (kind === 'main') return { type: 'new-link' };
  const request = kind === 'expiring' ? { kind, lifetimeMs: LINK_LIFE_MS } : { kind };
  return { type: 'invite', request };
}

/** Stands where the gateway stands, and believes only what arrives. */
class World {
  room: Room;
  readonly open = new Map<SocketId, Page>();
  readonly resumes: string[] = [];
  readonly expectedLinks = new ExpectedLinks();
  /** Resumes of those who were in or let in, and have not left since. */
  readonly #letIn = new Set<string>();
  readonly #resumeOf = new Map<string, string>();
  nowMs = 0;
  #lastSocket = 0;

  constructor() {
    this.room = this.#newRoom();
    this.#invite('main');
  }

  #newRoom(): Room {
    return new Room({
      capacity: CAPACITY,
      lobby: false,
      iceServers: [],
      turn: null,
      files: true,
      relayOnly: false,
      newResume: () => {
        const resume = `resume-${this.resumes.length}`;
        this.resumes.push(resume);
        return resume;
      },
      newLink: () => this.expectedLinks.take(),
    });
  }

  /** The program dies with all sockets, and after so long another run goes on: with the same places, and no link more. */
  #restart(awayMs: number): void {
    const kept = this.room.keep(this.nowMs);
    const roster = this.room.roster();
    const { files } = this.room.attendance;
    expect(kept.links.map(({ id }) => id).sort()).toEqual([...this.expectedLinks.known].sort());
    this.open.clear();
    this.room = this.#newRoom();
    this.nowMs += awayMs;
    this.#tell({ type: 'resumed', kept, awayMs });
    expectSame(this.room.roster(), roster);
    expectSame(this.room.attendance.files, files);
    // Links whose time is up meanwhile.
    this.#tell({ type: 'tick' });
  }

  take(step: Step): void {
    switch (step.do) {
      case 'enter': {
        const link = this.expectedLinks.known.at(-1 - step.link);
        if (link === undefined) break;
        const socket = ++this.#lastSocket;
        const claimed = step.resume === null ? null : (this.resumes[step.resume] ?? 'made up');
        const { letter } = step;
        const fresh = { resume: null, roster: null, files: true, revision: -1, behindSinceMs: null };
        this.open.set(socket, { letter, enteredMs: this.nowMs, link, claimed, ...fresh });
        this.#tell({ type: 'entered', socket, link, identity: identityOf(letter), resume: claimed });
        break;
      }
      case 'invite':
        this.#invite(step.kind);
        break;
      case 'revoke': {
        const link = this.expectedLinks.known.at(-1 - step.link) ?? 0;
        this.expectedLinks.revoke(link);
        this.#tell({ type: 'command', command: { type: 'revoke', invitation: link } });
        break;
      }
      case 'remove':
        this.#remove(`id-${step.letter}`);
        break;
      case 'admit':
      case 'refuse':
        this.#decide(step.do, step.letter);
        break;
      case 'door':
        this.#tell({ type: 'command', command: step.command });
        break;
      case 'end':
        this.#end();
        break;
      case 'wait':
        this.#passTime(step.ms);
        break;
      case 'restart':
        this.#restart(step.ms);
        break;
      default: {
        const socket = [...this.open.keys()][step.who % Math.max(1, this.open.size)];
        if (socket !== undefined) this.#act(socket, step);
      }
    }
    this.#check();
  }

  #invite(kind: LinkTerms['kind']): void {
    this.expectedLinks.add(kind === 'expiring' ? { kind, expiresAtMs: this.nowMs + LINK_LIFE_MS } : { kind });
    this.#tell({ type: 'command', command: commandFor(kind) });
  }

  #remove(id: string): void {
    const isIn = this.room.roster().some((entry) => entry.id === id);
    const sockets = [...this.open]
      .filter(([, page]) => `id-${page.letter}` === id && page.roster)
      .map(([it]) => it);
    const waiting = [...this.open.values()].filter((page) => page.roster === null);
    if (isIn) this.expectedLinks.remove(id, waiting);
    const deliveries = this.#tell({ type: 'command', command: { type: 'remove', participant: id } });
    expect(this.room.roster().some((entry) => entry.id === id)).toBe(false);
    if (!isIn) return;
    for (const socket of sockets)
      expect(deliveries).toContainEqual({ type: 'close', socket, reason: 'kicked' });
  }

  #decide(type: 'admit' | 'refuse', letter: string): void {
    const id = `id-${letter}`;
    const waits = this.#isWaiting(id);
    const resume = this.#resumeOf.get(id);
    if (type === 'admit' && waits && resume !== undefined) this.#letIn.add(resume);
    const roster = this.room.roster();
    this.#tell({ type: 'command', command: { type, participant: id } });
    if (!waits) expectSame(this.room.roster(), roster);
    if (waits && type === 'refuse') expectSame(this.#isWaiting(id), false);
  }

  #isWaiting(id: string): boolean {
    return this.room.attendance.waiting.some((guest) => guest.id === id);
  }

  #end(): void {
    this.expectedLinks.endAll();
    this.#letIn.clear();
    const greeted = [...this.open.values()].filter((page) => page.roster !== null);
    this.#tell({ type: 'command', command: { type: 'end' } });
    expectSame(
      [...this.open.values()].filter((page) => greeted.includes(page)),
      [],
    );
    expectSame([this.room.roster(), this.room.attendance.waiting], [[], []]);
  }

  #act(socket: SocketId, step: Extract<Step, { who: number }>): void {
    switch (step.do) {
      case 'lose':
      case 'goodbye':
        this.open.delete(socket);
        this.#tell({ type: 'gone', socket, goodbye: step.do === 'goodbye' });
        break;
      case 'alive':
      case 'silent':
        this.#tell({ type: step.do, socket });
        break;
      case 'box':
        this.#sendBox(socket, `id-${step.to}`);
        break;
      case 'name':
        this.#say(socket, { type: 'name', name: `name-${this.nowMs}` });
        break;
      case 'vouch':
        this.#say(socket, { type: 'vouch', id: `id-${step.about}`, word: step.word });
        break;
      case 'leave':
        this.#letIn.delete(this.open.get(socket)?.resume ?? '');
        this.#say(socket, { type: 'leave' });
    }
  }

  #say(socket: SocketId, message: RoomMessage): readonly Delivery[] {
    return this.#tell({ type: 'message', socket, message });
  }

  #sendBox(socket: SocketId, to: string): void {
    const page = this.open.get(socket);
    const isIn = (id: string) => this.room.roster().some((entry) => entry.id === id);
    const from = `id-${page?.letter}`;
    const mayArrive = isIn(from) && isIn(to) && from !== to && page?.roster;
    const deliveries = this.#say(socket, { type: 'sas', to, box: 'sealed' });
    for (const delivery of deliveries) {
      if (delivery.type !== 'send' || delivery.message.type !== 'sas') continue;
      expect(mayArrive).toBeTruthy();
      expect(delivery.message.from).toBe(from);
      expect(delivery.to.map((other) => `id-${this.open.get(other)?.letter}`)).toEqual([to]);
      for (const other of delivery.to) {
        expect(this.open.get(other)?.roster?.map(({ id }) => id)).toContain(from);
      }
    }
  }

  #passTime(ms: number): void {
    const endMs = this.nowMs + ms;
    for (let dueMs = this.room.nextDeadlineMs(); dueMs !== null && dueMs <= endMs; ) {
      this.nowMs = Math.max(this.nowMs, dueMs);
      this.#tell({ type: 'tick' });
      const nextMs = this.room.nextDeadlineMs();
      expect(nextMs === null || nextMs > this.nowMs).toBe(true);
      dueMs = nextMs;
    }
    this.nowMs = endMs;
  }

  #tell(event: RoomEvent): readonly Delivery[] {
    this.expectedLinks.liveAt(this.nowMs);
    const revision = this.room.revision;
    const roster = this.room.roster();
    const { door } = this.room.attendance;
    const deliveries = this.room.handle(event, this.nowMs);
    this.#checkDoor(door, roster);
    for (const delivery of deliveries) this.#carryOut(delivery);
    this.expectedLinks.handleRoster(this.room.roster());
    if (this.room.revision === revision) expectSame(this.room.roster(), roster);
    for (const delivery of deliveries)
      if (delivery.type === 'cut') this.#tell({ type: 'gone', socket: delivery.socket, goodbye: false });
    return deliveries;
  }

  #carryOut(delivery: Delivery): void {
    switch (delivery.type) {
      case 'close':
      case 'cut':
        expectSame(this.open.delete(delivery.socket), true);
        break;
      case 'probe':
        expect(this.open.has(delivery.socket)).toBe(true);
        break;
      case 'forget':
        this.expectedLinks.forget(delivery.link);
        break;
      case 'send':
        for (const socket of delivery.to) this.#receive(this.open.get(socket), delivery);
    }
  }

  #receive(page: Page | undefined, { message }: Extract<Delivery, { type: 'send' }>): void {
    if (!page) throw new Error('sent to a socket that is closed');
    if (message.type === 'hello') {
      expectSame(page.roster, null);
      expectSame(message.id, `id-${page.letter}`);
      this.expectedLinks.handleHello(page, message.id, message.resume, this.nowMs);
      page.resume = message.resume;
      this.#resumeOf.set(message.id, message.resume);
      if (page.claimed !== null && this.#letIn.has(page.claimed)) this.#letIn.add(message.resume);
      page.roster = message.roster;
      page.files = message.files !== false;
      return;
    }
    expectSame(page.roster === null, false);
    if (message.type === 'files') page.files = message.allowed;
    if (message.type === 'roster') {
      expectSame(message.revision > page.revision, true);
      page.revision = message.revision;
      page.behindSinceMs = null;
      page.roster = message.roster;
    }
  }

  #check(): void {
    const live = this.expectedLinks.liveAt(this.nowMs);
    expectSame(
      this.room.links.map(({ id }) => id),
      live,
    );
    expectSame(this.room.links.filter(({ terms }) => terms.kind === 'main').length, 1);
    for (const page of this.open.values()) {
      if (page.resume !== null && !this.expectedLinks.mayStay(page.resume, live))
        expect.fail('stays without a link');
    }
    const roster = this.room.roster();
    expectSame(Math.max(roster.length, CAPACITY), CAPACITY);
    expectSame(new Set(roster.map(({ key }) => key)).size, roster.length);
    const greeted = [...this.open.values()].filter((page) => page.roster !== null);
    for (const page of greeted) this.#checkNews(page, roster);
    expectSame(
      greeted.filter(({ files }) => files !== this.room.attendance.files),
      [],
    );
    expectSame(new Set(greeted.map(({ resume }) => resume)).size, greeted.length);
    expectSame(new Set(greeted.map(({ letter }) => letter)).size, greeted.length);
    for (const page of this.open.values()) {
      if (page.roster === null) expect(this.nowMs - page.enteredMs).toBeLessThan(TAKEOVER_PING_MS);
    }
  }

  /** Nobody passes a door that is not open but by the host's word; and nobody waits at any other. */
  #checkDoor(before: Door, roster: readonly RosterEntry[]): void {
    const { door, waiting, waitingCount } = this.room.attendance;
    const was = new Set(roster.map(({ id }) => id));
    const now = this.room.roster().map(({ id }) => id);
    const isGuarded = (each: Door) => each.locked || each.lobby;
    for (const id of now) {
      const resume = this.#resumeOf.get(id) ?? '';
      if (isGuarded(before) && isGuarded(door) && !was.has(id)) expectSame(this.#letIn.has(resume), true);
      this.#letIn.add(resume);
    }
    if (door.locked || !door.lobby) expectSame(waitingCount, 0);
    expectSame(waiting.length, waitingCount);
    expectSame(
      waiting.filter(({ id }) => now.includes(id)),
      [],
    );
  }

  /** A page knows the newest roster, or will within a moment. */
  #checkNews(page: Page, roster: readonly RosterEntry[]): void {
    if (JSON.stringify(page.roster) === JSON.stringify(roster)) {
      page.behindSinceMs = null;
      return;
    }
    page.behindSinceMs ??= this.nowMs;
    expectSame(this.nowMs - page.behindSinceMs < NEWS_MAX_MS, true);
    expectSame((this.room.nextDeadlineMs() ?? Infinity) <= page.behindSinceMs + NEWS_MAX_MS, true);
  }

  /** Everyone goes without a word; after the time places are kept, nothing of them is left. */
  end(): void {
    for (const socket of [...this.open.keys()]) {
      this.open.delete(socket);
      this.#tell({ type: 'gone', socket, goodbye: false });
    }
    this.#passTime(PLACE_HELD_MS);
    expect(this.room.roster()).toEqual([]);
    expect(this.room.nextDeadlineMs()).toBeNull();
    expect(this.expectedLinks.known).toEqual(this.expectedLinks.liveAt(this.nowMs));
  }
}

it('tells everyone here the same before long, keeps its capacity, and forgets whoever is gone', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      for (const each of steps) world.take(each);
      world.end();
    }),
    stories(2_000),
  );
});
