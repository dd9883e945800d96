/** Owns what can be typed while the terminal host runs: lines to commands, in both languages at any time. */

import type { InvitationRequest } from '../common/host-api/commands.ts';
import { INVITATION_LIFETIMES_MS } from '../common/host-api/snapshot.ts';
import { fail, ok, type Result } from '../common/result.ts';

export type LineCommand =
  | {
      readonly kind:
        | 'nothing'
        | 'quit'
        | 'leave'
        | 'help'
        | 'new-link'
        | 'shut-out'
        | 'end'
        | 'lock'
        | 'unlock';
    }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'invite'; readonly request: InvitationRequest }
  | { readonly kind: SwitchedKind; readonly on: boolean }
  /** By the number beside it on the screen. */
  | { readonly kind: NumberedKind; readonly number: number };

type SwitchedKind = 'lobby' | 'hide' | 'files';
type NumberedKind = 'revoke' | 'remove' | 'admit' | 'refuse';

/** The end of a text key `line.…`. */
export type BadLine = 'unknown' | 'which-time' | `on-or-off-${SwitchedKind}` | `which-${NumberedKind}`;

type Word = Exclude<LineCommand['kind'], 'nothing' | 'address' | 'invite'> | 'once' | 'expire';

/** The second q is the same key on a Russian keyboard. */
const WORDS: Readonly<Record<string, Word>> = {
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
  lock: 'lock',
  запереть: 'lock',
  unlock: 'unlock',
  отпереть: 'unlock',
  lobby: 'lobby',
  лобби: 'lobby',
  hide: 'hide',
  скрыть: 'hide',
  files: 'files',
  файлы: 'files',
  admit: 'admit',
  впустить: 'admit',
  refuse: 'refuse',
  отказать: 'refuse',
  end: 'end',
  завершить: 'end',
  leave: 'leave',
  уйти: 'leave',
};

const SWITCHED: Readonly<Record<string, boolean>> = { on: true, off: false, вкл: true, выкл: false };

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
    case 'lobby':
    case 'hide':
    case 'files': {
      const on = argument !== undefined && Object.hasOwn(SWITCHED, argument) ? SWITCHED[argument] : undefined;
      return on === undefined ? fail<BadLine>(`on-or-off-${word}`) : ok({ kind: word, on });
    }
    case 'revoke':
    case 'remove':
    case 'admit':
    case 'refuse': {
      const number = argument !== undefined && /^[1-9]\d{0,5}$/.test(argument) ? Number(argument) : null;
      return number === null ? fail<BadLine>(`which-${word}`) : ok({ kind: word, number });
    }
    default:
      if (argument !== undefined) return fail('unknown');
      return ok(word === 'once' ? { kind: 'invite', request: { kind: 'one-time' } } : { kind: word });
  }
}
