/** Owns recordings in a call: asks everybody before their voice is in the own one, and answers for oneself to those of others. */

import { type Disposable, DisposableStore } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { RECORD_ANSWER_RATE } from '../../../main/common/protocol/peer-limits.ts';
import type { RecordAnswerBody, RecordBody } from '../../../main/common/protocol/record-bodies.ts';
import { assertNever } from '../../../main/common/result.ts';
import { LatestThrottle } from '../../../main/common/timing/latest-throttle.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import type { OwnRecordingState, RecordCommand } from '../state/recording-state.ts';
import type { ParticipantState } from '../state/room-state.ts';
import type { RoomStore } from '../state/room-store.ts';
import { Consents } from './consents.ts';
import { KeptRecordings } from './kept-recordings.ts';
import { OthersRecordings } from './others-recordings.ts';
import { OwnRecording } from './own-recording.ts';
import type { RecorderPort } from './recorder-port.ts';

/** How often time and size are shown anew. */
const SHOWN_EVERY_MS = 1_000;

export interface RecordingsOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly room: RoomStore;
  /** Of the others, by id, as they come. */
  readonly voices: ReadonlyMap<string, AudioTrackLike>;
  /** The open microphone, muted or not. */
  readonly ownVoice: () => AudioTrackLike | null;
  /** To one person; whether it was taken. */
  readonly send: (to: string, body: RecordBody) => boolean;
  readonly loadRecorder: () => Promise<RecorderPort>;
}

export class Recordings implements Disposable {
  readonly #options: RecordingsOptions;
  readonly #store = new DisposableStore();
  readonly #own: OwnRecording;
  readonly #consents = new Consents();
  readonly #others = new OthersRecordings();
  readonly #kept: KeptRecordings;
  readonly #answers = new Map<string, LatestThrottle<RecordAnswerBody>>();
  readonly #showing: Timeout;
  /** To whom it was told last that a recording has ended, by the number of their ask. */
  readonly #ended = new Map<string, number>();
  /** To whom all that stands was said since they are connected: what was on its way before may be lost. */
  readonly #upToDate = new Set<string>();
  #startedAtMs = 0;

