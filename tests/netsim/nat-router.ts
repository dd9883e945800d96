/** Owns a home router between a machine and the internet: `nat-router.c`, which is one of these kinds. */

import { buildCardProgram, type CardPlace, CardProgram } from './card-program.ts';
import source from './nat-router.c?raw';

export type NatKind = 'cone' | 'address' | 'port' | 'symmetric' | 'tcp' | 'https';

interface NatTerms {
  readonly title: string;
  /** Mapping, filtering, what is let out: as `nat-router.c` reads them. */
  readonly words: readonly [string, string, string];
}

/** What they are called, and are in RFC 4787's words. */
export const NAT_KINDS: Readonly<Record<NatKind, NatTerms>> = {
  cone: { title: 'full cone', words: ['endpoint', 'endpoint', 'all'] },
  address: { title: 'restricted cone', words: ['endpoint', 'address', 'all'] },
  port: { title: 'port-restricted cone', words: ['endpoint', 'port', 'all'] },
  symmetric: { title: 'symmetric', words: ['port', 'port', 'all'] },
  tcp: { title: 'UDP blocked', words: ['endpoint', 'port', 'tcp'] },
  https: { title: 'only TCP 443 open', words: ['endpoint', 'port', 'https'] },
};

export class NatRouter {
  readonly #program: CardProgram;

  private constructor(program: CardProgram) {
    this.#program = program;
  }

  /** Both cards are there when it resolves, without an address and down. */
  static async place(
    directory: string,
    kind: NatKind,
    home: CardPlace,
    outside: CardPlace,
    publicAddress: string,
  ): Promise<NatRouter> {
    const program = await buildCardProgram('nat-router', source, directory);
    return new NatRouter(
      await CardProgram.start(program, home, outside, publicAddress, ...NAT_KINDS[kind].words),
    );
  }

  /** The cards go with it. */
  remove(): Promise<void> {
    return this.#program.end();
  }
}
