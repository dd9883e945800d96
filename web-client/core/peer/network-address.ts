/** Owns telling which IP addresses lie on a network, and on what kind of one: what another page may have this browser talk to. */

import { type Groups, readIpv4, readIpv6 } from '../../../main/common/ip-address.ts';

export interface NetworkAddress {
  /** In its full spelling. */
  readonly text: string;
  /** It means another computer in each network of its kind (RFC 1918, RFC 6598, RFC 4193). */
  readonly isPrivate: boolean;
}

/**
 * The address if it is one of a computer on some network, private ones included; null for the own computer (loopback,
 * unspecified), link-local, multicast and broadcast addresses, for those of these and private ones in the dress of
 * another family (mapped, NAT64, 6to4, Teredo), and for whatever is spelt in another way: short, octal, with a zone.
 * That an address is the own one of this computer, or the broadcast one of its network, cannot be told from the address.
 */
export function readNetworkAddress(text: string): NetworkAddress | null {
  const ipv4 = readIpv4(text);
  if (ipv4 !== null) {
    const [high] = ipv4;
    return isNetworkIpv4(high) ? { text, isPrivate: isPrivateIpv4(high) } : null;
  }
  const ipv6 = readIpv6(text);
  if (ipv6 === null || !isNetworkIpv6(ipv6)) return null;
  return { text: ipv6.map((group) => group.toString(16)).join(':'), isPrivate: isUniqueLocal(ipv6) };
}

/** By its upper half. RFC 6890; what is private is how people in one house, or one VPN, reach each other. */
function isNetworkIpv4(high = 0): boolean {
  const first = high >> 8;
  return first !== 0 && first !== 127 && first < 224 && high !== 0xa9fe;
}

/** By its upper half. */
function isPrivateIpv4(high = 0): boolean {
  const [first, second] = [high >> 8, high & 0xff];
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second < 128)
  );
}

/** Translators and tunnels lead to the whole internet, and to no house. */
function isPublicIpv4(high: number): boolean {
  return isNetworkIpv4(high) && !isPrivateIpv4(high);
}

/** Only what is given to computers: global unicast (2000::/3), unique local (fc00::/7), and NAT64 (64:ff9b::/96). */
function isNetworkIpv6(groups: Groups): boolean {
  const [first = 0, second = 0] = groups;
  const [high = 0] = groups.slice(6);
  if (first === 0x64) return second === 0xff9b && groups.slice(2, 6).every(isZero) && isPublicIpv4(high);
  if (isUniqueLocal(groups)) return true;
  if ((first & 0xe000) !== 0x2000) return false;
  if (first === 0x2002) return isPublicIpv4(second);
  if (first === 0x2001 && second === 0) return isPublicIpv4(high ^ 0xffff);
  return true;
}

function isUniqueLocal([first = 0]: Groups): boolean {
  return (first & 0xfe00) === 0xfc00;
}

function isZero(group: number): boolean {
  return group === 0;
}
