/** Owns the page key and the certificate's fingerprint, and what they do before there is anybody to share a key with. */

import type { Bytes } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike } from '../platform.ts';
import { PROTOCOL_VERSIONS } from '../protocol/limits.ts';
import type { BoxTools } from './box.ts';
import { deriveLabelled, importKeyingMaterial } from './hkdf.ts';
import { computeId, type PublicIdentity } from './identity.ts';
import { RoomNames } from './room-names.ts';
import { SocketOpening } from './socket-opening.ts';

/** One's own side of every pair. */
export interface OwnSide {
  readonly identity: PublicIdentity;
  readonly privateKey: CryptoKeyLike;
  /** PSK = HKDF(room secret, empty, "secret-call/1 psk", 32). */
  readonly presharedKey: Bytes;
  /** Those the page speaks. */
  readonly versions: readonly number[];
}

/** HKDF(room secret, empty, "secret-call/1 psk", 32). */
export async function derivePresharedKey(crypto: CryptoLike, roomSecret: Bytes): Promise<Bytes> {
  const material = await importKeyingMaterial(crypto, roomSecret);
  return deriveLabelled(crypto, material, new Uint8Array(0), 'secret-call/1 psk', 32);
}

/** Sockets and rosters come and go without touching it. */
export class Keyring {
  /** For the one `PairStates` that goes with it. */
  readonly own: OwnSide;
  readonly #tools: BoxTools;
  readonly #names: RoomNames;
  #nameSeq = 0;

  private constructor(tools: BoxTools, own: OwnSide, names: RoomNames) {
    this.#tools = tools;
    this.own = own;
    this.#names = names;
  }

  /**
   * Makes the page's key pair; the private key cannot be exported.
   * @param secret the room's 32 bytes
   * @param fp SHA-256 of the page's one DTLS certificate, 32 bytes
   */
  static async create(
    tools: BoxTools,
    secret: Bytes,
    fp: Bytes,
    versions = PROTOCOL_VERSIONS,
  ): Promise<Keyring> {
    const { subtle } = tools.crypto;
    const [pair, presharedKey, names] = await Promise.all([
      subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']),
      derivePresharedKey(tools.crypto, secret),
      RoomNames.create(tools, secret),
    ]);
    const key = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
    const identity = { id: await computeId(tools.crypto, key, fp), key, fp };
    return new Keyring(tools, { identity, privateKey: pair.privateKey, presharedKey, versions }, names);
  }

  get identity(): PublicIdentity {
    return this.own.identity;
  }

  /** What to say first on a socket to this origin, and who is at its other end. */
  openSocket(token: Bytes, address: string): Promise<SocketOpening> {
    return SocketOpening.begin(this.#tools, this.own, token, address);
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
}
