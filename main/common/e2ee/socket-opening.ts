/**
 * Owns the page's side of the handshake on a socket: its hello, whether the other end is the room's host, and from then on
 * whether what comes is the host's, and the proofs of the page's own words. `main/server/host-key.ts` is the other side, from the same formulas.
 */

import { asciiBytes, type Bytes, concatBytes, equalBytes, fromBase64Url, toBase64Url } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike } from '../platform.ts';
import { NONCE_BYTES, PROOF_BYTES } from '../protocol/limits.ts';
import type { ClientMessage, ServerMessage } from '../protocol/messages.ts';
import { encodeVersions, highestCommonVersion } from '../protocol/versions.ts';
import { createProof, type SocketClaim } from './admission.ts';
import type { BoxTools } from './box.ts';
import { deriveLabelled, importKeyingMaterial, sha256 } from './hkdf.ts';
import { importPublicKey, type PublicIdentity } from './identity.ts';

export type PageHello = Extract<ClientMessage, { readonly type: 'hello' }>;
export type Challenge = Extract<ServerMessage, { readonly type: 'challenge' }>;

/** The page's own keys. */
export interface PageSide {
  readonly identity: PublicIdentity;
  readonly privateKey: CryptoKeyLike;
  /** Those the page speaks. */
  readonly versions: readonly number[];
}

/** The host's part of an opening. */
export interface HostClaim {
  /** The hosting's raw P-256 key. */
  readonly hostKey: Bytes;
  /** 32 random bytes of the server, new for each socket. */
  readonly hostNonce: Bytes;
  readonly hostVersions: readonly number[];
  /** What is spoken on this socket. */
  readonly version: number;
}

/** What page and host share on one socket, and nobody else. */
export interface SocketSecrets {
  readonly hostProof: Bytes;
  /** Key of the HMAC over what the host says. */
  readonly said: Bytes;
  /** Key of the HMAC over what the page says. */
  readonly told: Bytes;
}

/**
 * Of version n: th = SHA-256("secret-call/n socket" ‖ key ‖ fp ‖ nonce ‖ host key ‖ host nonce ‖ the page's versions ‖ the
 * host's ‖ address), secret = ECDH ‖ T, and each of the three HKDF(secret, th, "secret-call/n host", "… said" or "… told", 32).
 * null: the host's key is no point.
 */
export async function deriveSocketSecrets(
  crypto: CryptoLike,
  privateKey: CryptoKeyLike,
  token: Bytes,
  { versions, key, fp, nonce, address }: SocketClaim,
  { hostKey, hostNonce, hostVersions, version }: HostClaim,
): Promise<SocketSecrets | null> {
  const publicKey = await importPublicKey(crypto, hostKey);
  if (publicKey === null) return null;
  const label = asciiBytes(`secret-call/${version} socket`);
  const lists = [versions, hostVersions].map(encodeVersions);
  const [transcript, shared] = await Promise.all([
    sha256(crypto, concatBytes(label, key, fp, nonce, hostKey, hostNonce, ...lists, asciiBytes(address))),
    crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256),
  ]);
  const material = await importKeyingMaterial(crypto, concatBytes(new Uint8Array(shared), token));
  const derive = (name: string) =>
    deriveLabelled(crypto, material, transcript, `secret-call/${version} ${name}`, PROOF_BYTES);
  const [hostProof, said, told] = await Promise.all([derive('host'), derive('said'), derive('told')]);
  return { hostProof, said, told };
}

/** The number of `bye`, which stands outside the order: nothing comes after it. */
export const BYE_NUMBER = 0;

/** A proof stands last in a message and covers the text before it. */
const PROVEN_FRAME = /^(.*),"proof":"([\w-]{43})"\}$/s;

/** The bytes that are signed of a side's message with this number, counted from 1 on each socket. */
export function signedBytes(text: Bytes, number: number): Bytes {
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, number);
  return concatBytes(count, text);
}

