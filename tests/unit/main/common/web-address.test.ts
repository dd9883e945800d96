import { describe, expect, it } from 'vitest';
import { addressesIn, addressProblem, isLoopback } from '../../../../main/common/web-address.ts';

describe('addressProblem', () => {
  it.each([
    ['https anywhere', 'https://abc.example:8443/x#y', null],
    ['http to this computer', 'http://localhost:8790/', null],
    ['http to this computer by its number', 'http://127.0.0.1/', null],
    ['http to this computer by a number in another dress', 'http://0x7f.1/', null],
    ['http to this computer by its other number', 'http://[0:0::1]:80/', null],
    ['http to another', 'http://192.168.1.5:8790/', 'insecure'],
    ['http to a name that begins like this computer', 'http://localhost.example/', 'insecure'],
    ['http to a name below this computer', 'http://x.localhost/', 'insecure'],
    ['http to this computer inside another number', 'http://[::ffff:127.0.0.1]/', 'insecure'],
    ['a script', 'javascript:alert(1)', 'insecure'],
    ['a file', 'file:///etc/passwd', 'insecure'],
    ['a scheme of some program', 'ms-settings://localhost', 'insecure'],
    ['a name before the host', 'https://abc.example@evil.example/', 'credentials'],
    ['a password alone', 'http://:x@localhost/', 'credentials'],
  ])('of %s', (_, address, problem) => {
    expect(addressProblem(new URL(address))).toBe(problem);
  });
});

it('takes only the three names of this computer for it', () => {
  expect(['localhost', '127.0.0.1', '[::1]'].map(isLoopback)).toEqual([true, true, true]);
  expect(['', 'localhost.', 'LOCALHOST', '::1', '0.0.0.0', '127.0.0.2'].map(isLoopback)).not.toContain(true);
});

describe('addressesIn', () => {
  const hrefs = (text: string) =>
    addressesIn(text, URL).map(({ origin, pathname, hash }) => origin + pathname + hash);

  it('finds all of them, in order, without what is around', () => {
    expect(hrefs('(HTTPS://A.example/x). «http://b.example:1#y»\n<https://c.example>!')).toEqual([
      'https://a.example/x',
      'http://b.example:1/#y',
      'https://c.example/',
    ]);
  });

  it('reads through what nobody sees', () => {
    expect(hrefs('\u2066ht\u200btps://a.ex\u00adample\u2069')).toEqual(['https://a.example/']);
  });

  it('passes over what is none', () => {
    expect(hrefs('https:// https://[::1 ftp://a.example javascript:alert(1) file:///x a.example/#b')).toEqual(
      [],
    );
  });
});
