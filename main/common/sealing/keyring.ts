/**
 * Owns the page key, the certificate's fingerprint and one state for each id ever met. It is never cleared, in whole or
 * part: links, sockets and rosters come and go without touching it, so a forged "left, joined" cannot start counters again.
 */

import { type Bytes, equalBytes, toBase64Url } from '../bytes.ts';
import { PAIR_STATES_MAX } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { computeId, type PublicIdentity } from './identity.ts';
import { derivePresharedKey, type OwnSide } from './pair-keys.ts';
import { PairState, type PairTools } from './pair-state.ts';
import { RoomNames } from './room-name.ts';
import { SocketOpening } from './socket-opening.ts';

/** `too-many`: no new state for a further id. `barred`: its state has failed. */
export type PairRefusal = 'own-id' | 'too-many' | 'barred';

export class Keyring {
  readonly #tools: PairTools;
  readonly #own: OwnSide;
  readonly #names: RoomNames;
  readonly #pairs = new Map<string, Promise<PairState>>();
  #nameSeq = 0;

  private constructor(tools: PairTools, own: OwnSide, names: RoomNames) {
    this.#tools = tools;
    this.#own = own;
    this.#names = names;
  }

  /**
   * Makes the page's key pair; the private key cannot be exported.
   * @param secret the room's 32 bytes
   * @param fp SHA-256 of the page's one DTLS certificate, 32 bytes
   */
  static async create(tools: PairTools, secret: Bytes, fp: Bytes): Promise<Keyring> {
    const { subtle } = tools.crypto;
    const [pair, presharedKey, names] = await Promise.all([
      subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']),
      derivePresharedKey(tools.crypto, secret),
      RoomNames.create(tools, secret),
    ]);
    const key = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
    const identity = { id: await computeId(tools.crypto, key, fp), key, fp };
    return new Keyring(tools, { identity, privateKey: pair.privateKey, presharedKey }, names);
  }

  get identity(): PublicIdentity {
    return this.#own.identity;
  }

  /** What to say first on a socket to this origin, and who is at its other end. */
  openSocket(token: Bytes, address: string): Promise<SocketOpening> {
    return SocketOpening.begin(this.#tools, this.#own, token, address);
  }

  /** The own name for the roster; each call counts as a rename. @throws RangeError for a name that `fitName` would cut */
  sealName(name: string): Promise<Bytes> {
    this.#nameSeq++;
    return this.#names.seal(this.identity.id, this.#nameSeq, name);
  }

  /** The name that holds for an id after this roster box, null if none is known. */
  openName(id: Bytes, box: Bytes): Promise<string | null> {
    return this.#names.open(id, box);
  }

  /**
   * The state of a person, the same object for ever.
   * @param other as `acceptRosterEntry` gave it
   */
  async pair(other: PublicIdentity): Promise<Result<PairState, PairRefusal>> {
    if (equalBytes(other.id, this.identity.id)) return fail('own-id');
    const id = toBase64Url(other.id);
    const known = this.#pairs.get(id);
    if (known === undefined && this.#pairs.size >= PAIR_STATES_MAX) return fail('too-many');
    const making = known ?? PairState.create(this.#tools, this.#own, other);
    this.#pairs.set(id, making);
    const state = await making;
    return state.failure === null ? ok(state) : fail('barred');
  }
}
