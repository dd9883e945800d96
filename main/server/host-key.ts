/**
 * Owns the hosting's key pair, by which pages know the room's host again, and what the host shares with a page on one
 * socket: the host's proof, and the proofs of what the two say. Its private half leaves it only to be kept with the room.
 */

import {
  createECDH,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import type { Bytes } from '../common/bytes.ts';
import { BYE_NUMBER, type Challenge } from '../common/e2ee/socket-opening.ts';
import { PRIVATE_KEY_BYTES, PROOF_BYTES } from '../common/protocol/limits.ts';
import { encodeVersions } from '../common/protocol/versions.ts';
import type { AdmissionClaim } from './token-store.ts';

/** One socket's. */
export class HostSocketSecrets {
  /** base64url */
  readonly hostProof: string;
  readonly #sendKey: KeyObject;
  readonly #receiveKey: KeyObject;
  #sentCount = 0;
  #receivedCount = 0;

  constructor(derive: (label: string) => Buffer) {
    this.hostProof = derive('host').toString('base64url');
    this.#sendKey = createSecretKey(derive('said'));
    this.#receiveKey = createSecretKey(derive('told'));
  }

  /** The text of a message with its proof, as the next the host says on this socket. */
  prove(json: string): string {
    const text = json.slice(0, -1);
    return `${text},"proof":"${sign(this.#sendKey, ++this.#sentCount, text).toString('base64url')}"}`;
  }

  /** The message in a frame of the page without its proof; null: not the page's, or not the next it says. */
  verify(frame: Buffer): string | null {
    const end = frame.length - PROOF_TAIL_BYTES;
    if (end < 0) return null;
    const text = frame.toString('utf8', 0, end);
    const number = text === BYE_TEXT ? BYE_NUMBER : this.#receivedCount + 1;
    const expected = sign(this.#receiveKey, number, frame.subarray(0, end));
    const given = Buffer.from(
      frame.toString('latin1', end + PROOF_HEAD.length, frame.length - 2),
      'base64url',
    );
    if (given.length !== PROOF_BYTES || !timingSafeEqual(given, expected)) return null;
    if (number !== BYE_NUMBER) this.#receivedCount = number;
    return `${text}}`;
  }
}

const PROOF_HEAD = ',"proof":"';
/** With the 43 characters of the proof, and the end of the string and the message. */
const PROOF_TAIL_BYTES = PROOF_HEAD.length + Math.ceil((PROOF_BYTES * 4) / 3) + 2;
const BYE_TEXT = '{"type":"bye"';

function sign(key: KeyObject, number: number, text: string | Buffer): Buffer {
  const count = Buffer.allocUnsafe(4);
  count.writeUInt32BE(number);
  return createHmac('sha256', key).update(count).update(text).digest();
}

export class HostKey {
  readonly #curve = createECDH('prime256v1');
  /** Raw P-256 point, base64url. */
  readonly publicKey: string;

  /** @param kept the private half of a room that goes on; throws where it is none */
  constructor(kept: Bytes | null = null) {
    if (kept === null) this.#curve.generateKeys();
    else this.#curve.setPrivateKey(kept);
    this.publicKey = this.#curve.getPublicKey('base64url');
  }

  get privateKey(): Bytes {
    const bytes = this.#curve.getPrivateKey();
    const padded = new Uint8Array(PRIVATE_KEY_BYTES);
    padded.set(bytes, PRIVATE_KEY_BYTES - bytes.length);
    return padded;
  }

  /** As `deriveSocketSecrets` on the page; null: the page's key is no point. */
  share(
    hello: AdmissionClaim,
    token: Bytes,
    { nonce, versions, version }: Pick<Challenge, 'nonce' | 'versions' | 'version'>,
  ): HostSocketSecrets | null {
    let shared: Buffer;
    try {
      shared = this.#curve.computeSecret(hello.key, 'base64url');
    } catch {
      return null;
    }
    const transcript = createHash('sha256').update(`secret-call/${version} socket`);
    for (const part of [hello.key, hello.fp, hello.nonce, this.publicKey, nonce])
      transcript.update(part, 'base64url');
    for (const list of [hello.versions, versions]) transcript.update(encodeVersions(list));
    const salt = transcript.update(hello.address).digest();
    const material = Buffer.concat([shared, token]);
    return new HostSocketSecrets((label) =>
      Buffer.from(hkdfSync('sha256', material, salt, `secret-call/${version} ${label}`, PROOF_BYTES)),
    );
  }
}
