/**
 * Owns the page key, the certificate's fingerprint and one state for each id met. Links, sockets and rosters come and go
 * without touching it, and an id never gets a second state, so a forged "left, joined" cannot start counters again.
 */

import { type Bytes, equalBytes, toBase64Url } from '../bytes.ts';
import { fail, type Result } from '../result.ts';
import { computeId, type PublicIdentity } from './identity.ts';
import { derivePresharedKey, type OwnSide } from './pair-keys.ts';
import { PairState, type PairTools } from './pair-state.ts';
import { PairStates, type StateRefusal } from './pair-states.ts';
import { RoomNames } from './room-names.ts';
import { SocketOpening } from './socket-opening.ts';

/** `barred`: its state has failed. */
export type PairRefusal = 'own-id' | 'barred' | StateRefusal;

export class Keyring {
  readonly #tools: PairTools;
  readonly #own: OwnSide;
  readonly #names: RoomNames;
  readonly #states: PairStates;
  #nameSeq = 0;

  private constructor(tools: PairTools, own: OwnSide, names: RoomNames) {
    this.#tools = tools;
    this.#own = own;
    this.#names = names;
    this.#states = new PairStates(tools.clock);
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

  /** Ids (base64url) in the roster told last, or linked all the same. */
  setPresent(ids: Iterable<string>): void {
    this.#states.setPresent(ids);
  }

  /** Whether the id (base64url) had a state that made room for another's. */
  isRetired(id: string): boolean {
    return this.#states.isRetired(id);
  }

  /**
   * The state of a person, the same object as long as it is kept.
   * @param other as `acceptRosterEntry` gave it
   */
  async pair(other: PublicIdentity): Promise<Result<PairState, PairRefusal>> {
    if (equalBytes(other.id, this.identity.id)) return fail('own-id');
    const state = await this.#states.get(toBase64Url(other.id), () =>
      PairState.create(this.#tools, this.#own, other, () => this.#states.takeRun()),
    );
    return state.ok && state.value.failure !== null ? fail('barred') : state;
  }
}
