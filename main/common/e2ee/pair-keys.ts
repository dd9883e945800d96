/** Owns what two people share: one key a direction and the secret their verification code comes from. */

import { asciiBytes, type Bytes, compareBytes, concatBytes } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike } from '../platform.ts';
import { deriveBoxKey, deriveLabelled, importKeyingMaterial, sha256 } from './hkdf.ts';
import { importPublicKey, type PublicIdentity } from './identity.ts';

/** `lo` has the lower id, compared as unsigned bytes. */
export type PairRole = 'lo' | 'hi';

export interface PairKeys {
  readonly role: PairRole;
  /** Hash of both identities, 32 bytes; all keys and the code depend on it. */
  readonly transcript: Bytes;
  /** Seals boxes to the other. */
  readonly sealing: CryptoKeyLike;
  /** Opens boxes from the other. */
  readonly opening: CryptoKeyLike;
  /** The pair's secret; further bytes can be derived from it, itself it cannot be read. */
  readonly secret: CryptoKeyLike;
}

/** One's own side of every pair. */
export interface OwnSide {
  readonly identity: PublicIdentity;
  readonly privateKey: CryptoKeyLike;
  /** PSK = HKDF(room secret, empty, "secret-call/1 psk", 32). */
  readonly presharedKey: Bytes;
}

/** A direction's label each. */
const LO_HI = 'secret-call/1 lo-hi';
const HI_LO = 'secret-call/1 hi-lo';

/** HKDF(room secret, empty, "secret-call/1 psk", 32). */
export async function derivePresharedKey(crypto: CryptoLike, roomSecret: Bytes): Promise<Bytes> {
  const material = await importKeyingMaterial(crypto, roomSecret);
  return deriveLabelled(crypto, material, new Uint8Array(0), 'secret-call/1 psk', 32);
}

/**
 * th = SHA-256("secret-call/1 pair" ‖ id_lo ‖ id_hi ‖ key_lo ‖ key_hi ‖ fp_lo ‖ fp_hi), pairSecret = ECDH ‖ PSK,
 * K = HKDF(pairSecret, th, "secret-call/1 lo-hi" or "… hi-lo", 32).
 * @throws Error when the other's key is no point; `acceptRosterEntry` lets none such through
 */
export async function derivePairKeys(
  crypto: CryptoLike,
  own: OwnSide,
  other: PublicIdentity,
): Promise<PairKeys> {
  const publicKey = await importPublicKey(crypto, other.key);
  if (publicKey === null) throw new Error('public key refused');
  const role = compareBytes(own.identity.id, other.id) < 0 ? 'lo' : 'hi';
  const [lo, hi] = role === 'lo' ? [own.identity, other] : [other, own.identity];
  const [transcript, shared] = await Promise.all([
    sha256(crypto, concatBytes(asciiBytes('secret-call/1 pair'), lo.id, hi.id, lo.key, hi.key, lo.fp, hi.fp)),
    crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, own.privateKey, 256),
  ]);
  const secret = await importKeyingMaterial(crypto, concatBytes(new Uint8Array(shared), own.presharedKey));
  const [outward, inward] = role === 'lo' ? [LO_HI, HI_LO] : [HI_LO, LO_HI];
  const [sealing, opening] = await Promise.all([
    deriveBoxKey(crypto, secret, transcript, outward, ['encrypt']),
    deriveBoxKey(crypto, secret, transcript, inward, ['decrypt']),
  ]);
  return { role, transcript, sealing, opening, secret };
}
