/** Holds the update feed against forgers: nothing is believed but what the maker signed, and of that only what can do no harm. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, readFeed, updateTarget } from '../../../../../main/desktop/updates/update-feed.ts';
import { feedOf, fileOf, MAKER, STRANGER, signedText } from '../../../../support/updates/update-samples.ts';

const read = (bytes: Uint8Array) => readFeed(bytes, MAKER.publicKey, 'linux-x64');
const FORGED = { ok: false, error: 'feed-forged' };
const BROKEN = { ok: false, error: 'feed-broken' };

/** What the maker signs, with something else in the place of one field. */
const signedWith = (change: object) =>
  signedText(
    JSON.stringify({
      product: 'secret-call',
      format: 1,
      version: '0.2.0',
      files: { 'linux-x64': fileOf('0.2.0') },
      ...change,
    }),
  );

const withoutSignature = (feed: Buffer) => feed.toString().replace(/^.*\n/, '');

describe('a feed', () => {
  it('says which version is newest and which file is this system’s', () => {
    expect(read(feedOf('0.2.0'))).toEqual({ ok: true, value: { version: '0.2.0', file: fileOf('0.2.0') } });
    expect(readFeed(feedOf('0.2.0'), MAKER.publicKey, 'mac-arm64')).toMatchObject({ value: { file: null } });
  });

  it.each([
    ['signed by somebody else', feedOf('0.2.0', fileOf('0.2.0'), STRANGER.privateKey)],
    ['with the signature of another', Buffer.from(feedOf('0.2.0').toString().replace('"0.2.0"', '"0.3.0"'))],
    ['with words before what is signed', Buffer.from(feedOf('0.2.0').toString().replace('\n{', '\n {'))],
    ['with words after it', Buffer.concat([feedOf('0.2.0'), Buffer.from(' ')])],
  ])('is not believed %s', (_, bytes) => {
    expect(read(bytes)).toEqual(FORGED);
  });

  it('is not believed with any one byte of it altered', () => {
    const feed = feedOf('0.2.0');
    fc.assert(
      fc.property(fc.nat(feed.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const altered = Buffer.from(feed);
        altered[at] = (altered[at] ?? 0) ^ by;
        expect(read(altered).ok).toBe(false);
      }),
    );
  });

  it.each([
    [''],
    ['no line'],
    ['\n'],
    ['<html>\n<body>a page of a hotel</body>\n'],
    [withoutSignature(feedOf('0.2.0'))],
    [`\n${withoutSignature(feedOf('0.2.0'))}`],
    [feedOf('0.2.0').toString().replace('\n', 'AAAA\n')],
    [feedOf('0.2.0').toString().replace('\n', '\r\n')],
    [feedOf('0.2.0').toString().replace('==\n', '\n')],
  ])('is told from what nobody signed: %j', (text) => {
    expect(read(Buffer.from(text))).toEqual(BROKEN);
  });

  it.each([
    { product: 'another-program' },
    { format: 2 },
    { version: '0.2' },
    { version: '0.2.0-beta' },
    { version: '00.2.0' },
    { version: '1234567.0.0' },
    { version: 2 },
    { files: 'none' },
    { files: { 'linux-x64': { ...fileOf('0.2.0'), size: 0 } } },
    { files: { 'linux-x64': { ...fileOf('0.2.0'), size: 1e12 } } },
    { files: { 'linux-x64': { ...fileOf('0.2.0'), sha512: 'AAAA' } } },
    { files: { 'linux-x64': { ...fileOf('0.2.0'), url: 'https://evil.example/' } } },
    { files: { 'plan9-x64': fileOf('0.2.0') } },
  ])('is broken, even if signed, with %j', (change) => {
    expect(read(signedWith(change))).toEqual(BROKEN);
  });

  it.each([
    'https://evil.example/secret-call-0.2.0.AppImage',
    '//evil.example/secret-call-0.2.0.AppImage',
    '../secret-call-0.2.0.AppImage',
    'secret-call-0/../../0.2.0.AppImage',
    'secret-call-0\\..\\0.2.0.exe',
    'secret-call-0%2f..%2f0.2.0.AppImage',
    '/etc/secret-call-0.AppImage',
    'secret-call-0.2.0.AppImage?x',
    'secret-call-0.2.0.AppImage#x',
    'secret-call-0.2.0.AppImage\n',
    "secret-call-0';calc;'.exe",
    'secret-call-0.2.0.sh',
    'C:secret-call-0.exe',
    `secret-call-0${'0'.repeat(200)}.exe`,
    '',
  ])('names no file that is not beside it: %j', (name) => {
    expect(read(signedWith({ files: { 'linux-x64': { ...fileOf('0.2.0'), name } } }))).toEqual(BROKEN);
  });
});

it.each([
  ['0.2.0', '0.1.9', 1],
  ['0.10.0', '0.9.0', 1],
  ['1.0.0', '1.0.0', 0],
  ['1.0.0', '1.0.0+build', 0],
  ['1.0.0', '1.0.0-beta.2', 1],
  ['1.0.0-beta', '0.9.9', 1],
  ['0.1.0', '999.0.0', -1],
  ['0.0.1', 'no version', 1],
])('%s compared with %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
  expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign);
});

it('calls systems as the feed does', () => {
  const asked = [updateTarget('win32', 'x64'), updateTarget('darwin', 'arm64'), updateTarget('linux', 'x64')];
  expect(asked).toEqual(['win-x64', 'mac-arm64', 'linux-x64']);
});