/** The other end of a socket, once it has proven to be the room's host. */
export interface ProvenHost {
  /** base64url; the same for a whole hosting. */
  readonly key: string;
  /** Whether the host sent this, as the next of what it has to prove. For one frame at a time, in order. */
  verify(frame: string): Promise<boolean>;
  /** The text of a message with its proof, as the next the page sends; the first shows that the page has the link and its key. For one at a time, in order. */
  prove(json: string): Promise<string>;
  /** The page's last word. Made ahead, since a page that is closed has no time to make it. */
  readonly bye: string;
}

class VerifiedHost implements ProvenHost {
  readonly key: string;
  bye = '';
  readonly #tools: BoxTools;
  readonly #receiveKey: CryptoKeyLike;
  readonly #sendKey: CryptoKeyLike;
  #receivedCount = 0;
  #sentCount = 0;

  private constructor(tools: BoxTools, key: string, said: CryptoKeyLike, told: CryptoKeyLike) {
    this.#tools = tools;
    this.key = key;
    this.#receiveKey = said;
    this.#sendKey = told;
  }

  static async create(tools: BoxTools, key: string, { said, told }: SocketSecrets): Promise<VerifiedHost> {
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const toKey = (bytes: Bytes) => tools.crypto.subtle.importKey('raw', bytes, hmac, false, ['sign']);
    const met = new VerifiedHost(tools, key, await toKey(said), await toKey(told));
    met.bye = await met.#withProof('{"type":"bye"', BYE_NUMBER);
    return met;
  }

  prove(json: string): Promise<string> {
    return this.#withProof(json.slice(0, -1), ++this.#sentCount);
  }

  async #withProof(text: string, number: number): Promise<string> {
    return `${text},"proof":"${await this.#sign(this.#sendKey, text, number)}"}`;
  }

  async #sign(key: CryptoKeyLike, text: string, number: number): Promise<string> {
    const { crypto, text: coder } = this.#tools;
    const signed = signedBytes(coder.encode(text), number);
    return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)));
  }

  async verify(frame: string): Promise<boolean> {
    const [, text, proof] = PROVEN_FRAME.exec(frame) ?? [];
    if (text === undefined || proof === undefined) return false;
    if ((await this.#sign(this.#receiveKey, text, this.#receivedCount + 1)) !== proof) return false;
    this.#receivedCount++;
    return true;
  }
}

export class SocketOpening {
  /** The page's first frame. */
  readonly hello: PageHello;
  readonly #tools: BoxTools;
  readonly #own: PageSide;
  readonly #token: Bytes;
  readonly #claim: SocketClaim;

  private constructor(tools: BoxTools, own: PageSide, token: Bytes, claim: SocketClaim, proof: Bytes) {
    this.#tools = tools;
    this.#own = own;
    this.#token = token;
    this.#claim = claim;
    const { versions, key, fp, nonce, address } = claim;
    const [keyText, fpText, nonceText] = [toBase64Url(key), toBase64Url(fp), toBase64Url(nonce)];
    this.hello = {
      type: 'hello',
      versions,
      ...{ key: keyText, fp: fpText, nonce: nonceText, address },
      proof: toBase64Url(proof),
    };
  }

  static async begin(tools: BoxTools, own: PageSide, token: Bytes, address: string): Promise<SocketOpening> {
    const { crypto } = tools;
    const { versions, identity } = own;
    const { key, fp } = identity;
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const claim = { versions, key, fp, nonce, address };
    return new SocketOpening(tools, own, token, claim, await createProof(crypto, token, claim));
  }

  /**
   * null: whoever sent this does not have the link, has another key, nonce, address or list of versions than in the hello, or
   * took a lower version than both speak.
   */
  async verifyHost({ key, nonce, proof, versions, version }: Challenge): Promise<ProvenHost | null> {
    if (version !== highestCommonVersion(this.#claim.versions, versions)) return null;
    const { crypto } = this.#tools;
    const [hostKey, hostNonce, hostProof] = [key, nonce, proof].map(fromBase64Url);
    if (!hostKey || !hostNonce || !hostProof) return null;
    const host = { hostKey, hostNonce, hostVersions: versions, version };
    const secrets = await deriveSocketSecrets(crypto, this.#own.privateKey, this.#token, this.#claim, host);
    if (secrets === null || !equalBytes(secrets.hostProof, hostProof)) return null;
    return VerifiedHost.create(this.#tools, key, secrets);
  }
}
