/**
 * Owns the hosting's key pair, by which pages know the room's host again, and what the host shares with a page on one
 * socket: the host's proof, the check of the page's, and the proof of what the host says. Its private half is never written.
 */

import { createECDH, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Bytes } from '../common/bytes.ts';
import { PROOF_BYTES } from '../common/protocol/limits.ts';
import type { HelloMessage } from './invites.ts';

/** One socket's. */
export class SocketSecrets {
  /** base64url */
  readonly hostProof: string;
  readonly #pageProof: Buffer;
  readonly #said: Buffer;
  #count = 0;

  constructor(derive: (label: string) => Buffer) {
    this.hostProof = derive('host').toString('base64url');
    this.#pageProof = derive('page');
    this.#said = derive('said');
  }

  /** In constant time. */
  isPageProof(proof: string): boolean {
    const given = Buffer.from(proof, 'base64url');
    return given.length === PROOF_BYTES && timingSafeEqual(given, this.#pageProof);
  }

  /** The text of a message with its proof, as the next the host says on this socket. */
  prove(json: string): string {
    const text = json.slice(0, -1);
    const number = Buffer.alloc(4);
    number.writeUInt32BE(++this.#count);
    const proof = createHmac('sha256', this.#said).update(number).update(text).digest('base64url');
    return `${text},"proof":"${proof}"}`;
  }
}

export class HostKey {
  readonly #curve = createECDH('prime256v1');
  /** Raw P-256 point, base64url. */
  readonly publicKey = this.#curve.generateKeys('base64url');

  /** As `deriveSocketSecrets` on the page; null: the page's key is no point. */
  share(hello: HelloMessage, token: Bytes, hostNonce: string): SocketSecrets | null {
    let shared: Buffer;
    try {
      shared = this.#curve.computeSecret(hello.key, 'base64url');
    } catch {
      return null;
    }
    const transcript = createHash('sha256').update('secret-call/1 socket');
    for (const part of [hello.key, hello.fp, hello.nonce, this.publicKey, hostNonce])
      transcript.update(part, 'base64url');
    const salt = transcript.update(hello.address).digest();
    const material = Buffer.concat([shared, token]);
    return new SocketSecrets((label) =>
      Buffer.from(hkdfSync('sha256', material, salt, `secret-call/1 ${label}`, PROOF_BYTES)),
    );
  }
}
