/** Owns the run that ends in the verification code: commit, nonce, reveal. Bodies in, bodies out; it sends nothing itself. */

import { asciiBytes, type Bytes, concatBytes, fromBase64Url, toBase64Url } from '../bytes.ts';
import type { CryptoLike } from '../platform.ts';
import type { SasBody } from '../protocol/bodies.ts';
import { NONCE_BYTES } from '../protocol/limits.ts';
import { deriveLabelled, sha256 } from './hkdf.ts';
import type { PairSecret } from './pair-keys.ts';

/** Emoji in a code, and the bits that choose each. */
export const CODE_LENGTH = 7;
const CODE_BYTES = 6;
const BITS_PER_EMOJI = 6;

export type SasState =
  | { readonly phase: 'running' }
  /** `code`: seven indices into the table of emoji, 0 to 63. Both sides compute the same unless somebody stands between. */
  | { readonly phase: 'done'; readonly code: readonly number[] }
  | { readonly phase: 'failed' };

const RUNNING: SasState = { phase: 'running' };

type Step = SasBody['step'];

/** There is one run a pair state: its nonce is drawn once, and a failed one stays failed. */
export class SasRun {
  readonly #crypto: CryptoLike;
  readonly #keys: PairSecret;
  readonly #nonce: Bytes;
  /** null on hi's side, which shows none. */
  readonly #commit: Bytes | null;
  readonly #received = new Map<Step, string>();
  #started = false;
  #state: SasState = RUNNING;

  private constructor(crypto: CryptoLike, keys: PairSecret, nonce: Bytes, commit: Bytes | null) {
    this.#crypto = crypto;
    this.#keys = keys;
    this.#nonce = nonce;
    this.#commit = commit;
  }

  static async create(crypto: CryptoLike, keys: PairSecret): Promise<SasRun> {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const commit = keys.role === 'lo' ? await commitTo(crypto, keys.transcript, nonce) : null;
    return new SasRun(crypto, keys, nonce, commit);
  }

  get state(): SasState {
    return this.#state;
  }

  /** Bodies to send first: lo's commitment. A second call gives none. */
  start(): readonly SasBody[] {
    if (this.#started) return [];
    this.#started = true;
    return this.#commit === null ? [] : [{ step: 1, commit: toBase64Url(this.#commit) }];
  }

  /** Takes a step of the other side, in the stream's order, and gives the bodies to answer with. */
  async handle(body: SasBody): Promise<readonly SasBody[]> {
    if (this.#state.phase === 'failed') return [];
    const value = body.step === 1 ? body.commit : body.nonce;
    const before = this.#received.get(body.step);
    if (before === value) return [];
    const bytes = fromBase64Url(value);
    if (before !== undefined || bytes === null || body.step !== this.#awaited()) return this.#fail();
    this.#received.set(body.step, value);
    return this.#take(body.step, bytes);
  }

  /** The only step that may come next. */
  #awaited(): Step | null {
    if (this.#keys.role === 'lo') return this.#started && !this.#received.has(2) ? 2 : null;
    if (!this.#received.has(1)) return 1;
    return this.#received.has(3) ? null : 3;
  }

  async #take(step: Step, bytes: Bytes): Promise<readonly SasBody[]> {
    if (step === 1) return [{ step: 2, nonce: toBase64Url(this.#nonce) }];
    if (step === 2) {
      await this.#finish(this.#nonce, bytes);
      return this.#state.phase === 'done' ? [{ step: 3, nonce: toBase64Url(this.#nonce) }] : [];
    }
    const commit = await commitTo(this.#crypto, this.#keys.transcript, bytes);
    if (toBase64Url(commit) !== this.#received.get(1)) return this.#fail();
    await this.#finish(bytes, this.#nonce);
    return [];
  }

  /** code = HKDF(pairSecret, SHA-256("secret-call/1 code" ‖ th ‖ n_lo ‖ n_hi), "secret-call/1 code", 6). */
  async #finish(nonceLo: Bytes, nonceHi: Bytes): Promise<void> {
    const { transcript, secret } = this.#keys;
    const label = 'secret-call/1 code';
    const salt = await sha256(this.#crypto, concatBytes(asciiBytes(label), transcript, nonceLo, nonceHi));
    const code = emojiIndices(await deriveLabelled(this.#crypto, secret, salt, label, CODE_BYTES));
    if (this.#state.phase === 'running') this.#state = { phase: 'done', code };
  }

  #fail(): readonly SasBody[] {
    this.#state = { phase: 'failed' };
    return [];
  }
}

/** SHA-256("secret-call/1 commit" ‖ th ‖ n_lo). */
function commitTo(crypto: CryptoLike, transcript: Bytes, nonce: Bytes): Promise<Bytes> {
  return sha256(crypto, concatBytes(asciiBytes('secret-call/1 commit'), transcript, nonce));
}

/** Index k is bits 6k to 6k+5, highest bit first; the last six of the 48 bits are unused. */
function emojiIndices(code: Bytes): readonly number[] {
  const bits = Array.from(code, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: CODE_LENGTH }, (_, index) =>
    Number.parseInt(bits.slice(index * BITS_PER_EMOJI, (index + 1) * BITS_PER_EMOJI), 2),
  );
}
