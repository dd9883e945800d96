/** Owns what two people share: one key a direction and the secret their verification code comes from. */

import { asciiBytes, type Bytes, compareBytes, concatBytes } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike } from '../platform.ts';
import { deriveBoxKey, importKeyingMaterial, sha256 } from './hkdf.ts';
import { importPublicKey, type PublicIdentity } from './identity.ts';
import type { OwnSide } from './keyring.ts';

/** `lo` has the lower id, compared as unsigned bytes. */
export type PairRole = 'lo' | 'hi';

export interface PairSecret {
  readonly role: PairRole;
  /** Hash of both identities, 32 bytes; all keys and the code depend on it. */
  readonly transcript: Bytes;
  /** Further bytes can be derived from it, itself it cannot be read. */
  readonly secret: CryptoKeyLike;
}

/** For boxes, or for frames of files: of these each purpose has its own. */
export interface BoxKeys {
  /** Seals to the other. */
  readonly sealing: CryptoKeyLike;
  /** Opens what comes from the other. */
  readonly opening: CryptoKeyLike;
}

/** Labels of a direction each. */
const LABELS = {
  box: { loHi: 'secret-call/1 lo-hi', hiLo: 'secret-call/1 hi-lo' },
  file: { loHi: 'secret-call/1 file lo-hi', hiLo: 'secret-call/1 file hi-lo' },
} as const;

/**
 * th = SHA-256("secret-call/1 pair" ‖ id_lo ‖ id_hi ‖ key_lo ‖ key_hi ‖ fp_lo ‖ fp_hi), pairSecret = ECDH ‖ PSK. Whatever
 * need not wait for another step is asked of WebCrypto with it: each way to its threads is long while a page is busy.
 * @throws Error when the other's key is no point; `acceptRosterEntry` lets none such through
 */
export async function agreeOnSecret(
  crypto: CryptoLike,
  own: Omit<OwnSide, 'versions'>,
  other: PublicIdentity,
): Promise<PairSecret> {
  const role = compareBytes(own.identity.id, other.id) < 0 ? 'lo' : 'hi';
  const [lo, hi] = role === 'lo' ? [own.identity, other] : [other, own.identity];
  const [publicKey, transcript] = await Promise.all([
    importPublicKey(crypto, other.key),
    sha256(crypto, concatBytes(asciiBytes('secret-call/1 pair'), lo.id, hi.id, lo.key, hi.key, lo.fp, hi.fp)),
  ]);
  if (publicKey === null) throw new Error('public key refused');
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, own.privateKey, 256);
  const secret = await importKeyingMaterial(crypto, concatBytes(new Uint8Array(shared), own.presharedKey));
  return { role, transcript, secret };
}

/** K = HKDF(pairSecret, th, "secret-call/1 lo-hi" or "… hi-lo", 32); for frames of files "secret-call/1 file lo-hi" or "… hi-lo". */
export async function deriveBoxKeys(
  crypto: CryptoLike,
  { role, transcript, secret }: PairSecret,
  purpose: keyof typeof LABELS = 'box',
): Promise<BoxKeys> {
  const { loHi, hiLo } = LABELS[purpose];
  const [outward, inward] = role === 'lo' ? [loHi, hiLo] : [hiLo, loHi];
  const [sealing, opening] = await Promise.all([
    deriveBoxKey(crypto, secret, transcript, outward, ['encrypt']),
    deriveBoxKey(crypto, secret, transcript, inward, ['decrypt']),
  ]);
  return { sealing, opening };
}
