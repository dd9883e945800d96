import { describe, expect, it } from 'vitest';
import { readIpv4, readIpv6 } from '../../../../main/common/ip-address.ts';

describe('an IPv4 address', () => {
  it.each([
    ['0.0.0.0', [0, 0]],
    ['255.255.255.255', [0xffff, 0xffff]],
    ['192.0.2.1', [0xc000, 0x0201]],
    ['10.99.200.249', [0x0a63, 0xc8f9]],
  ])('is read from %s', (text, groups) => {
    expect(readIpv4(text)).toEqual(groups);
  });

  it.each(['1.2.3', '1.2.3.4.5', '256.0.0.1', '1.2.3.256', '01.2.3.4', '1.2.3.04', 'x1.2.3.4', '1.2.3.4x'])(
    'is none: %s',
    (text) => {
      expect(readIpv4(text)).toBeNull();
    },
  );
});

describe('an IPv6 address', () => {
  it.each([
    ['::', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['::1', [0, 0, 0, 0, 0, 0, 0, 1]],
    ['1::', [1, 0, 0, 0, 0, 0, 0, 0]],
    ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['1:2:3:4:5:6:7::', [1, 2, 3, 4, 5, 6, 7, 0]],
    ['2a00::7', [0x2a00, 0, 0, 0, 0, 0, 0, 7]],
    [
      'ffff:ffff:ffff:ffff:FFFF:FFFF:FFFF:FFFF',
      [0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff],
    ],
  ])('is read from %s', (text, groups) => {
    expect(readIpv6(text)).toEqual(groups);
  });

  it.each([
    ...['', ':', '1', '1:', ':1', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', ':::'],
    ...['2a00::1::2', '::1::', '2a00::12345', '2a00::g', '2a00::x1', '2a00::1x', '2a00:: 1', '::1.2.3.4'],
  ])('is none: %j', (text) => {
    expect(readIpv6(text)).toBeNull();
  });
});
