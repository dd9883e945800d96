/** Owns a bad line between a machine and the switch: `lossy-link.c`, built once a run, and told what the line does to frames. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { promisify } from 'node:util';
import source from './lossy-link.c?raw';

/** What happens to each frame, either way. */
export interface LineShape {
  readonly delayMs: number;
  /** So much earlier or later, each frame by itself. */
  readonly jitterMs: number;
  readonly lossPercent: number;
  /** For so long all are lost, on average; 0: each is lost or not by itself. */
  readonly burstMs: number;
}

export const CLEAR_LINE: LineShape = { delayMs: 0, jitterMs: 0, lossPercent: 0, burstMs: 0 };

/** Builds the program with the system's C compiler and returns its path. */
export async function buildLossyLink(directory: string): Promise<string> {
  const [sourcePath, program] = [join(directory, 'lossy-link.c'), join(directory, 'lossy-link')];
  await writeFile(sourcePath, source);
  await promisify(execFile)('cc', ['-O2', '-pthread', '-o', program, sourcePath, '-lm']);
  return program;
}

/** Where a card is to be. */
export interface CardPlace {
  readonly namespace: string;
  readonly card: string;
}

export class LossyLink {
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  private constructor(child: ChildProcess, lines: Interface) {
    this.#child = child;
    this.#lines = lines;
  }

  /** Both cards are there when it resolves, without an address and down. */
  static async lay(program: string, a: CardPlace, b: CardPlace): Promise<LossyLink> {
    const child = spawn(program, [a.namespace, a.card, b.namespace, b.card], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const link = new LossyLink(child, lines);
    await link.#nextLine();
    return link;
  }

  /** From now on; frames that are on their way come as they were to. */
  async shape({ delayMs, jitterMs, lossPercent, burstMs }: LineShape): Promise<void> {
    const answered = this.#nextLine();
    this.#child.stdin?.write(`${delayMs} ${jitterMs} ${lossPercent} ${burstMs}\n`);
    await answered;
  }

  /** The cards go with it. */
  async remove(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin?.end();
    await ended;
  }

  #nextLine(): Promise<string> {
    return new Promise((resolve, reject) => {
      const onClose = () => reject(new Error('the lossy link has ended'));
      this.#lines.once('close', onClose);
      this.#lines.once('line', (line) => {
        this.#lines.off('close', onClose);
        resolve(line);
      });
    });
  }
}
