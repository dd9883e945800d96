/** Owns what can be typed while the terminal host runs: lines to commands, in both languages at any time. */

import type { InvitationRequest } from '../common/host-api/commands.ts';
import { INVITATION_LIFETIMES_MS } from '../common/host-api/snapshot.ts';
import { fail, ok, type Result } from '../common/result.ts';

export type LineCommand =
  | { readonly kind: 'nothing' | 'quit' | 'help' | 'new-link' | 'shut-out' }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'invite'; readonly request: InvitationRequest }
  /** By the number beside it on the screen. */
  | { readonly kind: 'revoke' | 'remove'; readonly number: number };

/** The end of a text key `line.…`. */
export type BadLine = 'unknown' | 'which-time' | 'which-invitation' | 'which-person';

/** The second q is the same key on a Russian keyboard. */
const WORDS: Readonly<
  Record<string, 'quit' | 'help' | 'new-link' | 'once' | 'expire' | 'revoke' | 'remove' | 'shut-out'>
> = {
  q: 'quit',
  й: 'quit',
  stop: 'quit',
  стоп: 'quit',
  help: 'help',
  помощь: 'help',
  new: 'new-link',
  новая: 'new-link',
  once: 'once',
  разовая: 'once',
  expire: 'expire',
  срок: 'expire',
  revoke: 'revoke',
  отозвать: 'revoke',
  remove: 'remove',
  удалить: 'remove',
  shut: 'shut-out',
  закрыть: 'shut-out',
};

const [HOUR_MS, DAY_MS, WEEK_MS] = INVITATION_LIFETIMES_MS;
const TIMES: Readonly<Record<string, number>> = {
  '1h': HOUR_MS,
  '1d': DAY_MS,
  '1w': WEEK_MS,
  '1ч': HOUR_MS,
  '1д': DAY_MS,
  '1н': WEEK_MS,
};

export function parseLine(line: string): Result<LineCommand, BadLine> {
  const text = line.trim();
  if (text === '') return ok({ kind: 'nothing' });
  if (/^https?:/i.test(text)) return ok({ kind: 'address', address: text });
  const [typed = '', argument, ...rest] = text.toLowerCase().split(/\s+/);
  const word = Object.hasOwn(WORDS, typed) ? WORDS[typed] : undefined;
  if (word === undefined || rest.length > 0) return fail('unknown');
  switch (word) {
    case 'expire': {
      const lifetimeMs =
        argument !== undefined && Object.hasOwn(TIMES, argument) ? TIMES[argument] : undefined;
      return lifetimeMs === undefined
        ? fail('which-time')
        : ok({ kind: 'invite', request: { kind: 'expiring', lifetimeMs } });
    }
    case 'revoke':
    case 'remove': {
      const number = argument !== undefined && /^[1-9]\d{0,5}$/.test(argument) ? Number(argument) : null;
      if (number !== null) return ok({ kind: word, number });
      return fail(word === 'revoke' ? 'which-invitation' : 'which-person');
    }
    default:
      if (argument !== undefined) return fail('unknown');
      return ok(word === 'once' ? { kind: 'invite', request: { kind: 'one-time' } } : { kind: word });
  }
}
