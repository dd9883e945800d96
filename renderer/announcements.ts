/** Owns the announcements to screen readers of what nobody clicked for; failures that are final speak for themselves. */

import type {
  HostSnapshot,
  HostStatus,
  LiveStatus,
  WaitingPerson,
} from '../main/common/host-api/snapshot.ts';
import type { WindowTexts } from './i18n/texts.ts';
import { fragmentOf } from './invitations.ts';
import { announcedName, marksOf } from './participant-names.ts';

/** Sentences for what changed from one snapshot to the next, most important first. */
export function windowAnnouncements(before: HostSnapshot, after: HostSnapshot, t: WindowTexts): string[] {
  const was = before.status;
  const is = after.status;
  const sentences: string[] = [];
  if (is.phase === 'live' && was.phase !== 'live') sentences.push(t('announce.live'));
  if (is.phase === 'idle' && was.phase !== 'idle') sentences.push(t('announce.closed'));
  if (is.phase !== 'live') return sentences;

  if (is.public && is.public.origin !== publicOrigin(was))
    sentences.push(t(is.former ? 'announce.moved' : 'announce.public'));
  if (was.phase === 'live') sentences.push(...linkChanges(was, is, t));
  const problem = tunnelProblem(is);
  if (problem && problem !== tunnelProblem(was)) sentences.push(t(`tunnel-error.${problem}`));
  sentences.push(...attendanceChanges(was, is, t));
  return sentences;
}

const publicOrigin = (status: HostStatus) => (status.phase === 'live' ? status.public?.origin : undefined);

function linkChanges(was: LiveStatus, is: LiveStatus, t: WindowTexts): string[] {
  const ended = was.invitations.filter(({ id }) => !is.invitations.some((other) => other.id === id));
  return [
    ...(fragmentOf(was.local) === fragmentOf(is.local) ? [] : [t('announce.new-link')]),
    ...(ended.length > 0 ? [t('announce.invitations-ended', { count: ended.length })] : []),
  ];
}

function tunnelProblem(status: HostStatus) {
  if (status.phase !== 'live') return null;
  return status.tunnel.phase === 'waiting' ? status.tunnel.code : null;
}

/** Worse only: that fewer wait or report calls for nothing. */
function attendanceChanges(was: HostStatus, is: LiveStatus, t: WindowTexts): string[] {
  const before =
    was.phase === 'live' ? was : { participants: [], onlookers: 0, waiting: [], waitingCount: 0 };
  const namesOf = (participants: readonly WaitingPerson[]) => {
    const marks = marksOf(participants, t);
    return (person: WaitingPerson) => announcedName(person, marks.get(person.id), t);
  };
  const [earlierName, name] = [namesOf(before.participants), namesOf(is.participants)];
  const earlier = new Map(before.participants.map((person) => [person.id, person]));
  const reported = is.participants.filter(({ id, reports }) => reports > (earlier.get(id)?.reports ?? 0));
  // Who waits may have the name of somebody inside.
  const waitingName = namesOf([...is.participants, ...is.waiting]);
  const asking = missingFrom(before.waiting, is.waiting);
  return [
    ...asking.map((person) => t('announce.waits', { name: waitingName(person) })),
    ...(asking.length === 0 && is.waitingCount > before.waitingCount
      ? [t('room.waiting', { count: is.waitingCount })]
      : []),
    ...missingFrom(before.participants, is.participants).map((person) =>
      t('announce.joined', { name: name(person) }),
    ),
    ...missingFrom(is.participants, before.participants).map((person) =>
      t('announce.left', { name: earlierName(person) }),
    ),
    ...reported.map((person) => `${name(person)}: ${t('room.reports', { count: person.reports })}`),
    ...(is.onlookers > before.onlookers ? [t('room.onlookers', { count: is.onlookers })] : []),
  ];
}

/** Those of `now` whose id is not among `known`. */
function missingFrom(known: readonly WaitingPerson[], now: readonly WaitingPerson[]): WaitingPerson[] {
  const ids = new Set(known.map(({ id }) => id));
  return now.filter(({ id }) => !ids.has(id));
}
