/** Owns what a person reads about the host: a snapshot put into words, before any layout. */

import { missingFor, remedyFor } from '../common/host-api/remedies.ts';
import type {
  FormerAddress,
  HostSnapshot,
  HostSystem,
  Invitation,
  InviteLink,
  LiveStatus,
  TunnelChoice,
  TunnelErrorCode,
  TunnelStatus,
  WaitingPerson,
} from '../common/host-api/snapshot.ts';
import { idsToTellApart } from '../common/names/short-id.ts';
import { displayName } from '../common/names/visible-text.ts';
import type { Language } from '../common/translate.ts';
import type { DisplayNumbers } from './display-numbers.ts';
import type { TranslateTerminal } from './texts.ts';

/** What words depend on besides the snapshot. */
export interface Wording {
  readonly provider: TunnelChoice;
  readonly t: TranslateTerminal;
  readonly language: Language;
  readonly displayNumbers: {
    /** By id. */
    readonly people: DisplayNumbers<string>;
    readonly invitations: DisplayNumbers<number>;
  };
}

export interface DescribedLink {
  readonly caption: string;
  readonly invite: string;
}

export interface Description {
  readonly title: string;
  readonly notices: readonly string[];
  /** The best link first. */
  readonly links: readonly DescribedLink[];
  /** Those besides the room's own, each with its number. */
  readonly invitations: readonly DescribedLink[];
  /** The link worth a QR code: one that another device can open. */
  readonly phoneLink: string | null;
  readonly tunnel: string | null;
  /** The address that leads here no more, and what to do. */
  readonly former: string | null;
  readonly room: readonly string[];
  /** How one comes in, where not everybody does, and who waits for that. */
  readonly door: readonly string[];
}

export function describeHost({ status, notices, system }: HostSnapshot, wording: Wording): Description {
  const { t, provider, displayNumbers } = wording;
  const title = t('title', { phase: t(`host-phase.${status.phase}`) });
  const described = { title, notices: notices.map((code) => t(`notice.${code}`)) };
  if (status.phase !== 'live') {
    return {
      ...described,
      links: [],
      invitations: [],
      phoneLink: null,
      tunnel: null,
      former: null,
      room: [],
      door: [],
    };
  }
  return {
    ...described,
    links: describeLinks(status, t),
    invitations: status.invitations.map((invitation) => describeInvitation(invitation, wording)),
    phoneLink: (status.public ?? status.others[0])?.invite ?? null,
    tunnel: status.tunnel.phase === 'off' ? null : describeTunnel(status.tunnel, provider, system, t),
    former: status.former && describeFormer(status.former, status.tunnel, wording),
    room: describeRoom(status, displayNumbers.people, t),
    door: describeDoor(status, displayNumbers.people, t),
  };
}

function describeLinks(status: LiveStatus, t: TranslateTerminal): DescribedLink[] {
  const named = (key: 'link.public' | 'link.local' | 'link.other') => (link: InviteLink) => ({
    caption: t(key),
    invite: link.invite,
  });
  return [
    ...(status.public ? [status.public] : []).map(named('link.public')),
    named('link.local')(status.local),
    ...status.others.map(named('link.other')),
  ];
}

function describeInvitation(invitation: Invitation, { t, language, displayNumbers }: Wording): DescribedLink {
  const number = displayNumbers.invitations.numberOf(invitation.id);
  const caption =
    invitation.kind === 'one-time'
      ? t('invitation.one-time', { number })
      : t('invitation.expiring', { number, time: timeOfDay(invitation.expiresAtMs, language) });
  return { caption, invite: invitation.link.invite };
}

function describeFormer(
  { origin, sinceMs }: FormerAddress,
  { phase }: TunnelStatus,
  { t, language }: Wording,
): string {
  const words = { origin, time: timeOfDay(sinceMs, language) };
  if (phase !== 'connected') return t('former.lost', words);
  return `${t('former.replaced', words)} ${t('former.send')}`;
}

/** Said as a time and not as a remainder, so that nothing on the screen grows old by itself. */
function timeOfDay(atMs: number, language: Language): string {
  const format = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat(language, { ...format, hourCycle: 'h23' }).format(atMs);
}

/** A name that is harmless to a terminal, or that there is none; with some of the id where others are shown under the same. */
export function plainName(
  person: WaitingPerson,
  others: readonly WaitingPerson[],
  t: TranslateTerminal,
): string {
  const shownName = ({ name }: WaitingPerson) => displayName(name ?? '') ?? t('room.name-hidden');
  const shown = others.map((each) => ({ id: each.id, name: shownName(each) }));
  const mark = idsToTellApart(shown).get(person.id);
  return mark === undefined ? shownName(person) : `${shownName(person)} #${mark}`;
}

function describeTunnel(
  status: TunnelStatus,
  provider: TunnelChoice,
  system: HostSystem,
  t: TranslateTerminal,
): string {
  const seconds = status.phase === 'waiting' ? Math.ceil(status.retryInMs / 1_000) : 0;
  const phase = t(`tunnel-phase.${status.phase}`, { seconds });
  const because = (code: TunnelErrorCode) => {
    const missing = missingFor(code);
    const remedy = missing && remedyFor(missing, system, t);
    return [t(`tunnel-error.${code}`), ...(remedy === null ? [] : [remedy])].join(' ');
  };
  const reason = 'code' in status ? ` ${because(status.code)}` : '';
  const helpless = 'exhausted' in status ? ` ${t('substitute.exhausted')}` : '';
  const substitute = 'substitute' in status ? status.substitute : undefined;
  if (!substitute) return t('tunnel', { provider, state: phase + reason + helpless });
  const told = `${t('substitute.now', { ...substitute })} ${because(substitute.reason)}`;
  return `${t('tunnel', { provider: substitute.provider, state: phase + reason + helpless })} (${told})`;
}

function describeRoom(status: LiveStatus, numbers: DisplayNumbers<string>, t: TranslateTerminal): string[] {
  const { participants, capacity, onlookers } = status;
  const outside = onlookers === 0 ? [] : [t('room.onlookers', { count: onlookers })];
  if (participants.length === 0) return [t('room.empty'), ...outside];
  const people = participants.flatMap((person) => {
    const line = numberedLine(person, everybodyIn(status), numbers, t);
    return person.reports === 0 ? [line] : [line, `     ${t('room.reports', { count: person.reports })}`];
  });
  return [t('room.title', { count: participants.length, capacity }), ...people, ...outside];
}

function describeDoor(status: LiveStatus, numbers: DisplayNumbers<string>, t: TranslateTerminal): string[] {
  const { locked, lobby, files, waiting, waitingCount } = status;
  const door = locked ? [t('room.locked')] : lobby ? [t('room.lobby')] : [];
  const state = files ? door : [...door, t('room.no-files')];
  if (waitingCount === 0) return state;
  const people = waiting.map((person) => numberedLine(person, everybodyIn(status), numbers, t));
  const more = waitingCount - waiting.length;
  const rest = more > 0 && waiting.length > 0 ? [`  ${t('waiting.more', { count: more })}`] : [];
  return [...state, t('room.waiting', { count: waitingCount }), ...people, ...rest];
}

/** Somebody who waits is not to look like another who is in. */
export const everybodyIn = ({ participants, waiting }: LiveStatus): readonly WaitingPerson[] => [
  ...participants,
  ...waiting,
];

function numberedLine(
  person: WaitingPerson,
  others: readonly WaitingPerson[],
  numbers: DisplayNumbers<string>,
  t: TranslateTerminal,
): string {
  return `  ${numbers.numberOf(person.id)}  ${plainName(person, others, t)}`;
}
