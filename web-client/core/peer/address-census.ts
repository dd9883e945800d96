/** Owns the address census of one side of a pair: of what kinds the addresses in its candidates are. What they are, it does not tell. */

import type { AddressCounts } from '../state/connect-diagnosis.ts';
import { readNetworkAddress } from './network-address.ts';
import { isReachable } from './remote-candidate.ts';

export const NO_ADDRESSES: AddressCounts = {
  hidden: 0,
  local: 0,
  public4: 0,
  public6: 0,
  relayed: 0,
  strict: false,
};

/** Far more than an honest side has over some repairs. */
const PLACES_MAX = 256;

/** What stands, or a smaller one, for a port that is not told. */
const DISCARD_PORT = 9;

type Kind = Exclude<keyof AddressCounts, 'strict'>;

export class AddressCensus {
  #counts = NO_ADDRESSES;
  readonly #places = new Set<string>();
  /** UDP sockets, by what is known of the family of their addresses. */
  readonly #sockets = { ipv4: 0, ipv6: 0, hidden: 0 };
  /** How STUN servers saw them: ports, by the address, or by address and socket where that is told. */
  readonly #mapped = new Map<string, number>();
  #strict = false;

  /** The same object as long as nothing is new. */
  get counts(): AddressCounts {
    return this.#counts;
  }

  /** @param candidate as RFC 8839, section 5.1 has it */
  add(candidate: string): void {
    const words = candidate.toLowerCase().split(' ');
    const [, , transport = '', , host = '', port = '', , type = ''] = words;
    const place = `${type} ${transport} ${host} ${port}`;
    if (!isReachable(candidate) || this.#places.has(place) || this.#places.size >= PLACES_MAX) return;
    this.#places.add(place);
    if (transport === 'udp' && type === 'host') this.#sockets[familyOf(host)]++;
    if (transport === 'udp' && type === 'srflx') this.#noteMapped(host, socketOf(words));
    const kind = kindOf(host, type);
    this.#counts = { ...this.#counts, [kind]: this.#counts[kind] + 1, strict: this.#strict };
  }

  /** One socket has one port outside, unless its router gives it one for each destination. */
  #noteMapped(host: string, socket: string | null): void {
    const key = `${host} ${socket ?? ''}`;
    const ports = (this.#mapped.get(key) ?? 0) + 1;
    this.#mapped.set(key, ports);
    const { [familyOf(host)]: known, hidden } = this.#sockets;
    const sockets = socket === null ? known + hidden : 1;
    this.#strict ||= sockets > 0 && ports > sockets;
  }
}

function familyOf(host: string): 'ipv4' | 'ipv6' | 'hidden' {
  if (host.endsWith('.local')) return 'hidden';
  return host.includes(':') ? 'ipv6' : 'ipv4';
}

/** The related address, where the browser tells it (RFC 8839, section 5.1). */
function socketOf(words: readonly string[]): string | null {
  const after = (name: string) => words[words.indexOf(name) + 1] ?? '';
  const port = words.includes('rport') ? Number(after('rport')) : 0;
  return port > DISCARD_PORT ? `${after('raddr')} ${port}` : null;
}

function kindOf(host: string, type: string): Kind {
  if (type === 'relay') return 'relayed';
  if (host.endsWith('.local')) return 'hidden';
  const address = readNetworkAddress(host);
  if (address === null || (address.isPrivate && type === 'host')) return 'local';
  return host.includes(':') ? 'public6' : 'public4';
}
