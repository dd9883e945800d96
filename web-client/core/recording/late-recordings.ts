/** Owns recordings while their code is still to come: what is asked meanwhile, and the voices there are. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import { CODE_COMES_MS, TAKEN_IN_AFTER_MS } from '../../../main/common/protocol/limits.ts';
import type { RecordBody } from '../../../main/common/protocol/record-bodies.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import type { OwnRecordingState, RecordCommand } from '../state/recording-state.ts';
import type { Recordings, RecordingsOptions } from './recordings.ts';

const AGAIN_MS = 3_000;

type RecordingsCode = Pick<typeof import('./recordings.ts'), 'Recordings'>;

export class LateRecordings implements Disposable {
  readonly #options: RecordingsOptions;
  readonly #loadCode: () => Promise<RecordingsCode>;
  readonly #voices = new Map<string, AudioTrackLike>();
  readonly #due: Timeout;
  /** Of whoever pressed Record. */
  readonly #patience: Timeout;
  #recordings: Recordings | null = null;
  #loading = false;
  #wasIn = false;
  #disposed = false;
  /** Of each person the question that stands, and what it came to. An answer can be to nothing yet. */
  readonly #asks = new Map<string, readonly RecordBody[]>();
  #commands: readonly RecordCommand[] = [];

  constructor(
    options: Omit<RecordingsOptions, 'voices'>,
    loadCode: () => Promise<RecordingsCode> = () => import('./recordings.ts'),
  ) {
    this.#loadCode = loadCode;
    this.#options = { ...options, voices: this.#voices };
    this.#due = new Timeout(options.timers);
    this.#patience = new Timeout(options.timers);
    this.#due.set(() => this.#load(), TAKEN_IN_AFTER_MS);
  }

  handle(from: string, body: RecordBody): void {
    if (this.#recordings !== null) {
      this.#recordings.handle(from, body);
      return;
    }
    const [ask] = this.#asks.get(from) ?? [];
    if (body.kind === 'record-ask') this.#asks.set(from, [body]);
    else if (body.kind === 'record-state' && ask !== undefined) this.#asks.set(from, [ask, body]);
    this.#load();
  }

  handleExit(id: string): void {
    this.#asks.delete(id);
    this.#recordings?.handleExit(id);
  }

  setVoice(id: string, track: AudioTrackLike | null): void {
    if (track === null) this.#voices.delete(id);
    else this.#voices.set(id, track);
    this.#recordings?.handleVoice(id);
  }

  handleOwnVoice(): void {
    this.#recordings?.handleOwnVoice();
  }

  /** The participants, or how they are connected, changed. */
  update(): void {
    const isIn = this.#options.room.state.call === 'joined';
    // Who comes in now is connected first.
    if (isIn && !this.#wasIn && this.#due.pending) this.#due.set(() => this.#load(), TAKEN_IN_AFTER_MS);
    this.#wasIn = isIn;
    this.#recordings?.update();
  }

  leave(): void {
    this.#forget({ phase: 'off' });
    this.#recordings?.leave();
  }

  handleCommand(command: RecordCommand): void {
    if (this.#recordings !== null) {
      this.#recordings.handleCommand(command);
      return;
    }
    if (command.type === 'dismiss' || command.type === 'stop') {
      this.#forget({ phase: 'off' });
      return;
    }
    this.#commands = [...this.#commands, command];
    this.#show({ phase: 'checking' });
    this.#patience.set(() => this.#forget({ phase: 'failed', why: 'missing' }), CODE_COMES_MS);
    this.#load();
  }

  dispose(): void {
    this.#disposed = true;
    this.#due.clear();
    this.#patience.clear();
    this.#recordings?.dispose();
  }

  /** What was asked is done no more, even if the code comes. */
  #forget(own: OwnRecordingState): void {
    this.#patience.clear();
    this.#commands = [];
    this.#show(own);
  }

  /** Where nothing was asked yet, there is nothing to be shown. */
  #show(own: OwnRecordingState): void {
    const { room } = this.#options;
    const isOff = own.phase === 'off' && room.state.recording === null;
    if (this.#recordings === null && !isOff)
      room.dispatch({ type: 'recording', recording: { own, others: [], kept: [] } });
  }

  #load(): void {
    if (this.#disposed || this.#loading || this.#recordings !== null) return;
    this.#loading = true;
    this.#due.clear();
    this.#loadCode().then(
      ({ Recordings }) => this.#open(new Recordings(this.#options)),
      () => {
        this.#loading = false;
        if (!this.#disposed) this.#due.set(() => this.#load(), AGAIN_MS);
      },
    );
  }

  #open(recordings: Recordings): void {
    if (this.#disposed) return;
    const commands = this.#commands;
    this.#forget({ phase: 'off' });
    this.#recordings = recordings;
    for (const [from, bodies] of this.#asks) for (const body of bodies) recordings.handle(from, body);
    this.#asks.clear();
    for (const command of commands) recordings.handleCommand(command);
    // Where the recorder's code does not come, or nothing may be kept, nothing is left that could be shown.
    recordings.findLeft().catch(() => {});
  }
}
