/** Owns the keyboard of the terminal host: whole lines, and Ctrl-C while the terminal is in our hands. */

import { createInterface } from 'node:readline';
import type { Disposable } from '../common/lifecycle.ts';

export interface LineInputSetup {
  readonly input: NodeJS.ReadableStream;
  /** Where the line being typed is shown; null leaves that to the terminal itself. */
  readonly output: NodeJS.WritableStream | null;
  readonly onLine: (line: string) => void;
  readonly onInterrupt: () => void;
}

export class LineInput implements Disposable {
  readonly #reader: ReturnType<typeof createInterface>;
  readonly #shown: boolean;
  #closed = false;

  constructor({ input, output, onLine, onInterrupt }: LineInputSetup) {
    this.#shown = output !== null;
    this.#reader = createInterface({
      input,
      ...(output && { output }),
      terminal: this.#shown,
      prompt: '> ',
      historySize: 0,
    });
    this.#reader.on('line', onLine);
    this.#reader.on('SIGINT', onInterrupt);
    // The end of the input (Ctrl-D, a closed terminal) ends typing, not the host.
    this.#reader.on('close', () => {
      this.#closed = true;
    });
    input.on('error', () => {});
  }

  /** Shows the line being typed again, below what has just been drawn. */
  showLine(): void {
    if (this.#shown && !this.#closed) this.#reader.prompt(true);
  }

  dispose(): void {
    this.#reader.close();
  }
}
