/** Owns a link as somebody gives it to the app: pasted with words around it, dropped, or opened under the app's own scheme. */

import type { UrlConstructor, UrlLike } from '../platform.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  type AddressProblem,
  addressesIn,
  addressProblem,
  isLoopback,
  withoutInvisible,
} from '../web-address.ts';
import { type FragmentProblem, fragmentIn, type RoomLink, readPinnedFragment } from './invite-link.ts';

/** What the packages register, so that the system gives the app links that begin with it. */
export const APP_LINK_SCHEME = 'secret-call';

export interface CallLink {
  /** Origin of the server that introduces people there. */
  readonly server: string;
  readonly link: RoomLink;
}

export type CallLinkProblem = 'empty' | 'not-a-link' | AddressProblem | FragmentProblem;

const APP_LINK = new RegExp(`${APP_LINK_SCHEME}://([^\\s/?#\\\\]*)`, 'gi');
const PORT = /:\d*$/;

/** The first whole link in the text; where there is none, what is the matter with the first address. */
export function readCallLink(text: string, Url: UrlConstructor): Result<CallLink, CallLinkProblem> {
  const visible = withoutInvisible(text);
  if (visible.trim() === '') return fail('empty');
  const read = addressesIn(visible.replace(APP_LINK, toWebAddress), Url).map(readAddress);
  return read.find(({ ok: whole }) => whole) ?? read[0] ?? fail('not-a-link');
}

/** The same link under the app's own scheme. */
export function formatAppLink(invite: string): string {
  return `${APP_LINK_SCHEME}:${invite.slice(invite.indexOf('//'))}`;
}

/** Only this computer is dialled without TLS. */
function toWebAddress(_found: string, authority: string): string {
  const local = isLoopback(authority.replace(PORT, '').toLowerCase());
  return `${local ? 'http' : 'https'}://${authority}`;
}

function readAddress(url: UrlLike): Result<CallLink, CallLinkProblem> {
  const problem = addressProblem(url);
  if (problem !== null) return fail(problem);
  const read = readPinnedFragment(fragmentIn(url));
  return read.ok ? ok({ server: url.origin, link: read.value }) : read;
}
