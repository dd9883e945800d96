/** Holds whose voice is in a recording against a plain account of who was asked and what they said, in any order of events. */

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../main/common/logger.ts';
import { RECORD_ANSWER_RATE } from '../../../../../main/common/protocol/peer-limits.ts';
import type { RecordBody } from '../../../../../main/common/protocol/record-bodies.ts';
import type { AudioTrackLike } from '../../../../../web-client/core/browser-api.ts';
import { Recordings } from '../../../../../web-client/core/recording/recordings.ts';
import type { ParticipantState, PeerState } from '../../../../../web-client/core/state/room-state.ts';
import { RoomStore } from '../../../../../web-client/core/state/room-store.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { person } from '../../../../support/page/room-states.ts';
import { stories } from '../../../../support/random/fuzz-inputs.ts';
import { FakeRecorder } from '../../../../support/sound/fake-recorder.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const PHASES = ['connecting', 'connected', 'lost', 'failed'] as const;
type Phase = (typeof PHASES)[number];
const peerIn = (phase: Phase): PeerState => (phase === 'failed' ? { phase, reason: 'different' } : { phase });

class Desk {
  readonly time = new ManualTime();
  readonly room = new RoomStore(silentLogger);
  readonly recorder = new FakeRecorder();
  readonly voices = new Map<string, AudioTrackLike>();
  readonly ownVoice = new FakeTrack('own');
  readonly sent: (readonly [to: string, body: RecordBody])[] = [];
  /** To whom nothing can be said now. */
  readonly silent = new Set<string>();
  readonly recordings: Recordings;
  readonly people = new Map<string, Phase>();

  constructor() {
    this.recordings = new Recordings({
      ...{ clock: this.time.clock, timers: this.time.timers, wallClock: this.time.clock },
      room: this.room,
      voices: this.voices,
      ownVoice: () => this.ownVoice,
      send: (to, body) => {
        if (this.silent.has(to)) return false;
        this.sent.push([to, body]);
        return true;
      },
      loadRecorder: async () => this.recorder,
    });
    this.room.dispatch({ type: 'identified', id: 'me' });
    this.room.dispatch({ type: 'joining', name: 'Me' });
    this.showPeople();
  }

  showPeople(): void {
    const participants: ParticipantState[] = [...this.people].map(([id, phase]) =>
      person(id, { peer: peerIn(phase) }),
    );
    this.room.dispatch({ type: 'participants', selfIn: true, participants });
    this.recordings.update();
  }

  setPhase(id: string, phase: Phase): void {
    this.people.set(id, phase);
    if (!this.voices.has(id)) this.setVoice(id);
    this.showPeople();
  }

  setVoice(id: string): void {
    this.voices.set(id, new FakeTrack(id));
    this.recordings.handleVoice(id);
  }

  exit(id: string): void {
    this.people.delete(id);
    this.voices.delete(id);
    this.recordings.handleVoice(id);
    this.recordings.handleExit(id);
    this.showPeople();
  }

  async start(): Promise<void> {
    this.recordings.handleCommand({ type: 'start', tracks: 'mixed' });
    await settle();
  }

  /** The number this person was asked under last. */
  lastAsk(id: string): number {
    const asks = this.sent.filter(([to, { kind }]) => to === id && kind === 'record-ask');
    return asks.at(-1)?.[1].id ?? 0;
  }

  said(id: string): string[] {
    return this.sent.filter(([to]) => to === id).map(([, body]) => JSON.stringify(Object.values(body)));
  }

  /** Those others whose voice is taken now. */
  get taken(): string[] {
    const { latest } = this.recorder;
    return latest.stopped ? [] : [...latest.voices.keys()].filter((id) => id !== 'me').sort();
  }
}

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

type Event =
  | { readonly type: 'phase'; readonly id: string; readonly phase: Phase }
  | { readonly type: 'exit' | 'voice'; readonly id: string }
  | { readonly type: 'answer'; readonly id: string; readonly back: number; readonly agree: boolean }
  | { readonly type: 'start' | 'stop' | 'leave' };

const id = fc.constantFrom('ada', 'bea', 'cyd');
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('phase'), id, phase: fc.constantFrom(...PHASES) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('exit', 'voice'), id }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('answer'),
      id,
      // Of the last ask, or one of before or to come.
      back: fc.constantFrom(0, 0, 0, 1, 2, -1),
      agree: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('start', 'start', 'stop', 'leave') }) },
);

