import { beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../../../../main/common/emitter.ts';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { CallMemory } from '../../../../../web-client/ui/call/call-memory.ts';
import {
  CallReturn,
  RETURN_MAX_MS,
  SEEN_INTERVAL_MS,
} from '../../../../../web-client/ui/call/call-return.ts';
import { KeptValues } from '../../../../support/page/kept-values.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const KEY = 'secret-call.call';
const JOINED: RoomState = {
  ...ROOM,
  call: 'joined',
  microphone: { phase: 'live', muted: false, hint: null },
  participants: [person('anna'), person('boris', { volume: 1.5, mutedHere: true })],
};

/** What lasts over the loads of a page: the browser, the tab's storage, and who has a tab. */
let time: ManualTime;
let storage: KeptValues;
let tabs: Set<string>;
let granted: boolean;
let pages: number;

class LoadedPage {
  readonly done: string[] = [];
  room: RoomState = ROOM;
  muted = false;
  readonly #changes = new Emitter<{ change: RoomState | null }>();
  readonly #page = new Emitter<{ goes: undefined; restored: undefined }>();
  readonly #held: string[] = [];
  readonly #back: CallReturn;

  constructor({ reloaded = true } = {}) {
    const browser = {
      wallClock: () => time.clock(),
      newTab: () => `tab ${++pages}`,
      reloaded,
      takeTab: async (tab: string) => {
        if (tabs.has(tab)) return false;
        tabs.add(tab);
        this.#held.push(tab);
        return true;
      },
      mayUseMicrophone: async () => granted,
      onPage: (event: 'goes' | 'restored', listener: () => void) => this.#page.on(event, listener),
    };
    const tab = {
      intents: {
        restore: (standing: object) => void this.done.push(`restore ${JSON.stringify(standing)}`),
        join: (name: string, mode?: string) => void this.done.push(`join ${name} ${mode}`),
      },
      onChange: (listener: (room: RoomState | null) => void) => this.#changes.on('change', listener),
    };
    const self = this;
    this.#back = new CallReturn({
      tab: {
        ...tab,
        get room() {
          return self.room;
        },
        get muted() {
          return self.muted;
        },
      },
      memory: new CallMemory(storage, KEY),
      browser,
      timers: time.timers,
    });
  }

  async open(recalled = true): Promise<this> {
    await this.#back.start(recalled);
    await settle();
    return this;
  }

  become(changes: Partial<RoomState>): void {
    this.room = { ...this.room, ...changes };
    this.#changes.emit('change', this.room);
  }

  /** The browser says so, and all that is of the page is gone. */
  go(): void {
    this.#page.emit('goes', undefined);
    this.crash();
  }

  crash(): void {
    for (const tab of this.#held) tabs.delete(tab);
    this.#back.dispose();
  }

  /** It goes and is there again, out of the browser's memory. */
  goAndComeBack(): void {
    this.#page.emit('goes', undefined);
    this.#page.emit('restored', undefined);
    this.crash();
  }
}

async function inCall(changes: Partial<RoomState> = {}): Promise<LoadedPage> {
  const page = await new LoadedPage().open(false);
  page.become({ ...JOINED, ...changes });
  return page;
}

beforeEach(() => {
  time = new ManualTime();
  storage = new KeptValues();
  tabs = new Set();
  granted = true;
  pages = 0;
});

describe('a page that is loaded anew in a call', () => {
  it('is in it again by itself, as one stood there', async () => {
    const page = await inCall();
    page.muted = true;
    page.become({ microphone: { phase: 'live', muted: true, hint: null } });
    page.become({ self: { ...ROOM.self, handUp: true } });
    page.go();
    const { done } = await new LoadedPage().open();
    expect(JSON.parse((done[0] ?? '').replace('restore ', ''))).toMatchObject({
      muted: true,
      handUp: true,
      playback: [{ id: 'boris', mutedHere: true, volume: 1.5 }],
    });
    expect(done.slice(1)).toEqual(['join Marina talk']);
  });

  it('waits for a press where the browser would ask for the microphone, and is as before then', async () => {
    (await inCall()).go();
    granted = false;
    const page = await new LoadedPage().open();
    expect(page.done).toHaveLength(1);
    page.become({ call: 'joining' });
    page.become(JOINED);
    page.go();
    granted = true;
    expect((await new LoadedPage().open()).done.at(-1)).toBe('join Marina talk');
  });

  it('needs no microphone where there was none', async () => {
    granted = false;
    (await inCall({ microphone: { phase: 'none', reason: 'denied' } })).go();
    expect((await new LoadedPage().open()).done.at(-1)).toBe('join Marina listen');
  });

  it('comes back muted if it crashed the moment after that was pressed, whatever key was held', async () => {
    const page = await inCall();
    page.muted = true;
    page.become({ microphone: { phase: 'live', muted: true, hint: null } });
    page.become({ microphone: { phase: 'live', muted: false, hint: null } });
    page.crash();
    const { done } = await new LoadedPage({ reloaded: false }).open();
    expect(done[0]).toContain('"muted":true');
    expect(done[1]).toBe('join Marina talk');
  });

  it('comes back for as long as the host keeps the place, counted from the last sign of the page', async () => {
    await inCall();
    await time.advance(RETURN_MAX_MS);
    tabs.clear();
    await time.advance(RETURN_MAX_MS - SEEN_INTERVAL_MS);
    expect((await new LoadedPage({ reloaded: false }).open()).done).toHaveLength(2);
  });
});

