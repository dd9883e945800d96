/** Owns reading an IP address in the one spelling that browsers write, and telling which of them lie on a network. */

/** The eight groups of an IPv6 address, or the two that an IPv4 address makes. */
type Groups = readonly number[];

const IPV4_BYTE = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${IPV4_BYTE}\\.${IPV4_BYTE}\\.${IPV4_BYTE}\\.${IPV4_BYTE}$`);
const IPV6 = /^[0-9a-f:]{2,39}$/i;
const IPV6_GROUP = /^[0-9a-f]{1,4}$/i;
const IPV6_GROUPS = 8;

/**
 * The address in its full spelling if it is one of a computer on some network, private ones included; null for the own
 * computer (loopback, unspecified), link-local, multicast and broadcast addresses, for those of these in the dress of
 * another family (mapped, NAT64, 6to4, Teredo), and for whatever is spelt in another way: short, octal, with a zone.
 * That an address is the own one of this computer, or the broadcast one of its network, cannot be told from the address.
 */
export function readNetworkAddress(text: string): string | null {
  const ipv4 = readIpv4(text);
  if (ipv4 !== null) return isNetworkIpv4(ipv4) ? text : null;
  const ipv6 = readIpv6(text);
  if (ipv6 === null || !isNetworkIpv6(ipv6)) return null;
  return ipv6.map((group) => group.toString(16)).join(':');
}

function readIpv4(text: string): Groups | null {
  const bytes = IPV4.exec(text)?.slice(1).map(Number);
  if (bytes === undefined) return null;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [a * 256 + b, c * 256 + d];
}

/** RFC 4291, section 2.2, without the form that ends in an IPv4 address. */
function readIpv6(text: string): Groups | null {
  if (!IPV6.test(text)) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const left = IPV6_GROUPS - head.length - tail.length;
  if (halves.length === 1 ? left !== 0 : left < 1) return null;
  const groups = [...head, ...Array<string>(left).fill('0'), ...tail];
  return groups.every((group) => IPV6_GROUP.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}

/** RFC 6890; what is private (RFC 1918, RFC 6598) is how people in one house, or one VPN, reach each other. */
function isNetworkIpv4([high = 0]: Groups): boolean {
  const first = high >> 8;
  return first !== 0 && first !== 127 && first < 224 && high !== 0xa9fe;
}

/** Only what is given to computers: global unicast (2000::/3), unique local (fc00::/7), and NAT64 (64:ff9b::/96). */
function isNetworkIpv6(groups: Groups): boolean {
  const [first = 0, second = 0, third = 0] = groups;
  const last = groups.slice(6);
  if (first === 0x64) return second === 0xff9b && groups.slice(2, 6).every(isZero) && isNetworkIpv4(last);
  if ((first & 0xfe00) === 0xfc00) return true;
  if ((first & 0xe000) !== 0x2000) return false;
  if (first === 0x2002) return isNetworkIpv4([second, third]);
  if (first === 0x2001 && second === 0) return isNetworkIpv4(last.map((group) => group ^ 0xffff));
  return true;
}

function isZero(group: number): boolean {
  return group === 0;
}
