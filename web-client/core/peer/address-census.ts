/** Owns the address census of one side of a pair: of what kinds the addresses in its candidates are. What they are, it does not tell. */

import { readIpv4 } from '../../../main/common/ip-address.ts';
import type { AddressCounts } from '../state/connect-diagnosis.ts';
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

type Kind = Exclude<keyof AddressCounts, 'strict'>;

export class AddressCensus {
  #counts = NO_ADDRESSES;
  readonly #places = new Set<string>();
  #sockets = 0;
  /** Sockets as STUN servers saw them, by address. */
  readonly #mapped = new Map<string, number>();

  /** The same object as long as nothing is new. */
  get counts(): AddressCounts {
    return this.#counts;
  }

  /** @param candidate as RFC 8839, section 5.1 has it */
  add(candidate: string): void {
    const [, , transport = '', , host = '', port = '', , type = ''] = candidate.toLowerCase().split(' ');
    const place = `${type} ${transport} ${host} ${port}`;
    if (!isReachable(candidate) || this.#places.has(place) || this.#places.size >= PLACES_MAX) return;
    this.#places.add(place);
    if (transport === 'udp' && type === 'host') this.#sockets++;
    if (transport === 'udp' && type === 'srflx') this.#mapped.set(host, (this.#mapped.get(host) ?? 0) + 1);
    const kind = kindOf(host, type);
    const strict = Math.max(0, ...this.#mapped.values()) > this.#sockets && this.#sockets > 0;
    this.#counts = { ...this.#counts, [kind]: this.#counts[kind] + 1, strict };
  }
}

function kindOf(host: string, type: string): Kind {
  if (type === 'relay') return 'relayed';
  if (host.endsWith('.local')) return 'hidden';
  const [high] = readIpv4(host) ?? [];
  if (high === undefined) return /^[23]/.test(host) ? 'public6' : 'local';
  return type !== 'host' || !isPrivate(high) ? 'public4' : 'local';
}

/** By its upper half. RFC 1918, RFC 6598. */
function isPrivate(high: number): boolean {
  const [first, second] = [high >> 8, high & 0xff];
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second < 128)
  );
}
