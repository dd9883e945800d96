/** Owns what a second start of the app means to the one that runs: told by its arguments, and by the version it says it has. Pure. */

import { deepLinkIn } from './deep-links.ts';
import { HIDDEN_SWITCH } from './login/hidden-start.ts';

/** What the second one hands over; a version before this was handed over says nothing. */
export interface StartFacts {
  readonly version: string;
}

export type SecondStart =
  /** Somebody clicked a link. */
  | { readonly kind: 'link'; readonly link: string }
  /** The system, at login: nobody asked for anything. */
  | { readonly kind: 'hidden' }
  /** Another version was installed meanwhile, and somebody expects that one. */
  | { readonly kind: 'other-version'; readonly version: string }
  | { readonly kind: 'raise' };

/** Shown in a sentence: whatever runs under this account may have sent it. */
const VERSION = /^\d[\w.+-]{0,31}$/;

export function readSecondStart(argv: readonly string[], facts: unknown, ownVersion: string): SecondStart {
  const link = deepLinkIn(argv);
  if (link !== null) return { kind: 'link', link };
  if (argv.includes(`--${HIDDEN_SWITCH}`)) return { kind: 'hidden' };
  const version = versionIn(facts);
  return version === null || version === ownVersion ? { kind: 'raise' } : { kind: 'other-version', version };
}

function versionIn(facts: unknown): string | null {
  if (typeof facts !== 'object' || facts === null || !('version' in facts)) return null;
  const { version } = facts;
  return typeof version === 'string' && VERSION.test(version) ? version : null;
}
