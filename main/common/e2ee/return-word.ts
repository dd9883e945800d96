/** Owns the return word: by it a page that was loaded anew, under a new key, shows one of a call who it was there before. */

import { asciiBytes, type Bytes, concatBytes, equalBytes } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike, TextCoderLike } from '../platform.ts';
import { parseBody } from '../protocol/bodies.ts';
import { PROOF_BYTES, RETURN_WORD_MAX_BYTES } from '../protocol/limits.ts';
import type { RosterEntry } from '../protocol/messages.ts';
import { deriveLabelled } from './hkdf.ts';
import type { PairSecret } from './pair-keys.ts';

/** No box begins with it: a version is 1 at least. */
const MARK = 0;
const LABEL = 'secret-call/1 return';

/** Kept over the reload by the browser, which lets nobody read it. K = HKDF(pairSecret, th, "secret-call/1 return", 32). */
export async function deriveReturnKey(
  crypto: CryptoLike,
  { transcript, secret }: Pick<PairSecret, 'transcript' | 'secret'>,
): Promise<CryptoKeyLike> {
  const bytes = await deriveLabelled(crypto, secret, transcript, LABEL, 32);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

export interface ReturnWordTools {
  readonly crypto: CryptoLike;
  readonly text: TextCoderLike;
}

/** Whether this is meant for one, and not a box. */
export function isReturnWord(message: Bytes): boolean {
  return message[0] === MARK;
}

/** 0 ‖ HMAC-SHA-256(K, "secret-call/1 return" ‖ entry) ‖ entry, which is who the page is now, as JSON. */
export async function createReturnWord(
  tools: ReturnWordTools,
  key: CryptoKeyLike,
  entry: RosterEntry,
): Promise<Bytes> {
  const json = tools.text.encode(JSON.stringify(entry));
  return concatBytes(Uint8Array.of(MARK), await macOf(tools, key, json), json);
}

/** Who says so under the key that only the page before had, the one of this certificate; null for anybody else. */
export async function readReturnWord(
  tools: ReturnWordTools,
  key: CryptoKeyLike,
  word: Bytes,
): Promise<RosterEntry | null> {
  if (!isReturnWord(word) || word.length > RETURN_WORD_MAX_BYTES) return null;
  const [mac, json] = [word.slice(1, 1 + PROOF_BYTES), word.slice(1 + PROOF_BYTES)];
  if (!equalBytes(mac, await macOf(tools, key, json))) return null;
  try {
    const body = parseBody('pair', { kind: 'introduce', entry: JSON.parse(tools.text.decode(json)) });
    return body.ok && body.value.kind === 'introduce' ? body.value.entry : null;
  } catch {
    return null;
  }
}

async function macOf({ crypto }: ReturnWordTools, key: CryptoKeyLike, json: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, concatBytes(asciiBytes(LABEL), json)));
}
