/** Holds the return word to who can say it: a page with the key of this pair, of the entry it names, whole. */

import { beforeEach, describe, expect, it } from 'vitest';
import { asciiBytes, type Bytes, concatBytes, toBase64Url } from '../../../../../main/common/bytes.ts';
import { importKeyingMaterial } from '../../../../../main/common/e2ee/hkdf.ts';
import {
  createReturnWord,
  deriveReturnKey,
  isReturnWord,
  readReturnWord,
} from '../../../../../main/common/e2ee/return-word.ts';
import type { CryptoKeyLike } from '../../../../../main/common/platform.ts';
import { RETURN_WORD_MAX_BYTES } from '../../../../../main/common/protocol/limits.ts';
import type { RosterEntry } from '../../../../../main/common/protocol/messages.ts';
import { boxTools, nodeCrypto, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

const ENTRY: RosterEntry = {
  id: toBase64Url(new Uint8Array(16).fill(1)),
  key: toBase64Url(new Uint8Array(65).fill(2)),
  fp: toBase64Url(new Uint8Array(32).fill(3)),
  name: toBase64Url(new Uint8Array(298).fill(4)),
};
const MAC_BYTES = 32;

const newKey = async () =>
  deriveReturnKey(nodeCrypto, {
    transcript: randomBytes(32),
    secret: await importKeyingMaterial(nodeCrypto, randomBytes(96)),
  });

let key: CryptoKeyLike;
let word: Bytes;
beforeEach(async () => {
  key = await newKey();
  word = await createReturnWord(boxTools, key, ENTRY);
});

/** What somebody says who has the key, and says anything. */
async function signed(text: string): Promise<Bytes> {
  const body = asciiBytes(text);
  const said = concatBytes(asciiBytes('secret-call/1 return'), body);
  const mac = new Uint8Array(await nodeCrypto.subtle.sign('HMAC', key, said));
  return concatBytes(Uint8Array.of(0), mac, body);
}

describe('the return word', () => {
  it('tells the other of the pair who the page is now, and is never taken for a box', async () => {
    expect(isReturnWord(word)).toBe(true);
    expect(isReturnWord(Uint8Array.of(1, 2, 3))).toBe(false);
    expect(isReturnWord(new Uint8Array())).toBe(false);
    expect(word.length).toBeLessThanOrEqual(RETURN_WORD_MAX_BYTES);
    expect(await readReturnWord(boxTools, key, word)).toEqual(ENTRY);
    expect(await signed(JSON.stringify(ENTRY))).toEqual(word);
  });

  it('cannot be said with another key, nor the key be read', async () => {
    expect(await readReturnWord(boxTools, await newKey(), word)).toBeNull();
    await expect(crypto.subtle.exportKey('raw', key as CryptoKey)).rejects.toThrow();
  });

  it.each<[string, (word: Bytes) => Bytes]>([
    ['of another version', (said) => concatBytes(Uint8Array.of(1), said.slice(1))],
    ['with one bit of the proof turned', (said) => said.map((byte, at) => (at === 5 ? byte ^ 1 : byte))],
    ['that names another key', (said) => said.map((byte, at) => (at === MAC_BYTES + 60 ? byte ^ 1 : byte))],
    ['that was cut', (said) => said.slice(0, -1)],
    ['with something behind it', (said) => concatBytes(said, asciiBytes(' '))],
    ['that is longer than any', (said) => concatBytes(said, new Uint8Array(RETURN_WORD_MAX_BYTES))],
    ['without an entry', (said) => said.slice(0, 1 + MAC_BYTES)],
    ['of a few bytes', (said) => said.slice(0, 9)],
  ])('%s is nobody’s', async (_what, forge) => {
    expect(await readReturnWord(boxTools, key, forge(word))).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['no entry', '[]'],
    ['an entry without a name', JSON.stringify({ ...ENTRY, name: undefined })],
    ['an entry with a field that is not known', JSON.stringify({ ...ENTRY, admin: true })],
    ['an id of another length', JSON.stringify({ ...ENTRY, id: 'AAAA' })],
    ['an entry longer than any', JSON.stringify({ ...ENTRY, name: 'A'.repeat(RETURN_WORD_MAX_BYTES) })],
  ])('with %s under a good proof is nobody’s', async (_what, text) => {
    expect(await readReturnWord(boxTools, key, await signed(text))).toBeNull();
  });
});
