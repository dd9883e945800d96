/** Owns the own place in the room: the name it is wanted under, and what the server was told of that. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { Signaling } from './signaling.ts';

export class Place {
  readonly #signaling: Pick<Signaling, 'want' | 'send'>;
  readonly #keyring: () => Pick<Keyring, 'sealName'> | undefined;
  #name: string | null = null;
  /** The name the server was told last. */
  #sentName: string | null = null;

  /** @param keyring undefined until the page has its keys */
  constructor(
    signaling: Pick<Signaling, 'want' | 'send'>,
    keyring: () => Pick<Keyring, 'sealName'> | undefined,
  ) {
    this.#signaling = signaling;
    this.#keyring = keyring;
  }

  /** The name one is in with or wants to come in with; null while out. */
  get name(): string | null {
    return this.#name;
  }

  take(name: string): void {
    this.#name = name;
    this.#send();
  }

  /** It is wanted no more, or was refused; the server is not told. */
  giveUp(): void {
    this.#name = null;
  }

  /** @param selfIn whether the server has oneself in the roster */
  handleHello(selfIn: boolean): void {
    if (this.#name !== null) {
      if (!selfIn || this.#sentName !== this.#name) this.#send();
    } else if (selfIn) {
      this.#signaling.send({ type: 'leave' });
    }
  }

  #send(): void {
    const name = this.#name;
    if (name === null || !this.#signaling.want()) return;
    this.#sentName = name;
    void this.#keyring()
      ?.sealName(name)
      .then((box) => {
        if (this.#name === name) this.#signaling.send({ type: 'name', name: toBase64Url(box) });
      });
  }
}
