import { describe, expect, it } from 'vitest';
import { readNetworkAddress } from '../../../../../web-client/core/peer/network-address.ts';

describe('an address on a network', () => {
  it.each([
    '192.0.2.1',
    '8.8.8.8',
    '10.0.0.7',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.1.20',
    '100.64.0.9',
    '198.18.0.1',
    '223.255.255.254',
  ])('is taken as it stands: %s', (text) => {
    expect(readNetworkAddress(text)).toBe(text);
  });

  it.each([
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1'],
    ['fd00::2', 'fd00:0:0:0:0:0:0:2'],
    ['FC00:0:0::0:7', 'fc00:0:0:0:0:0:0:7'],
    ['2a00:1450:4001:0830::200e', '2a00:1450:4001:830:0:0:0:200e'],
    ['2001:2:3:4:5:6:7:8', '2001:2:3:4:5:6:7:8'],
    ['64:ff9b::c000:201', '64:ff9b:0:0:0:0:c000:201'],
    ['2002:c000:201::1', '2002:c000:201:0:0:0:0:1'],
    ['2001:0:1234::3fff:fdfe', '2001:0:1234:0:0:0:3fff:fdfe'],
    ['2001:db8::', '2001:db8:0:0:0:0:0:0'],
  ])('is taken in its full spelling: %s', (text, full) => {
    expect(readNetworkAddress(text)).toBe(full);
    expect(readNetworkAddress(full)).toBe(full);
  });

  it.each([
    ['loopback', ['127.0.0.1', '127.7.7.7', '127.255.255.255', '::1', '0:0:0:0:0:0:0:1']],
    ['unspecified', ['0.0.0.0', '0.1.2.3', '::', '0:0:0:0:0:0:0:0']],
    ['link-local', ['169.254.0.1', '169.254.169.254', 'fe80::1', 'febf::1', 'fec0::1']],
    ['multicast', ['224.0.0.251', '239.255.255.250', 'ff02::fb', 'ff05::2']],
    ['broadcast and reserved', ['255.255.255.255', '240.0.0.1', '100::1', '4000::1', 'e000::1']],
    ['mapped', ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:192.168.1.1', '::ffff:c0a8:101', '::7f00:1']],
    [
      'translated',
      ['::ffff:0:7f00:1', '64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::7f00:1', '64:ff9b::'],
    ],
    ['6to4 and Teredo', ['2002:7f00:1::', '2002:a9fe:1::1', '2002:e000:fb::1', '2001:0:1234::80ff:fffe']],
    ['zones and brackets', ['fe80::1%eth0', 'fd00::2%1', '[fd00::2]', 'fd00::2/64']],
    [
      'short, octal, hexadecimal',
      ['127.1', '2130706433', '0x7f.0.0.1', '0177.0.0.1', '192.168.01.1', '10.1', '192.0.2'],
    ],
    [
      'other spellings',
      ['192.0.2.1.', '192.0.2.256', ' 192.0.2.1', '192.0.2.1\n', '１９２.0.2.1', '192。0。2。1'],
    ],
    [
      'no IPv6',
      ['2001:db8', '2001:::1', '2001::1::2', '1:2:3:4:5:6:7', '2001:2:3:4:5:6:7:8:9', '20001::1', ':2001::1'],
    ],
    ['names', ['localhost', 'router.lan', 'example.org', 'db8', 'dead.beef', '']],
  ])('is none of these: %s', (_what, texts) => {
    expect(texts.map(readNetworkAddress)).toEqual(texts.map(() => null));
  });
});