describe('one who records', () => {
  it('takes the voices of those alone who said yes to the last ask, are there and connected', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40, size: 'max' }), async (events) => {
        desk = new Desk();
        /** Who was asked and is there: their word. */
        const words = new Map<string, boolean | null>();
        const barred = new Set<string>();
        let on = false;
        for (const happens of events) {
          switch (happens.type) {
            case 'phase':
              // Who is barred stays so.
              if (barred.has(happens.id)) break;
              desk.setPhase(happens.id, happens.phase);
              if (happens.phase === 'failed') {
                barred.add(happens.id);
                words.delete(happens.id);
              }
              break;
            case 'exit':
              desk.exit(happens.id);
              words.delete(happens.id);
              break;
            case 'voice':
              if (desk.people.has(happens.id)) desk.setVoice(happens.id);
              break;
            case 'answer': {
              const ask = desk.lastAsk(happens.id) - happens.back;
              desk.recordings.handle(happens.id, { kind: 'record-answer', id: ask, agree: happens.agree });
              if (happens.back === 0 && words.has(happens.id)) words.set(happens.id, happens.agree);
              break;
            }
            case 'start':
              await desk.start();
              on = true;
              break;
            default:
              if (happens.type === 'stop') desk.recordings.handleCommand({ type: 'stop' });
              else desk.recordings.leave();
              await settle();
              on = false;
              words.clear();
          }
          if (on)
            for (const [who, phase] of desk.people)
              if (phase === 'connected' && !words.has(who)) words.set(who, null);
          if (desk.recorder.recordings.length === 0) continue;
          const expected = [...words].filter(([who, word]) => word && desk.people.get(who) === 'connected');
          expect(desk.taken).toEqual(expected.map(([who]) => who).sort());
          for (const who of desk.taken)
            expect(desk.recorder.latest.voices.get(who)).toBe(desk.voices.get(who));
        }
        desk.recordings.dispose();
      }),
      stories(150),
    );
  });

  it('asks each once connected, under a number of their own, and tells that it goes on and ends', async () => {
    desk.setPhase('ada', 'connected');
    desk.setPhase('bea', 'connecting');
    await desk.start();
    desk.setPhase('bea', 'connected');
    desk.recordings.handleCommand({ type: 'stop' });
    expect(desk.said('ada')).toEqual([
      '["record-ask",1,"mixed"]',
      '["record-state",1,true]',
      '["record-state",1,false]',
    ]);
    expect(desk.said('bea')).toEqual([
      '["record-ask",2,"mixed"]',
      '["record-state",2,true]',
      '["record-state",2,false]',
    ]);
  });

  it('asks again whom a question did not reach', async () => {
    desk.silent.add('ada');
    desk.setPhase('ada', 'connected');
    await desk.start();
    desk.recordings.handle('ada', { kind: 'record-answer', id: 1, agree: true });
    expect(desk.taken).toEqual([]);
    desk.silent.clear();
    desk.showPeople();
    expect(desk.said('ada')[0]).toBe('["record-ask",2,"mixed"]');
  });

  it('says again what stands once two are connected again, since it may have been lost with the connection', async () => {
    desk.setPhase('ada', 'connected');
    await desk.start();
    desk.recordings.handle('ada', { kind: 'record-answer', id: 1, agree: true });
    desk.setPhase('ada', 'lost');
    desk.sent.length = 0;
    desk.silent.add('ada');
    desk.setPhase('ada', 'connected');
    desk.silent.clear();
    desk.showPeople();
    desk.showPeople();
    expect(desk.said('ada')).toEqual(['["record-ask",1,"mixed"]', '["record-state",1,true]']);
    expect(desk.taken).toEqual(['ada']);
    desk.setPhase('ada', 'lost');
    desk.silent.add('ada');
    desk.recordings.handleCommand({ type: 'stop' });
    await settle();
    desk.silent.clear();
    desk.sent.length = 0;
    desk.setPhase('ada', 'connected');
    expect(desk.said('ada')).toEqual(['["record-state",1,false]']);
  });

  it('asks nobody where the recorder does not start, and says why', async () => {
    desk.setPhase('ada', 'connected');
    desk.recorder.refusal = 'no-space';
    await desk.start();
    expect(desk.room.state.recording?.own).toEqual({ phase: 'failed', why: 'no-space' });
    expect(desk.sent).toEqual([]);
    desk.recordings.handleCommand({ type: 'dismiss' });
    expect(desk.room.state.recording?.own).toEqual({ phase: 'off' });
  });

  it('tells all when it ends by itself, and keeps what there is', async () => {
    desk.setPhase('ada', 'connected');
    await desk.start();
    desk.recorder.latest.fail('no-space');
    await settle();
    expect(desk.said('ada').at(-1)).toBe('["record-state",1,false]');
    expect(desk.room.state.recording).toMatchObject({
      own: { phase: 'failed', why: 'no-space' },
      kept: [{ cutOff: false, saved: 'no' }],
    });
  });

  it('shows time and size each second', async () => {
    await desk.start();
    Object.assign(desk.recorder.latest, { elapsedMs: 1_000, bytes: 4_000 });
    await desk.time.advance(1_000);
    expect(desk.room.state.recording?.own).toMatchObject({ elapsedMs: 1_000, sizeBytes: 4_000 });
    desk.recordings.handleCommand({ type: 'stop' });
    await settle();
    expect(desk.time.pending).toBe(0);
  });
});

