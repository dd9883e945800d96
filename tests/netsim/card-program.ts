/** Owns a program that is the cards of two namespaces: built with the system's C compiler, and spoken to in lines. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { promisify } from 'node:util';
import header from './card.h?raw';

/** Where a card is to be. */
export interface CardPlace {
  readonly namespace: string;
  readonly card: string;
}

/** Builds a program out of its source in this directory, and returns its path. */
export async function buildCardProgram(
  name: string,
  source: string,
  directory: string,
  libraries: readonly string[] = [],
): Promise<string> {
  const [sourcePath, program] = [join(directory, `${name}.c`), join(directory, name)];
  await writeFile(join(directory, 'card.h'), header);
  await writeFile(sourcePath, source);
  await promisify(execFile)('cc', ['-O2', '-o', program, sourcePath, ...libraries]);
  return program;
}

export class CardProgram {
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  private constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout === null) throw new Error('a card’s program says nothing');
    this.#lines = createInterface({ input: child.stdout });
  }

  /** Both cards are there when it resolves, without an address and down. */
  static async start(
    program: string,
    a: CardPlace,
    b: CardPlace,
    ...further: readonly string[]
  ): Promise<CardProgram> {
    const child = spawn(program, [a.namespace, a.card, b.namespace, b.card, ...further], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const started = new CardProgram(child);
    await started.#nextLine();
    return started;
  }

  /** Resolves with what it answers. */
  async tell(line: string): Promise<string> {
    const answered = this.#nextLine();
    this.#child.stdin?.write(`${line}\n`);
    return answered;
  }

  /** The cards go with it. */
  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin?.end();
    await ended;
  }

  #nextLine(): Promise<string> {
    return new Promise((resolve, reject) => {
      const onClose = () => reject(new Error('a card’s program has ended'));
      this.#lines.once('close', onClose);
      this.#lines.once('line', (line) => {
        this.#lines.off('close', onClose);
        resolve(line);
      });
    });
  }
}
