/** Owns what a pasted text is to this page: its own link, a link of another address, or nothing usable. */

import { parseFragment, type RoomLink } from '../../main/common/sealing/link.ts';

export type PastedLink =
  | { readonly kind: 'here'; readonly link: RoomLink }
  /** Whole, but of another address: this page takes nothing of it and shows it as it is. */
  | { readonly kind: 'elsewhere'; readonly host: string; readonly href: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'not-a-link' }
  | { readonly kind: 'empty' };

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Reads the first link in the text; people also copy the words around it. `origin` is this page's own. */
export function readPastedLink(text: string, origin: string): PastedLink {
  if (text.trim() === '') return { kind: 'empty' };
  const url = firstUrl(text);
  if (url === null) return { kind: 'not-a-link' };
  const link = parseFragment(url.hash);
  if (link === null) return { kind: 'cut' };
  return url.origin === origin
    ? { kind: 'here', link }
    : { kind: 'elsewhere', host: url.host, href: url.href };
}

/** Only addresses a browser opens safely, and none that carries a user name to look like another one. */
function firstUrl(text: string): URL | null {
  const found = /https?:\/\/\S+/i.exec(text)?.[0].replace(/[^\w/#=-]+$/, '');
  const url = found === undefined ? null : parseUrl(found);
  if (url === null) return null;
  if (url.username !== '' || url.password !== '') return null;
  return url.protocol === 'https:' || isLoopback(url.hostname) ? url : null;
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Whether a host name means the very computer it is opened on. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_HOSTS.includes(hostname);
}
