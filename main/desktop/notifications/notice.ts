/** Owns what is worth a notification, and what it says: never more of a message than that there is one, unless asked for. Pure. */

import type { CallNotice } from '../../common/call-api/commands.ts';
import type { HostStatus, TunnelStatus } from '../../common/host-api/snapshot.ts';
import { displayName } from '../../common/names/visible-text.ts';
import { assertNever } from '../../common/result.ts';
import type { NativeTexts } from '../native-texts.ts';

export type Notice =
  | { readonly kind: 'joined' | 'waiting'; readonly name: string | null }
  | Extract<CallNotice, { readonly kind: 'mentioned' | 'offered' }>
  | { readonly kind: 'tunnel-lost' }
  | { readonly kind: 'tunnel-moved' };

export const NOTICE_KINDS = [
  'joined',
  'waiting',
  'mentioned',
  'offered',
  'tunnel-lost',
  'tunnel-moved',
] as const satisfies readonly Notice['kind'][];

export interface NoticeWords {
  readonly title: string;
  readonly body: string;
}

/** More than any system shows of it. */
const BODY_MAX_UNITS = 200;

/** Who came between two states of the room. Those who were in when it opened, or was first seen, are no news. */
export function newcomersOf(before: HostStatus, now: HostStatus): readonly Notice[] {
  if (before.phase !== 'live' || now.phase !== 'live') return [];
  const known = new Set(before.participants.map(({ id }) => id));
  return now.participants
    .filter(({ id }) => !known.has(id))
    .map(({ name }) => ({ kind: 'joined' as const, name }));
}

/** Who has come to wait to be let in since the state before; also those who waited as the room was first seen. */
export function askersOf(before: HostStatus, now: HostStatus): readonly Notice[] {
  if (now.phase !== 'live') return [];
  const known = new Set(before.phase === 'live' ? before.waiting.map(({ id }) => id) : []);
  return now.waiting
    .filter(({ id }) => !known.has(id))
    .map(({ name }) => ({ kind: 'waiting' as const, name }));
}

/** Whether the public link worked and no longer does. */
export function lostTunnel(before: HostStatus, now: HostStatus): boolean {
  return tunnelOf(before) === 'connected' && hasNoTunnel(now);
}

/** Whether the public link has just got another address than the one that was given out. */
export function movedTunnel(before: HostStatus, now: HostStatus): boolean {
  if (before.phase !== 'live' || now.phase !== 'live' || now.former === null) return false;
  return now.tunnel.phase === 'connected' && before.public?.origin !== now.public?.origin;
}

/** A room that is open, whose public link does not work at present. */
export const hasNoTunnel = (status: HostStatus): boolean => {
  const phase = tunnelOf(status);
  return phase === 'connecting' || phase === 'waiting' || phase === 'failed';
};

const tunnelOf = (status: HostStatus): TunnelStatus['phase'] | null =>
  status.phase === 'live' ? status.tunnel.phase : null;

/** @param withText whether the person wants to see what was written */
export function noticeWords(notice: Notice, t: NativeTexts, withText: boolean): NoticeWords {
  switch (notice.kind) {
    case 'joined':
    case 'waiting': {
      const name = notice.name === null ? null : harmless(notice.name);
      const { kind } = notice;
      return { title: name === null ? t(`notice.${kind}-unnamed`) : t(`notice.${kind}`, { name }), body: '' };
    }
    case 'mentioned':
    case 'offered': {
      const name = harmless(notice.name);
      const { kind } = notice;
      return {
        title: name === null ? t(`notice.${kind}-unnamed`) : t(`notice.${kind}`, { name }),
        body: withText ? (harmless(notice.text) ?? '').slice(0, BODY_MAX_UNITS) : '',
      };
    }
    case 'tunnel-lost':
    case 'tunnel-moved':
      return { title: t(`notice.${notice.kind}`), body: t(`notice.${notice.kind}-text`) };
    default:
      return assertNever(notice);
  }
}

/**
 * What somebody else wrote, for a notification. Desktops on Linux read links and pictures out of one, as far as it holds
 * tags, and differ in whether they undo an escaped one; so there are none.
 */
const harmless = (text: string): string | null => displayName(text.replaceAll('<', '‹').replaceAll('>', '›'));
