/** Owns the path that a voice takes: straight, or through whose TURN server (W3C WebRTC Statistics, RTCIceCandidateStats). */

export type ConnectionPath =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'direct' }
  /** `server` is its name, `transport` how this side gets there: null where only the other side uses one, or the browser does not tell. */
  | { readonly kind: 'relayed'; readonly server: string | null; readonly transport: RelayTransport | null };

export type RelayTransport = (typeof TRANSPORTS)[number];

const TRANSPORTS = ['udp', 'tcp', 'tls'] as const;
const UNKNOWN: ConnectionPath = { kind: 'unknown' };
const DIRECT: ConnectionPath = { kind: 'direct' };

type CandidateStats = Readonly<Record<string, unknown>>;

/** @param local, remote the two candidates of the pair that is used */
export function connectionPath(
  local: CandidateStats | undefined,
  remote: CandidateStats | undefined,
): ConnectionPath {
  if (local === undefined || remote === undefined) return UNKNOWN;
  if (local.candidateType === 'relay')
    return {
      kind: 'relayed',
      server: nameIn(local.url),
      transport: TRANSPORTS.find((transport) => transport === local.relayProtocol) ?? null,
    };
  return remote.candidateType === 'relay' ? { kind: 'relayed', server: null, transport: null } : DIRECT;
}

export function isSamePath(a: ConnectionPath, b: ConnectionPath): boolean {
  if (a.kind !== 'relayed' || b.kind !== 'relayed') return a.kind === b.kind;
  return a.server === b.server && a.transport === b.transport;
}

/** RFC 7065: `turn:name:port?transport=…`. */
function nameIn(url: unknown): string | null {
  const [, name] = /^turns?:(\[[\da-f:.]+\]|[^:?]+)/i.exec(String(url)) ?? [];
  return name ?? null;
}
