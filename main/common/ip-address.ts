/** Owns reading an IP address in the one spelling that browsers write. */

/** Of 16 bits: the eight of an IPv6 address, or the two that an IPv4 address makes. */
export type Groups = readonly number[];

const IPV4_BYTE = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${IPV4_BYTE}\\.${IPV4_BYTE}\\.${IPV4_BYTE}\\.${IPV4_BYTE}$`);
const IPV6_GROUP = /^[0-9a-f]{1,4}$/i;
const IPV6_GROUPS = 8;

/** Four decimal numbers, none in another dress. */
export function readIpv4(text: string): Groups | null {
  const bytes = IPV4.exec(text)?.slice(1).map(Number);
  if (bytes === undefined) return null;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [a * 256 + b, c * 256 + d];
}

/** RFC 4291, section 2.2, without the form that ends in an IPv4 address. */
export function readIpv6(text: string): Groups | null {
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
