/**
 * Owns the page's side of a socket's opening: what it says first, whether the other end is the room's host, and whether
 * what comes later is the host's word. `main/server/host-key.ts` is the other side, from the same formulas.
 */

import { asciiBytes, type Bytes, concatBytes, equalBytes, fromBase64Url, toBase64Url } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike } from '../platform.ts';
import { NONCE_BYTES, PROOF_BYTES, PROTOCOL_VERSION } from '../protocol/limits.ts';
import type { ClientMessage, ServerMessage } from '../protocol/messages.ts';
import { createProof, type SocketClaim } from './admission.ts';
import type { BoxTools } from './box.ts';
import { importPublicKey, type PublicIdentity } from './identity.ts';
import { deriveLabelled, importKeyingMaterial, sha256 } from './key-derivation.ts';

export type PageHello = Extract<ClientMessage, { readonly type: 'hello' }>;
export type Challenge = Extract<ServerMessage, { readonly type: 'challenge' }>;

/** The page's own keys. */
export interface PageSide {
  readonly identity: PublicIdentity;
  readonly privateKey: CryptoKeyLike;
}

/** The host's part of an opening. */
export interface HostClaim {
  /** The hosting's raw P-256 key. */
  readonly hostKey: Bytes;
  /** 32 random bytes of the server, new for each socket. */
  readonly hostNonce: Bytes;
}

/** What page and host share on one socket, and nobody else. */
export interface SocketSecrets {
  readonly hostProof: Bytes;
  readonly pageProof: Bytes;
  /** Key of the HMAC over what the host says. */
  readonly said: Bytes;
}

/**
 * th = SHA-256("secret-call/1 socket" ‖ key ‖ fp ‖ nonce ‖ host key ‖ host nonce ‖ address), secret = ECDH ‖ T, and each
 * of the three HKDF(secret, th, "secret-call/1 host", "… page" or "… said", 32). null: the host's key is no point.
 */
export async function deriveSocketSecrets(
  crypto: CryptoLike,
  privateKey: CryptoKeyLike,
  token: Bytes,
  { key, fp, nonce, address }: SocketClaim,
  { hostKey, hostNonce }: HostClaim,
): Promise<SocketSecrets | null> {
  const publicKey = await importPublicKey(crypto, hostKey);
  if (publicKey === null) return null;
  const label = asciiBytes('secret-call/1 socket');
  const [transcript, shared] = await Promise.all([
    sha256(crypto, concatBytes(label, key, fp, nonce, hostKey, hostNonce, asciiBytes(address))),
    crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256),
  ]);
  const material = await importKeyingMaterial(crypto, concatBytes(new Uint8Array(shared), token));
  const derive = (name: string) =>
    deriveLabelled(crypto, material, transcript, `secret-call/1 ${name}`, PROOF_BYTES);
  const [hostProof, pageProof, said] = await Promise.all([derive('host'), derive('page'), derive('said')]);
  return { hostProof, pageProof, said };
}

/** A proof stands last in a message and covers the text before it. */
const PROVEN_FRAME = /^(.*),"proof":"([\w-]{43})"\}$/s;

/** What is signed of the host's message with this number, counted from 1 on each socket. */
export function saidBytes(text: Bytes, number: number): Bytes {
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, number);
  return concatBytes(count, text);
}

/** The other end of a socket, once it has proven to be the room's host. */
export interface ProvenHost {
  /** base64url; the same for a whole hosting. */
  readonly key: string;
  /** The page's own proof, base64url: it has the link and the private half of its key. */
  readonly answer: string;
  /** Whether the host said this, as the next of what it has to prove. To be asked of one frame at a time, in order. */
  said(frame: string): Promise<boolean>;
}

class MetHost implements ProvenHost {
  readonly key: string;
  readonly answer: string;
  readonly #tools: BoxTools;
  readonly #said: CryptoKeyLike;
  #count = 0;

  constructor(tools: BoxTools, key: string, answer: string, said: CryptoKeyLike) {
    this.#tools = tools;
    this.key = key;
    this.answer = answer;
    this.#said = said;
  }

  async said(frame: string): Promise<boolean> {
    const [, text, proof] = PROVEN_FRAME.exec(frame) ?? [];
    if (text === undefined || proof === undefined) return false;
    const { crypto, text: coder } = this.#tools;
    const signed = saidBytes(coder.encode(text), this.#count + 1);
    const expected = new Uint8Array(await crypto.subtle.sign('HMAC', this.#said, signed));
    if (toBase64Url(expected) !== proof) return false;
    this.#count++;
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
    const { key, fp, nonce, address } = claim;
    const [keyText, fpText, nonceText] = [toBase64Url(key), toBase64Url(fp), toBase64Url(nonce)];
    this.hello = {
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      ...{ key: keyText, fp: fpText, nonce: nonceText, address },
      proof: toBase64Url(proof),
    };
  }

  static async begin(tools: BoxTools, own: PageSide, token: Bytes, address: string): Promise<SocketOpening> {
    const { crypto } = tools;
    const { key, fp } = own.identity;
    const claim = { key, fp, nonce: crypto.getRandomValues(new Uint8Array(NONCE_BYTES)), address };
    return new SocketOpening(tools, own, token, claim, await createProof(crypto, token, claim));
  }

  /** null: whoever sent this does not have the link, or has another key, nonce or address than was said. */
  async meet({ key, nonce, proof }: Challenge): Promise<ProvenHost | null> {
    const { crypto } = this.#tools;
    const [hostKey, hostNonce, hostProof] = [key, nonce, proof].map(fromBase64Url);
    if (!hostKey || !hostNonce || !hostProof) return null;
    const host = { hostKey, hostNonce };
    const secrets = await deriveSocketSecrets(crypto, this.#own.privateKey, this.#token, this.#claim, host);
    if (secrets === null || !equalBytes(secrets.hostProof, hostProof)) return null;
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const said = await crypto.subtle.importKey('raw', secrets.said, hmac, false, ['sign']);
    return new MetHost(this.#tools, key, toBase64Url(secrets.pageProof), said);
  }
}
