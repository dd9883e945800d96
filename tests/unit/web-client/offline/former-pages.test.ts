/** Holds what a page leaves to its next load to one tab, one use and a short time. */

import { beforeEach, describe, expect, it } from 'vitest';
import { FORMER_PAGE_MAX_MS } from '../../../../main/common/protocol/limits.ts';
import type { FormerPage } from '../../../../web-client/core/waiting/former-page.ts';
import {
  type FormerPageDatabase,
  FormerPages,
  type LeftByPage,
} from '../../../../web-client/offline/former-pages.ts';
import { MemoryStorage } from '../../../support/call/call-world.ts';

type Page = FormerPage<string>;
const pageOf = (certificate: string): Page => ({
  certificate,
  capacity: 6,
  iceServers: [],
  relayOnly: false,
  filesAllowed: true,
  ways: [],
});

/** One a browser; what is done takes effect after `gate`. */
class FakeDatabase implements FormerPageDatabase<string> {
  readonly left = new Map<string, LeftByPage<string>>();
  gate: Promise<void> = Promise.resolve();

  async put(id: string, left: LeftByPage<string>, olderThanMs: number): Promise<void> {
    await this.take(id, olderThanMs);
    this.left.set(id, left);
  }

  async delete(id: string): Promise<void> {
    await this.gate;
    this.left.delete(id);
  }

  async take(id: string, olderThanMs: number): Promise<LeftByPage<string> | null> {
    await this.gate;
    const taken = this.left.get(id) ?? null;
    this.left.delete(id);
    for (const [other, { keptMs }] of this.left) if (keptMs < olderThanMs) this.left.delete(other);
    return taken;
  }
}

let database: FakeDatabase;
let storage: MemoryStorage;
let nowMs: number;
/** By id, the page that has it. */
let taken: Map<string, object>;
let ids: number;
beforeEach(() => {
  database = new FakeDatabase();
  storage = new MemoryStorage();
  nowMs = 1_000_000;
  taken = new Map();
  ids = 0;
});

function load(tab = storage): FormerPages<string> {
  const page = {};
  return new FormerPages({
    storage: tab,
    database,
    wallClock: () => nowMs,
    newId: () => `id-${++ids}`,
    takeId: async (id) => {
      const isFree = !taken.has(id);
      if (isFree) taken.set(id, page);
      return isFree;
    },
  });
}

/** The page goes, and its locks with it. */
function goes(page: FormerPages<string>): void {
  page.handleGoing();
  taken.clear();
}

function copyOf({ values }: MemoryStorage): MemoryStorage {
  const copy = new MemoryStorage();
  for (const [key, value] of values) copy.setItem(key, value);
  return copy;
}

describe('what a page leaves', () => {
  it('is the next load’s of the same tab, once, and lies nowhere then', async () => {
    const page = load();
    await page.keep(pageOf('first'));
    await page.keep(pageOf('second'));
    expect(page.isLeft).toBe(true);
    goes(page);
    expect(await load().take()).toEqual(pageOf('second'));
    expect([database.left.size, storage.values.size]).toEqual([0, 0]);
    expect(await load().take()).toBeNull();
  });

  it('is there however the call is given up as the page goes', async () => {
    const page = load();
    await page.keep(pageOf('first'));
    goes(page);
    await page.keep(null);
    expect(await load().take()).toEqual(pageOf('first'));
  });

  it('is nothing any more once there is nothing to come back to, however soon the page goes', async () => {
    const page = load();
    await page.keep(pageOf('first'));
    const forgotten = page.keep(null);
    goes(page);
    expect([page.isLeft, storage.values.size]).toEqual([false, 0]);
    await forgotten;
    expect(database.left.size).toBe(0);
    expect(await load().take()).toBeNull();
  });

  it('is not left by a page that was told to leave nothing while it was being written', async () => {
    let open = () => {};
    database.gate = new Promise((resolve) => {
      open = resolve;
    });
    const page = load();
    const steps = [page.keep(pageOf('first')), page.keep(null)];
    open();
    await Promise.all(steps);
    expect([page.isLeft, storage.values.size, database.left.size]).toEqual([false, 0, 0]);
  });

  it('asks the browser for nothing where nothing ever was left', async () => {
    database.gate = Promise.reject(new Error('no database'));
    database.gate.catch(() => {});
    await load().keep(null);
    expect(ids).toBe(0);
  });

  it('is nothing where the browser keeps nothing', async () => {
    database.gate = Promise.reject(new Error('no database'));
    database.gate.catch(() => {});
    const page = load();
    await page.keep(pageOf('first'));
    expect([page.isLeft, storage.values.size]).toEqual([false, 0]);
    storage.setItem('secret-call.former', 'id-1');
    taken.clear();
    expect(await load().take()).toBeNull();
  });

  it.each([
    ['too old', FORMER_PAGE_MAX_MS + 1],
    ['of a time to come, for the clock was set back', -1],
  ])('is of no use where it is %s', async (_what, laterMs) => {
    const page = load();
    await page.keep(pageOf('first'));
    goes(page);
    nowMs += laterMs;
    expect(await load().take()).toBeNull();
    expect(database.left.size).toBe(0);
  });

  it('of other tabs is left alone, but for what is too old', async () => {
    const others = [new MemoryStorage(), new MemoryStorage()] as const;
    await load(others[0]).keep(pageOf('old'));
    nowMs += FORMER_PAGE_MAX_MS + 1;
    await load(others[1]).keep(pageOf('other'));
    const page = load();
    await page.keep(pageOf('own'));
    goes(page);
    expect([...database.left.values()].map((left) => left.page)).toEqual([pageOf('other'), pageOf('own')]);
    expect(await load().take()).toEqual(pageOf('own'));
    expect([...database.left.values()].map((left) => left.page)).toEqual([pageOf('other')]);
  });
});

describe('a copy of the tab', () => {
  it('gets nothing while the page is there, and the page’s next load all of it', async () => {
    const page = load();
    await page.keep(pageOf('first'));
    expect(await load(copyOf(storage)).take()).toBeNull();
    goes(page);
    expect(await load().take()).toEqual(pageOf('first'));
  });

  it('that is loaded after the page was used has nothing', async () => {
    const page = load();
    await page.keep(pageOf('first'));
    const copied = copyOf(storage);
    goes(page);
    const next = load();
    expect(await next.take()).toEqual(pageOf('first'));
    taken.clear();
    expect(await load(copied).take()).toBeNull();
  });
});
