/** Owns the recorder of a page: starts a recording, and finds what an earlier page did not finish. */

import type { TimersLike } from '../../main/common/platform.ts';
import { SCRIPT_STARTS_MS } from '../../main/common/protocol/limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import type {
  FinishedRecording,
  LeftRecording,
  RecorderFailure,
  RecorderPort,
  Recording,
  RecordingMode,
  SavedRecording,
} from '../core/recording/recorder-port.ts';
import { attempt, within } from '../media/attempt.ts';
import { SharedContext } from '../media/shared-context.ts';
import { RecorderLink, type RecorderWorkerLike } from './recorder-link.ts';
import type { FinishedFiles } from './recorder-messages.ts';
import { RunningRecording } from './running-recording.ts';
import { VoiceTaps, type VoiceTapsOptions } from './voice-taps.ts';

/** A context that does not run by then does not run: the browser waits for something to play on that does not come. */
const CONTEXT_STARTS_MS = 3_000;
/** In Firefox there is no channel then, unless there was one before (findings/no-output-stays-away.sh). */
const CHANNELS_COME_MS = 500;
const CONTEXT_CHECK_MS = 20;

export interface RecorderOptions extends VoiceTapsOptions {
  readonly isSupported: () => Promise<boolean>;
  /** Only to be listened to. */
  readonly createContext: () => AudioContext;
  /** Where the audio thread's code is. */
  readonly processorUrl: string;
  /** Has that and the worker's script here; settles with whether they would start from here without the server. */
  readonly keepScripts: () => Promise<boolean>;
  readonly createWorker: () => RecorderWorkerLike;
  /** Whether there may be recordings on the disk, without asking the worker, whose code is large. */
  readonly mayHaveLeft: () => Promise<boolean>;
  /** Gives the file to the person; rejects where that comes to nothing. */
  readonly save: (file: File) => Promise<SavedRecording>;
  readonly wallClock: () => number;
  readonly timers: TimersLike;
}

export class Recorder implements RecorderPort {
  readonly #options: RecorderOptions;
  readonly #link: RecorderLink;
  /** Those whose audio thread has its code. */
  readonly #loaded = new WeakSet<AudioContext>();
  /**
   * Where a browser keeps no scripts: between recordings it rests, for its code may not come a second time. What listened to voices
   * stays with it in Chromium, with its buffers; that is little.
   */
  #standing: SharedContext | null = null;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#link = new RecorderLink(options.createWorker, options.timers);
  }

  isSupported(): Promise<boolean> {
    return this.#options.isSupported();
  }

  async prepare(): Promise<void> {
    if (!(await this.isSupported()) || (await this.#options.keepScripts())) return;
    const { ok: hasStarted } = await this.#link.start();
    this.#standing ??= this.#createShared('suspend');
    const use = this.#standing.use();
    const hasCode = await this.#load(use.context);
    use.dispose();
    if (!hasStarted || !hasCode) throw new Error('the recorder does not start');
  }

  async start(
    mode: RecordingMode,
    onFailed: (failure: RecorderFailure) => void,
  ): Promise<Result<Recording, RecorderFailure>> {
    if (!(await this.isSupported())) return fail('unsupported');
    const { context, dispose } = (this.#standing ?? this.#createShared('close')).use();
    const stopped = (failure: RecorderFailure) => {
      dispose();
      return fail(failure);
    };
    if (!(await this.#load(context))) return stopped('missing');
    if (!(await this.#runs(context))) return stopped('no-output');
    const taps = new VoiceTaps(context, this.#options);
    const { port1: sound, port2: heard } = new MessageChannel();
    taps.sendTo(sound);
    const startFrame = taps.frame;
    const rate = context.sampleRate;
    const terms = { mode, startedAt: this.#options.wallClock(), rate, frame: startFrame };
    const started = await this.#link.ask({ type: 'start', terms, sound: heard }, [heard]);
    const release = () => {
      taps.dispose();
      dispose();
    };
    if (!started.ok) {
      release();
      return started;
    }
    const { folder } = started.value;
    return ok(
      new RunningRecording({
        link: this.#link,
        taps,
        folder,
        startFrame,
        rate,
        onFailed,
        release,
        keep: (files) => this.#keep(files),
      }),
    );
  }

  async leftovers(): Promise<readonly LeftRecording[]> {
    if (!(await this.#options.mayHaveLeft())) return [];
    const left = await this.#link.ask({ type: 'left' });
    return left.ok ? left.value.map((files) => ({ ...this.#keep(files), startedAt: files.startedAt })) : [];
  }

  #keep({ folder, file, chapters }: FinishedFiles): FinishedRecording {
    return {
      file,
      chapters,
      save: async () => {
        const saved = await this.#options.save(file);
        await this.#options.save(chapters);
        // A browser does not tell when a download has ended, so it goes at the next load.
        await this.#link.ask({ type: 'saved', folder });
        return saved;
      },
      discard: async () => {
        await this.#link.ask({ type: 'discard', folder });
      },
    };
  }

  #createShared(rest: 'suspend' | 'close'): SharedContext {
    const { createContext, timers } = this.#options;
    const shared: SharedContext = new SharedContext({
      rest,
      create: createContext,
      // An interruption by the system ends at times only when asked.
      onChange: () => shared.resume(),
      timers,
    });
    return shared;
  }

  /** Settles with whether the audio thread has its code. */
  async #load(context: AudioContext): Promise<boolean> {
    if (this.#loaded.has(context)) return true;
    const { timers, processorUrl } = this.#options;
    const came = await attempt(() =>
      within(timers, SCRIPT_STARTS_MS, context.audioWorklet.addModule(processorUrl)),
    );
    if (came) this.#loaded.add(context);
    return came;
  }

  async #runs(context: AudioContext): Promise<boolean> {
    for (let waitedMs = 0; context.state !== 'running'; waitedMs += CONTEXT_CHECK_MS) {
      const hasChannels = context.destination.maxChannelCount > 0;
      if (waitedMs >= (hasChannels ? CONTEXT_STARTS_MS : CHANNELS_COME_MS)) return false;
      await new Promise<void>((resolve) => this.#options.timers.setTimeout(resolve, CONTEXT_CHECK_MS));
    }
    return true;
  }
}
