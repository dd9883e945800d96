/** Owns the page's one worker that repeats the own voice, and ties senders to it while they have sent nothing yet. */

import type { TimersLike } from '../../main/common/platform.ts';
import type { SenderLike } from '../core/browser-api.ts';
import type { RepeatedSender, RepeaterPort } from '../core/peer/voice-repeats.ts';

/** The part of Worker that is used; it says one word, when it is ready. */
export interface RepeatingWorkerLike {
  addEventListener(type: 'message' | 'error', listener: () => void): void;
}

/** The part of MessagePort that is used. */
export interface OrderPortLike {
  /** How many earlier packets are repeated from now on, or that the sender has come to its end. */
  postMessage(order: number | 'end'): void;
}

/** So long a call waits for it: it is small, and lies with the code of the call. */
export const REPEATER_WAIT_MS = 500;

export interface VoiceRepeaterOptions<Worker extends RepeatingWorkerLike, Port extends OrderPortLike> {
  /** May throw: then nothing is repeated. */
  readonly createWorker: () => Worker;
  readonly createChannel: () => { readonly port1: OrderPortLike; readonly port2: Port };
  /** `(worker, orders) => new RTCRtpScriptTransform(worker, { orders }, [orders])` */
  readonly createTransform: (worker: Worker, orders: Port) => object;
}

export class VoiceRepeater<Worker extends RepeatingWorkerLike, Port extends OrderPortLike>
  implements RepeaterPort
{
  readonly #options: VoiceRepeaterOptions<Worker, Port>;
  /** Resolves once it is ready, or known never to be. */
  readonly #settled: Promise<void>;
  /** Once it is ready. */
  #worker: Worker | null = null;

  constructor(options: VoiceRepeaterOptions<Worker, Port>) {
    this.#options = options;
    this.#settled = new Promise((resolve) => {
      try {
        this.#start(resolve);
      } catch {
        // It never gets ready.
        resolve();
      }
    });
  }

  /** Resolves once nothing more is to be waited for. */
  settle(timers: TimersLike): Promise<void> {
    return new Promise((resolve) => {
      void this.#settled.then(resolve);
      timers.setTimeout(resolve, REPEATER_WAIT_MS);
    });
  }

  #start(onSettled: () => void): void {
    const worker = this.#options.createWorker();
    worker.addEventListener('message', () => {
      this.#worker = worker;
      onSettled();
    });
    worker.addEventListener('error', onSettled);
  }

  /** null before the worker is ready: in Chromium what a sender was given stays, and it would be silent if that never came. */
  attach(sender: SenderLike): RepeatedSender | null {
    if (this.#worker === null) return null;
    const { port1: orders, port2: taken } = this.#options.createChannel();
    sender.transform = this.#options.createTransform(this.#worker, taken);
    return {
      setRepeats: (repeats) => orders.postMessage(repeats),
      // Who is at the other end closes it.
      dispose: () => orders.postMessage('end'),
    };
  }
}