  constructor(options: RecordingsOptions) {
    this.#options = options;
    this.#showing = this.#store.add(new Timeout(options.timers));
    this.#kept = new KeptRecordings(() => this.#show());
    this.#own = this.#store.add(
      new OwnRecording(options.loadRecorder, {
        onPhase: () => this.#handlePhase(),
        onFinished: (finished) => this.#kept.add(finished, this.#startedAtMs),
      }),
    );
  }

  /** Looks for what an earlier page left behind. */
  async findLeft(): Promise<void> {
    const recorder = await this.#options.loadRecorder();
    for (const left of await recorder.leftovers()) if (!this.#store.disposed) this.#kept.addLeft(left);
  }

  handle(from: string, body: RecordBody): void {
    switch (body.kind) {
      case 'record-ask':
        if (!this.#others.handleAsk(from, body)) return;
        this.#sayAnswerAgain(from);
        this.#show();
        return;
      case 'record-state':
        if (this.#others.handleState(from, body)) this.#show();
        return;
      case 'record-answer':
        if (!this.#consents.answer(from, body.id, body.agree)) return;
        this.#setVoiceOf(from);
        this.#show();
        return;
      default:
        assertNever(body);
    }
  }

  /** The person is gone: what they agreed to, and what they were asked, is over. */
  handleExit(id: string): void {
    this.#own.removeVoice(id);
    this.#upToDate.delete(id);
    this.#ended.delete(id);
    const wasAsked = this.#consents.drop(id);
    this.#answers.get(id)?.dispose();
    this.#answers.delete(id);
    if (this.#others.drop(id) || wasAsked) this.#show();
  }

  /** Another track, or none any more. */
  handleVoice(id: string): void {
    this.#setVoiceOf(id);
  }

  handleOwnVoice(): void {
    const { self } = this.#options.room.state;
    this.#own.setVoice({ id: self.id, name: self.name }, this.#options.ownVoice());
  }

  /** The participants, or how they are connected, changed. */
  update(): void {
    const people = this.#options.room.state.participants;
    const there = new Set(people.filter(isThere).map(({ id }) => id));
    for (const { id } of [...this.#consents.people, ...this.#others.all])
      if (!there.has(id)) this.handleExit(id);
    for (const { id, peer } of people) {
      if (peer.phase !== 'connected') this.#upToDate.delete(id);
      else if (!this.#upToDate.has(id) && this.#sayAgain(id)) this.#upToDate.add(id);
    }
    if (this.#own.phase.name !== 'recording') return;
    let anyAsked = false;
    for (const { id, peer } of people) {
      if (peer.phase === 'connected' && this.#consents.askOf(id) === null)
        anyAsked = this.#ask(id) || anyAsked;
      this.#setVoiceOf(id);
    }
    if (anyAsked) this.#show();
  }

  /** One goes out. */
  leave(): void {
    this.#own.stop();
  }

  handleCommand(command: RecordCommand): void {
    switch (command.type) {
      case 'choose':
        if (this.#options.room.state.call === 'joined') void this.#own.choose();
        return;
      case 'start':
        if (this.#options.room.state.call === 'joined') void this.#own.start(command.tracks);
        return;
      case 'stop':
        this.#own.stop();
        return;
      case 'dismiss':
        this.#own.dismiss();
        return;
      case 'answer':
        this.#answer(command.person, command.agree);
        return;
      case 'save':
        void this.#kept.save(command.key);
        return;
      case 'show':
        this.#kept.show(command.key);
        return;
      case 'discard':
        this.#kept.discard(command.key);
        return;
      default:
        assertNever(command);
    }
  }

  dispose(): void {
    this.#store.dispose();
    for (const throttle of this.#answers.values()) throttle.dispose();
  }

  #handlePhase(): void {
    if (this.#own.phase.name === 'recording') {
      this.#startedAtMs = this.#options.wallClock();
      this.handleOwnVoice();
      this.update();
    } else {
      for (const { id } of this.#consents.people) {
        this.#ended.set(id, this.#consents.askOf(id) ?? 0);
        this.#tellState(id, false);
      }
      this.#consents.clear();
    }
    this.#show();
  }

  /** Whether the question is on its way: what was not taken is asked again with the next change. */
  #ask(id: string): boolean {
    const { phase } = this.#own;
    if (phase.name !== 'recording') return false;
    const ask = this.#consents.ask(id);
    if (!this.#options.send(id, { kind: 'record-ask', id: ask, tracks: phase.tracks })) {
      this.#consents.drop(id);
      return false;
    }
    this.#ended.delete(id);
    this.#tellState(id, true);
    return true;
  }

  #tellState(id: string, on: boolean): boolean {
    const ask = this.#consents.askOf(id) ?? this.#ended.get(id);
    return ask === undefined || this.#options.send(id, { kind: 'record-state', id: ask, on });
  }

  /** What was asked, whether that goes on, and what was answered: each changes nothing where it is known. Whether all was taken. */
  #sayAgain(id: string): boolean {
    const { phase } = this.#own;
    const ask = phase.name === 'recording' ? this.#consents.askOf(id) : null;
    if (phase.name === 'recording' && ask !== null) {
      const { tracks } = phase;
      if (!this.#options.send(id, { kind: 'record-ask', id: ask, tracks })) return false;
    }
    return this.#tellState(id, ask !== null) && this.#sayAnswerAgain(id);
  }

  #sayAnswerAgain(id: string): boolean {
    const body = this.#others.answerTo(id);
    return body === null || this.#options.send(id, body);
  }

  /** In it is who has agreed, for as long as they are connected. */
  #setVoiceOf(id: string): void {
    const person = this.#options.room.state.participants.find((other) => other.id === id);
    const isIn = person?.peer.phase === 'connected' && this.#consents.hasAgreed(id);
    const track = isIn ? this.#options.voices.get(id) : undefined;
    if (person === undefined || track === undefined) this.#own.removeVoice(id);
    else this.#own.setVoice({ id, name: person.name ?? person.shortId }, track);
  }

  #answer(person: string, agree: boolean): void {
    const body = this.#others.answer(person, agree);
    if (body === null) return;
    const { send } = this.#options;
    const throttle =
      this.#answers.get(person) ??
      new LatestThrottle<RecordAnswerBody>({
        ...this.#options,
        limit: RECORD_ANSWER_RATE,
        tell: (answer) => send(person, answer),
      });
    this.#answers.set(person, throttle);
    throttle.push(body);
    this.#show();
  }

  #show(): void {
    if (this.#store.disposed) return;
    if (this.#own.phase.name === 'recording') this.#showing.set(() => this.#show(), SHOWN_EVERY_MS);
    else this.#showing.clear();
    const recording = { own: this.#ownState(), others: this.#others.all, kept: this.#kept.states };
    this.#options.room.dispatch({ type: 'recording', recording });
  }

  #ownState(): OwnRecordingState {
    const { phase } = this.#own;
    if (phase.name === 'failed') return { phase: 'failed', why: phase.why };
    if (phase.name !== 'recording') return { phase: phase.name };
    const { elapsedMs, bytes: sizeBytes } = phase.recording;
    return { phase: 'recording', tracks: phase.tracks, elapsedMs, sizeBytes, asked: this.#consents.people };
  }
}

/** One who is barred is not spoken with. */
function isThere({ peer }: ParticipantState): boolean {
  return peer.phase !== 'failed';
}
