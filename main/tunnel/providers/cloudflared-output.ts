/** Owns the parsers of cloudflared's output, on its metrics port and on stderr; pure. */

import { TUNNEL_DOMAINS, type TunnelErrorCode } from '../../common/host-api/snapshot.ts';
import { parseJsonObject } from '../../common/json.ts';
import type { HttpAnswer } from '../http-get.ts';

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DOMAINS: readonly string[] = TUNNEL_DOMAINS.cloudflared;

/** `GET /quicktunnel` answers `{"hostname":"…"}`, empty until there is one; the address, or null. */
export function parseQuickTunnel({ status, body }: HttpAnswer): string | null {
  const hostname = status === 200 ? parseJsonObject(body)?.hostname : null;
  if (typeof hostname !== 'string') return null;
  const dot = hostname.indexOf('.');
  const isKnown = LABEL.test(hostname.slice(0, dot)) && DOMAINS.includes(hostname.slice(dot + 1));
  return isKnown ? `https://${hostname}` : null;
}

/** `GET /ready` answers 200 while at least one connection to the edge stands, else 503. */
export function parseReady({ status }: HttpAnswer): boolean {
  return status === 200;
}

/** In order: the first that fits names the reason. The texts are cloudflared's and the Go library's. */
const REASONS: readonly (readonly [RegExp, TunnelErrorCode])[] = [
  [/no such host|server misbehaving|network is unreachable|no route to host/i, 'network-unreachable'],
  [/i\/o timeout|deadline exceeded|Client\.Timeout/i, 'tunnel-timeout'],
  [/too many requests|error code: 1015/i, 'tunnel-busy'],
  [/failed to (?:request|unmarshal) quick tunnel|connection refused/i, 'tunnel-refused'],
];

/** The reason that a line of stderr gives for a tunnel that does not come about, or null. */
export function classifyCloudflaredError(line: string): TunnelErrorCode | null {
  return REASONS.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}
