/** Holds what is asked while the code of recordings is still to come. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../../../main/common/logger.ts';
import { CODE_COMES_MS, TAKEN_IN_AFTER_MS } from '../../../../../main/common/protocol/limits.ts';
import type { RecordBody } from '../../../../../main/common/protocol/record-bodies.ts';
import { LateRecordings } from '../../../../../web-client/core/recording/late-recordings.ts';
import { Recordings } from '../../../../../web-client/core/recording/recordings.ts';
import { RoomStore } from '../../../../../web-client/core/state/room-store.ts';
import { person } from '../../../../support/page/room-states.ts';
import { FakeRecorder } from '../../../../support/sound/fake-recorder.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const CODE = { Recordings };
const ask = (id: number): RecordBody => ({ kind: 'record-ask', id, tracks: 'mixed' });
const state = (id: number, on: boolean): RecordBody => ({ kind: 'record-state', id, on });

let time: ManualTime;
let room: RoomStore;
let recorder: FakeRecorder;
let late: LateRecordings;

const options = () => ({
  ...{ room, clock: time.clock, timers: time.timers, wallClock: time.clock },
  ownVoice: () => null,
  send: () => true,
  loadRecorder: async () => recorder,
});
const own = () => room.state.recording?.own;

beforeEach(() => {
  time = new ManualTime();
  room = new RoomStore(silentLogger);
  recorder = new FakeRecorder();
  late = new LateRecordings(options());
  room.dispatch({ type: 'joining', name: 'Me' });
  room.dispatch({
    type: 'participants',
    selfIn: true,
    participants: ['ada', 'bea'].map((id) => person(id)),
  });
});

const come = () => vi.waitUntil(() => room.state.recording !== null);

describe('recordings whose code is still to come', () => {
  it('know in order what was asked and what became of it', async () => {
    late.handle('ada', ask(1));
    late.handle('ada', state(1, true));
    late.handle('bea', ask(1));
    late.handle('bea', state(1, true));
    late.handle('bea', ask(2));
    late.handle('bea', { kind: 'record-answer', id: 1, agree: true });
    await come();
    expect(room.state.recording?.others).toMatchObject([
      { id: 'ada', ask: 1, on: true },
      { id: 'bea', ask: 2, on: false },
    ]);
    late.dispose();
  });

  it('forget whoever is gone meanwhile', async () => {
    late.handle('ada', ask(1));
    late.handle('bea', ask(1));
    late.handleExit('ada');
    await come();
    expect(room.state.recording?.others.map(({ id }) => id)).toEqual(['bea']);
    late.dispose();
  });

  it('begin once it is there, unless one has left', async () => {
    late.handleCommand({ type: 'start', tracks: 'each' });
    await come();
    await vi.waitUntil(() => recorder.recordings.length === 1);
    late.dispose();
  });

  it('come some seconds after one is in, when nobody asks', async () => {
    late.update();
    recorder.left = [];
    const looked = vi.spyOn(recorder, 'leftovers');
    await time.advance(TAKEN_IN_AFTER_MS);
    await vi.waitUntil(() => looked.mock.calls.length === 1);
    late.dispose();
    expect(time.pending).toBe(0);
  });

  it('say that they are not there to who pressed Record, and do it when it is pressed once they are', async () => {
    const loads: ((code: typeof CODE) => void)[] = [];
    late.dispose();
    late = new LateRecordings(options(), () => new Promise((resolve) => loads.push(resolve)));
    late.handleCommand({ type: 'choose' });
    expect(own()).toEqual({ phase: 'checking' });
    await time.advance(CODE_COMES_MS);
    expect(own()).toEqual({ phase: 'failed', why: 'missing' });
    late.handleCommand({ type: 'dismiss' });
    expect(own()).toEqual({ phase: 'off' });
    late.handleCommand({ type: 'choose' });
    loads[0]?.(CODE);
    await vi.waitUntil(() => own()?.phase === 'choosing');
    late.dispose();
    expect([loads.length, time.pending]).toEqual([1, 0]);
  });

  it('begin nothing that was given up while they came', async () => {
    late.handleCommand({ type: 'start', tracks: 'each' });
    late.handleCommand({ type: 'stop' });
    late.handle('ada', ask(1));
    await vi.waitUntil(() => room.state.recording?.others.length === 1);
    expect([own(), recorder.recordings]).toEqual([{ phase: 'off' }, []]);
    late.dispose();
  });
});
