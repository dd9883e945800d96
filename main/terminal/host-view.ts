/** Owns what every view of the terminal host can do, and the view that prints JSON events. */

import type { HostErrorCode, HostSnapshot } from '../common/host-api/snapshot.ts';
import type { Disposable } from '../common/lifecycle.ts';
import { formatEvent, JsonEvents } from './json-events.ts';

/** A stream to write to; columns and rows are there if it is a terminal. */
export interface TerminalOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'error' | 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export type HostEnd =
  | { readonly kind: 'stopped' }
  /** `kept` if there is a room to go on with all the same. */
  | { readonly kind: 'failed'; readonly code: HostErrorCode; readonly kept: boolean };

/** dispose() gives the terminal back as it was. */
export interface TerminalView extends Disposable {
  show(snapshot: HostSnapshot): void;
  /** The answer to a command that was typed. */
  showAnswer(text: string): void;
  /** The last word; gives the terminal back first. */
  end(end: HostEnd): void;
}

export class JsonView implements TerminalView {
  readonly #out: TerminalOutput;
  readonly #events: JsonEvents;

  constructor(out: TerminalOutput, pid: number) {
    this.#out = out;
    this.#events = new JsonEvents(pid);
  }

  show(snapshot: HostSnapshot): void {
    for (const event of this.#events.next(snapshot)) this.#out.write(formatEvent(event));
  }

  showAnswer(): void {}

  end(end: HostEnd): void {
    this.#out.write(
      formatEvent(end.kind === 'stopped' ? { event: 'stopped' } : { event: 'failed', code: end.code }),
    );
  }

  dispose(): void {}
}
