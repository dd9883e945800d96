import { beforeEach, describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../../../main/common/bytes.ts';
import { acceptRosterEntry } from '../../../../../main/common/e2ee/identity.ts';
import { Keyring } from '../../../../../main/common/e2ee/keyring.ts';
import { boxTools, nodeCrypto, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { referenceProof } from '../../../../support/crypto/reference-e2ee.ts';

const secret = randomBytes(32);
const newKeyring = () => Keyring.create(boxTools, secret, randomBytes(32));

let ada: Keyring;
let bob: Keyring;

beforeEach(async () => {
  [ada, bob] = await Promise.all([newKeyring(), newKeyring()]);
});

describe('keyring', () => {
  it('has an identity that a roster entry of it is accepted as', async () => {
    const { id, key, fp } = ada.identity;
    const entry = { id: toBase64Url(id), key: toBase64Url(key), fp: toBase64Url(fp) };
    expect(await acceptRosterEntry(nodeCrypto, entry)).toEqual(ada.identity);
  });

  it('proves the invitation with its own key and fingerprint', async () => {
    const token = randomBytes(16);
    const { key, fp } = ada.identity;
    const address = 'https://a.lhr.life';
    const { hello } = await ada.openSocket(token, address);
    const nonce = fromBase64Url(hello.nonce) ?? new Uint8Array();
    expect(hello).toEqual({
      type: 'hello',
      versions: [1],
      key: toBase64Url(key),
      fp: toBase64Url(fp),
      nonce: toBase64Url(nonce),
      address,
      proof: toBase64Url(referenceProof(token, nonce, key, fp, address)),
    });
    expect((await ada.openSocket(token, address)).hello.nonce).not.toBe(hello.nonce);
  });

  it('seals names that others read, each later one newer', async () => {
    const first = await ada.sealName('Ada');
    const second = await ada.sealName('Ada L.');
    expect(await bob.openName(ada.identity.id, second)).toBe('Ada L.');
    expect(await bob.openName(ada.identity.id, first)).toBe('Ada L.');
  });
});
