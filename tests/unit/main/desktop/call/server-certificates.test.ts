/** Owns proof that a link's certificate counts for its own address and its own call, and for nothing else. */

import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { mayBePinned, ServerCertificates } from '../../../../../main/desktop/call/server-certificates.ts';

const AUTHORITY_INVALID = -202;
const AS_CHROMIUM_FINDS = -3;

const certificate = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
const fingerprintOf = (text: string) => `sha256/${Buffer.from(certificate(text)).toString('base64')}`;

const ADDRESS = '192.168.1.5';
const server = `https://${ADDRESS}:8790`;
const pinned = { server, certificate: certificate('right') };
const unpinned = { server, certificate: null };

describe('ServerCertificates', () => {
  let certificates: ServerCertificates;
  beforeEach(() => {
    certificates = new ServerCertificates();
  });

  const asked = (hostname: string, text: string, errorCode: number) =>
    certificates.verify({ hostname, errorCode, certificate: { fingerprint: fingerprintOf(text) } });

  it('says the same of an address in every call, so that an answer that is kept opens nothing', () => {
    for (const hostname of [ADDRESS, 'localhost', '::1', '[::1]', 'fe80::1'])
      for (const found of [0, AUTHORITY_INVALID, -2])
        expect(asked(hostname, 'any', found)).toBe(AUTHORITY_INVALID);
  });

  it('leaves names to Chromium', () => {
    for (const hostname of ['a.lhr.life', 'localhost.example', '1.2.3.4.example', ''])
      expect(asked(hostname, 'any', 0)).toBe(AS_CHROMIUM_FINDS);
  });

  it.each([
    ['the page', `${server}/healthz`],
    ['its socket', `wss://${ADDRESS}:8790/ws`],
  ])('takes the one of the link for %s', (_what, address) => {
    expect(certificates.accepts(pinned, address, fingerprintOf('right'))).toBe(true);
    expect(certificates.accepts(pinned, address, fingerprintOf('another'))).toBe(false);
    expect(certificates.accepts(pinned, address, '')).toBe(false);
    expect(certificates.accepts(unpinned, address, fingerprintOf('right'))).toBe(false);
  });

  it.each([
    ['another port', `https://${ADDRESS}:8791/healthz`],
    ['the usual port', `https://${ADDRESS}/healthz`],
    ['another address', 'wss://192.168.1.6:8790/ws'],
    ['a name that begins alike', `wss://${ADDRESS}.example:8790/ws`],
  ])('takes it for no other server: %s', (_what, address) => {
    expect(certificates.accepts(pinned, address, fingerprintOf('right'))).toBe(false);
  });

  it('takes no certificate from a link for a name', () => {
    const named = { server: 'https://a.lhr.life', certificate: certificate('right') };
    expect(certificates.accepts(named, 'wss://a.lhr.life/ws', fingerprintOf('right'))).toBe(false);
  });

  it('takes what Chromium takes for an address only where the link names none, and for that address alone', () => {
    asked(ADDRESS, 'vouched for', 0);
    asked(ADDRESS, 'self-signed', AUTHORITY_INVALID);
    const address = `wss://${ADDRESS}:8790/ws`;
    expect(certificates.accepts(unpinned, address, fingerprintOf('vouched for'))).toBe(true);
    expect(certificates.accepts(unpinned, address, fingerprintOf('self-signed'))).toBe(false);
    expect(certificates.accepts(pinned, address, fingerprintOf('vouched for'))).toBe(false);
    const other = { server: 'https://192.168.1.6:8790', certificate: null };
    expect(certificates.accepts(other, 'wss://192.168.1.6:8790/ws', fingerprintOf('vouched for'))).toBe(
      false,
    );
  });

  it('knows an IPv6 address in and without its brackets', () => {
    asked('fe80::1', 'vouched for', 0);
    const at = { server: 'https://[fe80::1]:8790', certificate: null };
    expect(certificates.accepts(at, 'wss://[fe80::1]:8790/ws', fingerprintOf('vouched for'))).toBe(true);
  });
});

it('lets a link name the certificate of an address and of this computer, and of nothing that looks like one', () => {
  for (const hostname of ['localhost', '127.0.0.1', '10.0.0.7', '[fe80::1]', 'fe80::1'])
    expect(mayBePinned(hostname)).toBe(true);
  for (const hostname of ['a.lhr.life', 'localhost.', '10.0.0.7.example', '10.0.0', ''])
    expect(mayBePinned(hostname)).toBe(false);
});
