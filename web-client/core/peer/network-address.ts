/** Owns telling which IP addresses lie on a network: what another page may have this browser talk to. */

import { type Groups, readIpv4, readIpv6 } from '../../../main/common/ip-address.ts';

/**
 * The address in its full spelling if it is one of a computer on some network, private ones included; null for the own
 * computer (loopback, unspecified), link-local, multicast and broadcast addresses, for those of these in the dress of
 * another family (mapped, NAT64, 6to4, Teredo), and for whatever is spelt in another way: short, octal, with a zone.
 * That an address is the own one of this computer, or the broadcast one of its network, cannot be told from the address.
 */
export function readNetworkAddress(text: string): string | null {
  const ipv4 = readIpv4(text);
  if (ipv4 !== null) return isNetworkIpv4(ipv4[0]) ? text : null;
  const ipv6 = readIpv6(text);
  if (ipv6 === null || !isNetworkIpv6(ipv6)) return null;
  return ipv6.map((group) => group.toString(16)).join(':');
}

/** By its upper half. RFC 6890; what is private (RFC 1918, RFC 6598) is how people in one house, or one VPN, reach each other. */
function isNetworkIpv4(high = 0): boolean {
  const first = high >> 8;
  return first !== 0 && first !== 127 && first < 224 && high !== 0xa9fe;
}

/** Only what is given to computers: global unicast (2000::/3), unique local (fc00::/7), and NAT64 (64:ff9b::/96). */
function isNetworkIpv6(groups: Groups): boolean {
  const [first = 0, second = 0] = groups;
  const [high = 0] = groups.slice(6);
  if (first === 0x64) return second === 0xff9b && groups.slice(2, 6).every(isZero) && isNetworkIpv4(high);
  if ((first & 0xfe00) === 0xfc00) return true;
  if ((first & 0xe000) !== 0x2000) return false;
  if (first === 0x2002) return isNetworkIpv4(second);
  if (first === 0x2001 && second === 0) return isNetworkIpv4(high ^ 0xffff);
  return true;
}

function isZero(group: number): boolean {
  return group === 0;
}