describe('a page whose host does not answer when it is loaded anew', () => {
  const waits = async (page: LoadedPage) => page.become({ call: 'joining' });

  it('waits as long as it is open, loaded anew and crashed as well, and has the same to go back to', async () => {
    (await inCall()).go();
    const first = await new LoadedPage().open();
    await waits(first);
    await time.advance(10 * RETURN_MAX_MS);
    first.go();
    const second = await new LoadedPage().open();
    expect([second.done.length, second.done[1]]).toEqual([2, 'join Marina talk']);
    await waits(second);
    await time.advance(10 * RETURN_MAX_MS);
    second.crash();
    const third = await new LoadedPage({ reloaded: false }).open();
    expect([third.done.length, third.done[1]]).toEqual([2, 'join Marina talk']);
    third.become(JOINED);
    third.become({ call: 'out' });
    expect([storage.values.size, time.pending]).toEqual([0, 0]);
  });

  it('has nothing to go back to once one gives up', async () => {
    (await inCall()).go();
    const page = await new LoadedPage().open();
    await waits(page);
    page.become({ call: 'out' });
    page.go();
    expect((await new LoadedPage().open()).done).toEqual([]);
  });
});

describe('a page stays out', () => {
  it.each([
    ['after Leave', async () => (await inCall()).become({ call: 'out' })],
    [
      'after the end',
      async () =>
        (await inCall()).become({ call: 'out', signaling: { phase: 'ended', reason: 'host-ended' } }),
    ],
    ['where nobody was in', async () => void (await new LoadedPage().open(false)).go()],
    ['where what is kept is damaged', async () => void storage.setItem(KEY, '{"tab":"tab 1","name":1}')],
    ['where nothing is kept', async () => {}],
  ])('%s', async (_, happens) => {
    await happens();
    tabs.clear();
    expect((await new LoadedPage().open()).done).toEqual([]);
  });

  it('long after', async () => {
    (await inCall()).go();
    await time.advance(RETURN_MAX_MS + 1);
    expect((await new LoadedPage().open()).done).toEqual([]);
    expect(storage.values.size).toBe(0);
  });

  it('in a copy of the tab while the tab lives, which keeps its own', async () => {
    const page = await inCall();
    const before = new Map(storage.values);
    const copy = await new LoadedPage().open();
    expect([copy.done, storage.values.size]).toEqual([[], 0]);
    for (const [key, value] of before) storage.setItem(key, value);
    page.go();
    expect((await new LoadedPage().open()).done).toHaveLength(2);
  });

  it('where the link was opened now', async () => {
    (await inCall()).go();
    expect((await new LoadedPage().open(false)).done).toEqual([]);
  });

  it('of its own accord where one had gone to another page and comes back', async () => {
    (await inCall()).go();
    const page = await new LoadedPage({ reloaded: false }).open();
    expect(page.done.map((each) => each.split(' ')[0])).toEqual(['restore']);
    const later = await inCall();
    later.goAndComeBack();
    expect((await new LoadedPage().open()).done).toEqual([]);
  });

  it('of its own accord where one has pressed Join meanwhile, who is muted all the same', async () => {
    (await inCall()).go();
    const page = new LoadedPage();
    const opened = page.open();
    page.become({ call: 'joining' });
    await opened;
    expect(page.done.map((each) => each.split(' ')[0])).toEqual(['restore']);
  });
});

it('nothing is left of a page that is gone', async () => {
  (await inCall()).go();
  expect(time.pending).toBe(0);
});
