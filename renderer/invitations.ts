/** Owns how an invitation is told from another, and how its time is put into words. */

import type { Invitation, InviteLink } from '../main/common/host-api/snapshot.ts';
import type { WindowTexts } from './i18n/texts.ts';

const MARK_CHARACTERS = 4;
const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1_440;

/** The end of the link: enough to find again the one that was sent. */
export const markOf = ({ invite }: InviteLink): string => `…${invite.slice(-MARK_CHARACTERS)}`;

/** What is the same at every address of the room, and changes with a new link. */
export const fragmentOf = ({ origin, invite }: InviteLink): string => invite.slice(origin.length);

/** What the invitation is good for; the last unit is rounded up, so that nothing is ever promised too late. */
export function termsOf(invitation: Invitation, nowMs: number, t: WindowTexts): string {
  if (invitation.kind === 'one-time') return t('invitations.for-one');
  const leftMs = invitation.expiresAtMs - nowMs;
  if (leftMs <= 0) return t('invitations.expired');
  if (leftMs < MINUTE_MS) return t('invitations.expires-soon');
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  if (minutes <= HOUR_MINUTES) return t('invitations.expires-minutes', { count: minutes });
  const hours = Math.ceil(minutes / HOUR_MINUTES);
  if (minutes <= DAY_MINUTES) return t('invitations.expires-hours', { count: hours });
  return t('invitations.expires-days', { count: Math.ceil(minutes / DAY_MINUTES) });
}
