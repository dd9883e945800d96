/** Owns the answers that a relay's set-up is made from: checked strictly, and read from the command line. */

import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { parseArgs } from 'node:util';
import type { RelayField } from '../common/host-api/relay-setup.ts';
import { fail, ok, type Result } from '../common/result.ts';

const FLAGS = {
  domain: { type: 'string' },
  out: { type: 'string' },
  address: { type: 'string' },
  email: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export interface RelayAddress {
  readonly public: string;
  /** What the machine itself has, where its provider translates. */
  readonly private: string | null;
}

export interface RelayAnswers {
  /** Of the relay, in ASCII. */
  readonly domain: string;
  /** null: the machine has its public address itself. */
  readonly address: RelayAddress | null;
  /** Where the certificate authority writes to; null: nowhere. */
  readonly email: string | null;
}

/** What was typed; null where nothing is to be said. */
export type TypedAnswers = Readonly<Record<'domain', string> & Record<'address' | 'email', string | null>>;

export type SetupRequest =
  | { readonly kind: 'help' }
  | { readonly kind: 'write'; readonly answers: RelayAnswers; readonly out: string };

/** The end of a text key `answer.…`; `option` is what was typed. */
export interface BadAnswer {
  readonly problem: 'unknown' | 'no-domain' | 'no-out' | RelayField;
  readonly option: string;
}

/** RFC 1123, section 2.1, with a dot: a certificate is given to no other. */
const DOMAIN = /^(?=.{4,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/;
/** Narrower than RFC 5321, section 4.1.2: nothing that a shell reads as more than text. */
const EMAIL = /^[A-Za-z\d._+-]{1,64}@[A-Za-z\d.-]{1,190}$/;

/** The only door for what ends up in configuration and scripts; fails with all that is wrong. */
export function checkAnswers(typed: TypedAnswers): Result<RelayAnswers, readonly RelayField[]> {
  const domain = domainToASCII(typed.domain);
  const address = typed.address === null ? null : parseAddress(typed.address);
  const { email } = typed;
  const wrong: RelayField[] = [
    ...(DOMAIN.test(domain) ? [] : ['domain' as const]),
    ...(address === undefined ? ['address' as const] : []),
    ...(email === null || EMAIL.test(email) ? [] : ['email' as const]),
  ];
  return wrong.length > 0 || address === undefined ? fail(wrong) : ok({ domain, address, email });
}

const bad = (problem: BadAnswer['problem'], option = '') => fail({ problem, option });

export function parseAnswers(argv: readonly string[]): Result<SetupRequest, BadAnswer> {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: FLAGS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(FLAGS, token.name) ? FLAGS[token.name as keyof typeof FLAGS] : null;
    const hasValue = token.value !== undefined;
    if (known === null || hasValue !== (known.type === 'string')) return bad('unknown', token.rawName);
  }
  const [extra] = positionals;
  if (extra !== undefined) return bad('unknown', extra);
  if (values.help) return ok({ kind: 'help' });
  const { domain: typed, out, address: addressText, email } = values;
  if (typeof typed !== 'string') return bad('no-domain');
  if (typeof out !== 'string' || out === '') return bad('no-out');
  const said = {
    domain: typed,
    address: typeof addressText === 'string' ? addressText : null,
    email: typeof email === 'string' ? email : null,
  };
  const checked = checkAnswers(said);
  if (checked.ok) return ok({ kind: 'write', answers: checked.value, out });
  const [wrong = 'domain'] = checked.error;
  return bad(wrong, said[wrong] ?? '');
}

/** `PUBLIC` or `PUBLIC/PRIVATE`, of one family; undefined for anything else. */
function parseAddress(text: string): RelayAddress | undefined {
  const [outside = '', inside = null, ...more] = text.split('/');
  const family = isIP(outside);
  if (family === 0 || more.length > 0 || outside.includes('%')) return undefined;
  if (inside !== null && (isIP(inside) !== family || inside.includes('%'))) return undefined;
  return { public: outside, private: inside };
}
