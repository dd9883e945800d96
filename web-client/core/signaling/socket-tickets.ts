/** Owns the tickets by which the host has this page's sockets wait apart from strangers'. They admit nobody. */

import { type Bytes, fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import { createTicket } from '../../../main/common/e2ee/admission.ts';
import type { CryptoLike } from '../../../main/common/platform.ts';

export class SocketTickets {
  readonly #crypto: CryptoLike;
  #linked: string | null = null;
  #returning: string | null = null;

  constructor(crypto: CryptoLike) {
    this.#crypto = crypto;
  }

  /** @param token T of the link */
  async setToken(token: Bytes): Promise<void> {
    this.#linked = await this.#make(token);
  }

  /** @param resume what lets the page back, base64url */
  async setResume(resume: string): Promise<void> {
    this.#returning = await this.#make(fromBase64Url(resume) ?? new Uint8Array(0));
  }

  /** The query of a socket's address; where others lead the page it tells no more than that the page has the link. */
  queryAt(isOwn: boolean): string {
    // Both, for the host may have forgotten the place.
    const tickets = [isOwn ? this.#returning : null, this.#linked].filter((ticket) => ticket !== null);
    return tickets.length === 0 ? '' : `?ticket=${tickets.join('.')}`;
  }

  async #make(secret: Bytes): Promise<string> {
    return toBase64Url(await createTicket(this.#crypto, secret));
  }
}
