/** Owns what a screen reader is told about changes nobody clicked for; failures that are final speak for themselves. */

import type { HostSnapshot, HostStatus, Participant } from '../main/common/host-api/host-api.ts';
import type { WindowTexts } from './i18n/texts.ts';
import { fragmentOf } from './invitations.ts';
import { displayName } from './people.ts';

type LiveStatus = Extract<HostStatus, { phase: 'live' }>;

/** Sentences for what changed from one snapshot to the next, most important first. */
export function windowAnnouncements(before: HostSnapshot, after: HostSnapshot, t: WindowTexts): string[] {
  const was = before.status;
  const is = after.status;
  const sentences: string[] = [];
  if (is.phase === 'live' && was.phase !== 'live') sentences.push(t('announce.live'));
  if (is.phase === 'idle' && was.phase !== 'idle') sentences.push(t('announce.closed'));
  if (is.phase !== 'live') return sentences;

  if (is.public && is.public.origin !== publicOrigin(was)) sentences.push(t('announce.public'));
  if (was.phase === 'live') sentences.push(...linkChanges(was, is, t));
  const problem = tunnelProblem(is);
  if (problem && problem !== tunnelProblem(was)) sentences.push(t(`tunnel-error.${problem}`));
  const [earlier, now] = [participants(was), is.participants];
  for (const person of missingFrom(earlier, now))
    sentences.push(t('announce.joined', { name: displayName(person, t) }));
  for (const person of missingFrom(now, earlier))
    sentences.push(t('announce.left', { name: displayName(person, t) }));
  return sentences;
}

const participants = (status: HostStatus) => (status.phase === 'live' ? status.participants : []);

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

/** Those of `now` whose id is not among `known`. */
function missingFrom(known: readonly Participant[], now: readonly Participant[]): Participant[] {
  const ids = new Set(known.map(({ id }) => id));
  return now.filter(({ id }) => !ids.has(id));
}
