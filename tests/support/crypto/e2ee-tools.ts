/** Owns the platform of the end-to-end encryption under test: Node's WebCrypto, strict text, and crypto whose secrets are chosen. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { BoxTools } from '../../../main/common/e2ee/box.ts';
import type { PublicIdentity } from '../../../main/common/e2ee/identity.ts';
import type { OwnSide } from '../../../main/common/e2ee/keyring.ts';
import {
  agreeOnSecret,
  type BoxKeys,
  deriveBoxKeys,
  type PairSecret,
} from '../../../main/common/e2ee/pair-keys.ts';
import type {
  CryptoKeyLike,
  CryptoKeyPairLike,
  CryptoLike,
  TextCoderLike,
} from '../../../main/common/platform.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const textCoder: TextCoderLike = {
  encode: (text) => encoder.encode(text),
  decode: (bytes) => decoder.decode(bytes),
};

/** Stated as the interface: Node's implementation fits it as it is. */
export const nodeCrypto: CryptoLike = globalThis.crypto;

export const boxTools: BoxTools = { crypto: nodeCrypto, text: textCoder };

export function hexBytes(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function randomBytes(length: number): Bytes {
  return nodeCrypto.getRandomValues(new Uint8Array(length));
}

/** A private key of the known answers, as an ECDH pair. */
export async function importKeyPair(jwk: JsonWebKey, publicKey: Bytes): Promise<CryptoKeyPairLike> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  return {
    privateKey: await crypto.subtle.importKey('jwk', jwk, curve, false, ['deriveBits']),
    publicKey: await crypto.subtle.importKey('raw', publicKey, curve, true, []),
  };
}

/** A key of a box's direction from its bytes. */
export function importBoxKey(key: Bytes, uses: ('encrypt' | 'decrypt')[]): Promise<CryptoKeyLike> {
  return nodeCrypto.subtle.importKey('raw', key, { name: 'AES-GCM' }, false, uses);
}

/** All that a pair's state is made of. */
export async function derivePairKeys(
  own: Omit<OwnSide, 'versions'>,
  other: PublicIdentity,
): Promise<PairSecret & BoxKeys> {
  const secret = await agreeOnSecret(nodeCrypto, own, other);
  return { ...secret, ...(await deriveBoxKeys(nodeCrypto, secret)) };
}

/** Node's crypto, but the next key pair and the next random values are the given ones. */
export function scriptedCrypto(script: {
  keyPair?: CryptoKeyPairLike;
  random?: readonly Bytes[];
}): CryptoLike {
  const { keyPair } = script;
  const random = [...(script.random ?? [])];
  const { subtle } = nodeCrypto;
  return {
    subtle: {
      digest: (...call) => subtle.digest(...call),
      generateKey: (...call) => (keyPair ? Promise.resolve(keyPair) : subtle.generateKey(...call)),
      importKey: (...call) => subtle.importKey(...call),
      exportKey: (...call) => subtle.exportKey(...call),
      deriveBits: (...call) => subtle.deriveBits(...call),
      deriveKey: (...call) => subtle.deriveKey(...call),
      sign: (...call) => subtle.sign(...call),
      encrypt: (...call) => subtle.encrypt(...call),
      decrypt: (...call) => subtle.decrypt(...call),
    },
    getRandomValues(target) {
      const next = random.shift();
      if (next === undefined) return nodeCrypto.getRandomValues(target);
      target.set(next);
      return target;
    },
  };
}
