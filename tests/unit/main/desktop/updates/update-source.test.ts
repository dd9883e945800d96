/** Owns proof that a build knows whom to ask and whom to believe, or asks nobody. */

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseUpdateSource } from '../../../../../main/desktop/updates/update-source.ts';
import { publicKeyText } from '../../../../../scripts/update-feed.mjs';
import { textOf } from '../../../../support/source/source-tree.ts';
import { makerKey } from '../../../../support/updates/update-samples.ts';

const UPDATES = {
  feed: 'https://github.com/secret-call/secret-call/releases/latest/download/secret-call-updates.txt',
  page: 'https://github.com/secret-call/secret-call/releases/latest',
  key: makerKey,
};
const sourceOf = (updates: unknown) => parseUpdateSource(JSON.stringify({ name: 'secret-call', updates }));

describe('the source of updates', () => {
  it('is what the package says', () => {
    expect(sourceOf(UPDATES)).toMatchObject({
      feed: new URL(UPDATES.feed),
      page: new URL(UPDATES.page),
      publisher: null,
      byHand: false,
    });
    expect(sourceOf({ ...UPDATES, publisher: 'Somebody', byHand: true })).toMatchObject({
      publisher: 'Somebody',
      byHand: true,
    });
  });

  it('is none in the sources', () => {
    expect(parseUpdateSource(textOf('package.json'))).toBeNull();
  });

  const { publicKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { publicKey: curve } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it.each([
    ['nothing', undefined],
    ['no key', { ...UPDATES, key: undefined }],
    ['no base64', { ...UPDATES, key: 'no key' }],
    ['no key in it', { ...UPDATES, key: 'AAAA' }],
    ['a key of RSA', { ...UPDATES, key: publicKeyText(rsa) }],
    ['a key of another curve', { ...UPDATES, key: publicKeyText(curve) }],
    ['plain http to elsewhere', { ...UPDATES, feed: 'http://updates.example/feed' }],
    ['a file', { ...UPDATES, feed: 'file:///tmp/feed' }],
    ['a user name', { ...UPDATES, feed: 'https://user@updates.example/feed' }],
    ['a page that is no address', { ...UPDATES, page: 'javascript:alert(1)' }],
  ])('is none with %s', (_, updates) => {
    expect(sourceOf(updates)).toBeNull();
  });

  it.each(['', '{', 'null', '[]', '"updates"'])('is none in %j', (text) => {
    expect(parseUpdateSource(text)).toBeNull();
  });
});
