/**
 * Owns the shapes of what the bottom layer is given from outside: WebCrypto, text coding, addresses, clock and timers.
 * Stated structurally, so that a browser, Node and a test can each hand in their own.
 */

import type { Bytes } from './bytes.ts';

/** An imported key; only the CryptoLike that made it can use it. */
export interface CryptoKeyLike {
  readonly type: string;
  readonly extractable: boolean;
}

export interface CryptoKeyPairLike {
  readonly privateKey: CryptoKeyLike;
  readonly publicKey: CryptoKeyLike;
}

type KeyUse = 'deriveBits' | 'deriveKey' | 'encrypt' | 'decrypt' | 'sign' | 'verify';

/** The part of SubtleCrypto that the protocol uses (W3C Web Cryptography API). */
export interface SubtleLike {
  digest(algorithm: 'SHA-256', data: Bytes): Promise<ArrayBuffer>;
  generateKey(
    algorithm: { readonly name: 'ECDH'; readonly namedCurve: 'P-256' },
    extractable: boolean,
    uses: KeyUse[],
  ): Promise<CryptoKeyPairLike>;
  importKey(
    format: 'raw',
    key: Bytes,
    algorithm: { readonly name: string; readonly namedCurve?: string; readonly hash?: string },
    extractable: boolean,
    uses: KeyUse[],
  ): Promise<CryptoKeyLike>;
  exportKey(format: 'raw', key: CryptoKeyLike): Promise<ArrayBuffer>;
  deriveBits(
    algorithm: { readonly name: 'ECDH'; readonly public: CryptoKeyLike } | HkdfLike,
    key: CryptoKeyLike,
    lengthBits: number,
  ): Promise<ArrayBuffer>;
  /** As `deriveBits` and `importKey` in one, which is one way to the browser's threads and back. */
  deriveKey(
    algorithm: HkdfLike,
    key: CryptoKeyLike,
    derived: { readonly name: 'AES-GCM'; readonly length: 256 },
    extractable: boolean,
    uses: KeyUse[],
  ): Promise<CryptoKeyLike>;
  sign(algorithm: 'HMAC', key: CryptoKeyLike, data: Bytes): Promise<ArrayBuffer>;
  encrypt(algorithm: AesGcmLike, key: CryptoKeyLike, data: Bytes): Promise<ArrayBuffer>;
  decrypt(algorithm: AesGcmLike, key: CryptoKeyLike, data: Bytes): Promise<ArrayBuffer>;
}

export interface HkdfLike {
  readonly name: 'HKDF';
  readonly hash: 'SHA-256';
  readonly salt: Bytes;
  readonly info: Bytes;
}

export interface AesGcmLike {
  readonly name: 'AES-GCM';
  readonly iv: Bytes;
  readonly additionalData: Bytes;
  readonly tagLength: 128;
}

export interface CryptoLike {
  readonly subtle: SubtleLike;
  getRandomValues(target: Bytes): Bytes;
}

/** Strict UTF-8 both ways: decoding throws on a malformed sequence and keeps a byte order mark. */
export interface TextCoderLike {
  encode(text: string): Bytes;
  decode(bytes: Bytes): string;
}

/** Milliseconds on a clock that never goes back; its zero has no meaning. */
export type ClockMs = () => number;

export type TimerHandle = unknown;

export interface TimersLike {
  setTimeout(callback: () => void, delayMs: number): TimerHandle;
  clearTimeout(handle: TimerHandle): void;
}

/** The part of AbortSignal that a long step needs to be cut short. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An address as it is written, taken apart. */
export type UrlLike = Readonly<
  Record<
    'protocol' | 'username' | 'password' | 'hostname' | 'origin' | 'host' | 'pathname' | 'search' | 'hash',
    string
  >
>;

/** `URL`, which browsers and Node have in common. */
export type UrlConstructor = new (text: string) => UrlLike;
