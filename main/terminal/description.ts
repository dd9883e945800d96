/** Owns what a person reads about the host: a snapshot put into words, before any layout. */

import type { HostSnapshot, HostStatus, InviteLink, TunnelChoice, TunnelStatus } from '../common/host-api.ts';
import { plainText } from './plain-text.ts';
import type { TranslateTerminal } from './texts.ts';

export interface DescribedLink {
  readonly caption: string;
  readonly invite: string;
}

export interface Description {
  readonly title: string;
  readonly notices: readonly string[];
  /** The best link first. */
  readonly links: readonly DescribedLink[];
  /** The link worth a QR code: one that another device can open. */
  readonly phoneLink: string | null;
  readonly tunnel: string | null;
  readonly room: readonly string[];
}

type LiveStatus = Extract<HostStatus, { phase: 'live' }>;

export function describeHost(
  { status, notices }: HostSnapshot,
  provider: TunnelChoice,
  t: TranslateTerminal,
): Description {
  const title = t('title', { phase: t(`host-phase.${status.phase}`) });
  const described = { title, notices: notices.map((code) => t(`notice.${code}`)) };
  if (status.phase !== 'live') return { ...described, links: [], phoneLink: null, tunnel: null, room: [] };
  return {
    ...described,
    links: describeLinks(status, t),
    phoneLink: (status.public ?? status.others[0])?.invite ?? null,
    tunnel: status.tunnel.phase === 'off' ? null : describeTunnel(status.tunnel, provider, t),
    room: describeRoom(status, t),
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

function describeTunnel(status: TunnelStatus, provider: TunnelChoice, t: TranslateTerminal): string {
  const seconds = status.phase === 'waiting' ? Math.ceil(status.retryInMs / 1_000) : 0;
  const phase = t(`tunnel-phase.${status.phase}`, { seconds });
  const reason = 'code' in status ? ` ${t(`tunnel-error.${status.code}`)}` : '';
  return t('tunnel', { provider, state: phase + reason });
}

function describeRoom({ participants, capacity }: LiveStatus, t: TranslateTerminal): string[] {
  if (participants.length === 0) return [t('room.empty')];
  const names = participants.map(
    ({ name }) => (name === null ? '' : plainText(name)) || t('room.name-hidden'),
  );
  return [t('room.title', { count: participants.length, capacity }), ...names.map((name) => `  ${name}`)];
}