const ask = (number: number): RecordBody => ({ kind: 'record-ask', id: number, tracks: 'each' });
const state = (number: number, on: boolean): RecordBody => ({ kind: 'record-state', id: number, on });
const shown = () =>
  desk.room.state.recording?.others.map((other) => [other.id, other.ask, other.on, other.answer]) ?? [];

describe('one who is asked', () => {
  beforeEach(() => {
    desk.setPhase('ada', 'connected');
  });

  it('has agreed to nothing until the person says so', () => {
    desk.recordings.handle('ada', ask(3));
    desk.recordings.handle('ada', state(3, true));
    expect(shown()).toEqual([['ada', 3, true, 'none']]);
    expect(desk.sent).toEqual([]);
  });

  it('answers the last ask, once there is one', () => {
    desk.recordings.handleCommand({ type: 'answer', person: 'ada', agree: true });
    expect(desk.sent).toEqual([]);
    desk.recordings.handle('ada', ask(3));
    desk.recordings.handleCommand({ type: 'answer', person: 'ada', agree: true });
    desk.recordings.handle('ada', ask(4));
    expect(shown()).toEqual([['ada', 4, false, 'none']]);
    desk.recordings.handleCommand({ type: 'answer', person: 'ada', agree: false });
    expect(desk.said('ada')).toEqual(['["record-answer",3,true]', '["record-answer",4,false]']);
  });

  it('passes over an ask of before, and a state of what was not asked', () => {
    for (const body of [state(1, true), ask(2), ask(2), ask(1), state(1, true), state(1, false)])
      desk.recordings.handle('ada', body);
    expect(shown()).toEqual([['ada', 2, false, 'none']]);
    desk.recordings.handle('ada', state(2, false));
    expect(shown()).toEqual([]);
    desk.recordings.handle('ada', ask(2));
    expect(shown()).toEqual([]);
  });

  it('sees it end when the person goes, or is barred', () => {
    for (const end of [() => desk.exit('ada'), () => desk.setPhase('ada', 'failed')]) {
      desk = new Desk();
      desk.setPhase('ada', 'connected');
      desk.recordings.handle('ada', ask(1));
      end();
      expect(shown()).toEqual([]);
    }
  });

  it('takes it back though that is lost with the connection: it is said again with the next one', () => {
    desk.recordings.handle('ada', ask(1));
    desk.recordings.handleCommand({ type: 'answer', person: 'ada', agree: true });
    desk.setPhase('ada', 'lost');
    desk.silent.add('ada');
    desk.recordings.handleCommand({ type: 'answer', person: 'ada', agree: false });
    desk.silent.clear();
    desk.setPhase('ada', 'connected');
    expect(desk.said('ada')).toEqual(['["record-answer",1,true]', '["record-answer",1,false]']);
  });

  it('sees it again, and says again what they said, where who records was gone for this page alone', () => {
    desk.recordings.handle('ada', ask(1));
    desk.recordings.handleCommand({ type: 'answer', person: 'ada', agree: false });
    desk.exit('ada');
    desk.setPhase('ada', 'connected');
    expect(shown()).toEqual([]);
    desk.sent.length = 0;
    desk.recordings.handle('ada', ask(1));
    desk.recordings.handle('ada', state(1, true));
    expect([shown(), desk.said('ada')]).toEqual([
      [['ada', 1, true, 'refused']],
      ['["record-answer",1,false]'],
    ]);
  });

  it('sees it no more that ended while who recorded was gone for this page alone', () => {
    desk.recordings.handle('ada', ask(1));
    desk.exit('ada');
    desk.setPhase('ada', 'connected');
    desk.recordings.handle('ada', state(1, false));
    desk.recordings.handle('ada', ask(1));
    expect(shown()).toEqual([]);
  });

  it('tells the last word of many in the end', async () => {
    desk.recordings.handle('ada', ask(1));
    for (let count = 0; count <= RECORD_ANSWER_RATE.burst; count++)
      desk.recordings.handleCommand({ type: 'answer', person: 'ada', agree: count % 2 === 1 });
    expect(desk.sent).toHaveLength(RECORD_ANSWER_RATE.burst);
    await desk.time.advance(1_000);
    expect(desk.said('ada').at(-1)).toBe('["record-answer",1,false]');
  });
});
