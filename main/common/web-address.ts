/** Owns telling the web addresses that are safe to dial or open from others, and finding them in what people pass on. */

import type { UrlConstructor, UrlLike } from './platform.ts';

/** Host names that mean the very computer they are used on. */
export const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Nobody sees these, and some programs put them into links: zero-width spaces, marks of direction, soft hyphens. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const ADDRESS = /https?:\/\/\S+/gi;
/** Ends of sentences, quotes and brackets; what a link itself may end in stays. */
const TAIL = /[^\w/#=-]+$/;

/** `insecure`: neither https nor plain http to this computer. `credentials`: a user name, which can look like another host. */
export type AddressProblem = 'insecure' | 'credentials';

export function isLoopback(hostname: string): boolean {
  return LOOPBACK_NAMES.includes(hostname);
}

export function addressProblem({ protocol, hostname, username, password }: UrlLike): AddressProblem | null {
  if (username !== '' || password !== '') return 'credentials';
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)) ? null : 'insecure';
}

/** Addresses of the web in a text, with what is around them left out, safe or not. */
export function addressesIn(text: string, Url: UrlConstructor): UrlLike[] {
  const found = withoutInvisible(text).match(ADDRESS) ?? [];
  return found.flatMap((address) => {
    try {
      return [new Url(address.replace(TAIL, ''))];
    } catch {
      return [];
    }
  });
}

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}
