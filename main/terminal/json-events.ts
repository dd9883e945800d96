/** Owns the events of `--json`: what changed between two snapshots, one object a line. */

import type {
  HostErrorCode,
  HostSnapshot,
  LiveStatus,
  TunnelErrorCode,
  TunnelProviderName,
  TunnelStatus,
} from '../common/host-api/snapshot.ts';
import { assertNever } from '../common/result.ts';

export type JsonEvent =
  /** Once, and again whenever the room has a new link; `invite` is the one for this computer. */
  | {
      readonly event: 'live';
      readonly pid: number;
      readonly port: number;
      readonly invite: string;
      /** The same link under the addresses that were added, and those of the local network. */
      readonly others?: readonly string[];
      /** The room was cut off before, and goes on. */
      readonly resumed?: true;
    }
  | { readonly event: 'tunnel'; readonly phase: 'connecting'; readonly provider?: TunnelProviderName }
  | {
      readonly event: 'tunnel';
      readonly phase: 'connected';
      /** Named where it is not the chosen one. */
      readonly provider?: TunnelProviderName;
      readonly url: string;
      readonly invite: string;
      /** The address that leads here no more. */
      readonly former?: string;
    }
  | {
      readonly event: 'tunnel';
      readonly phase: 'waiting' | 'failed';
      readonly provider?: TunnelProviderName;
      readonly code: TunnelErrorCode;
      readonly former?: string;
    }
  | { readonly event: 'participants'; readonly count: number }
  /** So many wait to be let in. */
  | { readonly event: 'waiting'; readonly count: number }
  | { readonly event: 'failed'; readonly code: HostErrorCode }
  | { readonly event: 'stopped' };

export function formatEvent(event: JsonEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** Tells what a running host has to say; how it ends (`failed`, `stopped`) is told by whoever ran it. */
export class JsonEvents {
  readonly #pid: number;
  #last: LiveStatus | null = null;

  constructor(pid: number) {
    this.#pid = pid;
  }

  next({ status }: HostSnapshot): JsonEvent[] {
    if (status.phase !== 'live') return [];
    const last = this.#last;
    this.#last = status;
    const events: JsonEvent[] = [];
    const hasNewLink = last?.local.invite !== status.local.invite;
    if (hasNewLink) {
      const { port, local, resumed } = status;
      const others = invitesElsewhere(status);
      events.push({
        ...{ event: 'live', pid: this.#pid, port, invite: local.invite },
        ...(others.length > 0 && { others }),
        ...(resumed && { resumed }),
      });
    }
    const carriesLink = status.tunnel.phase === 'connected';
    if (!isSame(last?.tunnel ?? { phase: 'off' }, status.tunnel) || (hasNewLink && carriesLink)) {
      events.push(...tunnelEvents(status));
    }
    if ((last?.participants.length ?? 0) !== status.participants.length) {
      events.push({ event: 'participants', count: status.participants.length });
    }
    if ((last?.waitingCount ?? 0) !== status.waitingCount) {
      events.push({ event: 'waiting', count: status.waitingCount });
    }
    return events;
  }
}

/** What neither `invite` nor an event of the tunnel tells; without a tunnel, an added address is the public one. */
function invitesElsewhere({ public: best, others, tunnel }: LiveStatus): readonly string[] {
  const links = best === null ? others : [best, ...others];
  const isTunnel = (origin: string) => tunnel.phase === 'connected' && origin === tunnel.url;
  return links.filter(({ origin }) => !isTunnel(origin)).map(({ invite }) => invite);
}

function isSame(a: TunnelStatus, b: TunnelStatus): boolean {
  if (a.phase === 'connected' && b.phase === 'connected') return a.url === b.url;
  if (a.phase === 'waiting' && b.phase === 'waiting') return a.code === b.code;
  return a.phase === b.phase;
}

function tunnelEvents({ tunnel, public: link, former }: LiveStatus): JsonEvent[] {
  const whose = tunnel.phase !== 'off' && tunnel.substitute ? { provider: tunnel.substitute.provider } : {};
  const lost = former ? { former: former.origin } : {};
  switch (tunnel.phase) {
    case 'off':
      return [];
    case 'connecting':
      return [{ event: 'tunnel', phase: tunnel.phase, ...whose }];
    case 'connected':
      return link
        ? [{ event: 'tunnel', phase: tunnel.phase, url: tunnel.url, invite: link.invite, ...whose, ...lost }]
        : [];
    case 'waiting':
    case 'failed':
      return [{ event: 'tunnel', phase: tunnel.phase, code: tunnel.code, ...whose, ...lost }];
    default:
      return assertNever(tunnel);
  }
}
