/** Holds passing against all orders of a few events: two who lost each other, and two who may pass on between them. */

import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../main/common/bytes.ts';
import type { MeshBody } from '../../../../../main/common/protocol/bodies.ts';
import type { SignalType } from '../../../../../main/common/protocol/messages.ts';
import { assertNever } from '../../../../../main/common/result.ts';
import { Passing } from '../../../../../web-client/core/mesh/passing.ts';
import { Reach } from '../../../../../web-client/core/mesh/reach.ts';
import { StreamSide } from '../../../../support/crypto/stream-side.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const HEALED_MAX_MS = 20_000;
/** Two boxes, with what is sent again and acknowledged. */
const PASSED_MAX = 12;
const ALL = 'chat 1,chat 2';

/** A page: real reach and passing, and one real stream, to the one it has lost. */
class Page {
  readonly reach: Reach;
  readonly passing: Passing;
  readonly stream: StreamSide;
  readonly peers = new Map<string, Neighbour>();

  constructor(time: ManualTime) {
    this.stream = new StreamSide(time);
    this.stream.stream.setPresent(true);
    this.reach = new Reach({ ...time, peers: this.peers });
    this.passing = new Passing({ clock: time.clock, peers: this.peers, reach: this.reach });
  }

  handle(from: string, body: MeshBody): void {
    if (body.kind === 'pass') this.passing.handlePass(from, body);
    else if (body.kind === 'passed') this.passing.handlePassed(from, body);
    else if (body.kind === 'reach') this.reach.handle(from, body);
    this.update();
  }

  update(): void {
    this.reach.update();
    this.passing.update();
  }
}

/** Somebody as a page knows them: `told` is on its way to them, in order. */
class Neighbour {
  readonly active = true;
  reachable = false;
  readonly told: MeshBody[] = [];
  readonly #page: Page;
  readonly #id: string;
  #open = false;

  constructor(page: Page, id: string) {
    this.#page = page;
    this.#id = id;
  }

  tell(body: MeshBody): void {
    this.told.push(body);
  }

  setPath(_path: 'socket' | 'passing', open: boolean): void {
    const isLost = this.#id === 'ada' || this.#id === 'ben';
    if (!isLost || open === this.#open) return;
    this.#open = open;
    const send = (type: SignalType, box: Bytes) => this.#page.passing.send(this.#id, type, box);
    this.#page.stream.stream.setPath('passing', open ? send : null);
  }

  handlePassedBox(type: SignalType, box: Bytes): void {
    void this.#page.stream.stream.receive('passing', type, box);
  }
}

const LINKS = [
  ['ada', 'cleo'],
  ['cleo', 'ben'],
  ['ada', 'dan'],
  ['dan', 'ben'],
] as const;
type Link = (typeof LINKS)[number];

class World {
  readonly time = new ManualTime();
  readonly pages = new Map(['ada', 'ben', 'cleo', 'dan'].map((id) => [id, new Page(this.time)]));
  /** What arrived last, to arrive again. */
  #last: (() => void) | null = null;
  passed = 0;
  readonly #cleoDrops: boolean;

  constructor(cleoDrops: boolean) {
    this.#cleoDrops = cleoDrops;
    const ids = [...this.pages.keys()];
    for (const [id, page] of this.pages)
      for (const other of ids) if (other !== id) page.peers.set(other, new Neighbour(page, other));
    for (const link of LINKS) this.set(link, true);
    for (const { reach } of this.pages.values()) reach.setOffline(true);
    while (this.deliver());
  }

  page(id: string): Page {
    const page = this.pages.get(id);
    if (!page) throw new Error('nobody');
    return page;
  }

  neighbour(id: string, other: string): Neighbour {
    const neighbour = this.page(id).peers.get(other);
    if (!neighbour) throw new Error('nobody');
    return neighbour;
  }

  /** What is on its way when a channel closes is lost with it. */
  set([one, other]: Link, open: boolean): void {
    for (const [id, of] of [
      [one, other],
      [other, one],
    ] as const) {
      const neighbour = this.neighbour(id, of);
      neighbour.reachable = open;
      if (!open) neighbour.told.splice(0);
    }
    for (const id of [one, other]) this.page(id).update();
  }

  /** The first message on its way arrives; false where there is none. */
  deliver(): boolean {
    for (const [id, { peers }] of this.pages) {
      for (const [to, { told }] of peers) {
        const body = told.shift();
        if (body === undefined) continue;
        if (body.kind === 'passed') this.passed++;
        if (body.kind === 'passed' && this.#cleoDrops && id === 'cleo') return true;
        this.#last = () => this.page(to).handle(id, body);
        this.#last();
        return true;
      }
    }
    return false;
  }

  deliverAgain(): void {
    this.#last?.();
  }

  /** All channels are open again, and time goes on until Ben has heard all. */
  async heal(): Promise<void> {
    for (const link of LINKS) this.set(link, true);
    for (let spentMs = 0; spentMs < HEALED_MAX_MS; spentMs += 1_000) {
      do {
        while (this.deliver());
        await settle();
      } while (this.deliver());
      if (this.heard === ALL) return;
      await this.time.advance(1_000);
    }
  }

  get heard(): string {
    return this.page('ben')
      .stream.applied.map(({ body }) => ('text' in body ? body.text : ''))
      .join();
  }
}

const EVENTS = [
  'ada says',
  'cleo loses ada',
  'dan loses ben',
  'one arrives',
  'it arrives again',
  'a second',
] as const;
type Event = (typeof EVENTS)[number];

async function happen(world: World, event: Event): Promise<void> {
  switch (event) {
    case 'ada says':
      for (const id of [1, 2]) world.page('ada').stream.chat(id);
      break;
    case 'cleo loses ada':
      world.set(LINKS[0], false);
      break;
    case 'dan loses ben':
      world.set(LINKS[3], false);
      break;
    case 'one arrives':
      world.deliver();
      break;
    case 'it arrives again':
      world.deliverAgain();
      break;
    case 'a second':
      return world.time.advance(1_000);
    default:
      assertNever(event);
  }
  await settle();
}

function* ordersOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries())
    for (const rest of ordersOf(items.toSpliced(index, 1))) yield [item, ...rest];
}

describe('passing', () => {
  it.each([
    ['by two who pass on', false],
    ['though one of the two drops all', true],
  ])(
    'brings what one says to the other, once and in order, %s, in all orders of events',
    async (_what, drops) => {
      const wrong: unknown[] = [];
      for (const order of ordersOf(EVENTS)) {
        const world = new World(drops);
        for (const event of order) await happen(world, event);
        await world.heal();
        const { heard, passed } = world;
        if (heard !== ALL || passed > PASSED_MAX) wrong.push({ order, heard, passed });
      }
      expect(wrong).toEqual([]);
    },
  );
});
