/** Owns a bad line between a machine and the switch: `lossy-link.c`, told what the line does to frames. */

import { buildCardProgram, type CardPlace, CardProgram } from './card-program.ts';
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

export function buildLossyLink(directory: string): Promise<string> {
  return buildCardProgram('lossy-link', source, directory, ['-pthread', '-lm']);
}

export class LossyLink {
  readonly #program: CardProgram;

  private constructor(program: CardProgram) {
    this.#program = program;
  }

  /** Both cards are there when it resolves, without an address and down. */
  static async lay(program: string, a: CardPlace, b: CardPlace): Promise<LossyLink> {
    return new LossyLink(await CardProgram.start(program, a, b));
  }

  /** From now on; frames that are on their way come as they were to. */
  async shape({ delayMs, jitterMs, lossPercent, burstMs }: LineShape): Promise<void> {
    await this.#program.tell(`${delayMs} ${jitterMs} ${lossPercent} ${burstMs}`);
  }

  /** The cards go with it. */
  remove(): Promise<void> {
    return this.#program.end();
  }
}
