/** Owns what goes from voices into the audio thread: an input for each, on a context whose time is the recording's. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import { attempt, endAll } from '../media/attempt.ts';
import type { AudioElementLike } from '../media/audio-graph.ts';
import { TAP_INPUTS, TAP_NAME, type TapOrder } from './recorder-messages.ts';

export interface VoiceTapsOptions {
  /** `() => new Audio()` */
  readonly createElement: () => AudioElementLike;
  /** `(track) => new MediaStream([track])` */
  readonly createStream: (track: MediaStreamTrack) => MediaStream;
}

interface Tapped {
  readonly track: MediaStreamTrack;
  readonly source: MediaStreamAudioSourceNode;
  /** Chromium feeds no remote voice into a context that is not played by an element as well; this one is never heard. */
  readonly element: AudioElementLike;
}

export class VoiceTaps implements Disposable {
  readonly #context: AudioContext;
  readonly #options: VoiceTapsOptions;
  readonly #node: AudioWorkletNode;
  readonly #tapped = new Map<number, Tapped>();

  /** Its processor is there. */
  constructor(context: AudioContext, options: VoiceTapsOptions) {
    this.#context = context;
    this.#options = options;
    this.#node = new AudioWorkletNode(context, TAP_NAME, {
      numberOfInputs: TAP_INPUTS,
      numberOfOutputs: 1,
      outputChannelCount: [1],
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    // What leads nowhere is not run; nothing comes out of it.
    this.#node.connect(context.destination);
  }

  /** Where the context is now, or was at the beginning of this task. */
  get frame(): number {
    return Math.round(this.#context.currentTime * this.#context.sampleRate);
  }

  sendTo(port: MessagePort): void {
    this.#order({ to: port }, [port]);
  }

  /** The last samples go out at once. */
  end(): void {
    this.#order('end', []);
  }

  /** In place of what this input had, without a gap. */
  connect(input: number, track: MediaStreamTrack): void {
    const former = this.#tapped.get(input);
    if (former?.track === track) return;
    const stream = this.#options.createStream(track);
    const element = this.#options.createElement();
    element.muted = true;
    element.srcObject = stream;
    void attempt(() => element.play());
    const source = this.#context.createMediaStreamSource(stream);
    source.connect(this.#node, 0, input);
    this.#tapped.set(input, { track, source, element });
    if (former !== undefined) end(former);
  }

  disconnect(input: number): void {
    const tapped = this.#tapped.get(input);
    this.#tapped.delete(input);
    if (tapped !== undefined) end(tapped);
  }

  dispose(): void {
    for (const input of [...this.#tapped.keys()]) this.disconnect(input);
    this.#node.disconnect();
  }

  #order(order: TapOrder, transfer: Transferable[]): void {
    this.#node.port.postMessage(order, transfer);
  }
}

function end({ source, element }: Tapped): void {
  endAll(
    () => source.disconnect(),
    () => element.pause(),
    () => {
      element.srcObject = null;
    },
  );
}
