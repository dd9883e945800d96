/** Owns the probe of the public address: whether this computer answers there. */

import { parseJsonObject } from '../common/json.ts';
import { type HttpAnswer, httpGet } from './http-get.ts';

/**
 * answering: our own server did. gone: the provider says that it knows no such tunnel. silent: somebody else answered,
 * or nobody. offline: this computer got no name resolved or no packet out, which says nothing about the tunnel.
 */
export type ProbeResult = 'answering' | 'gone' | 'silent' | 'offline';

/** Asks `${origin}/healthz`. Never rejects. */
export type Probe = (origin: string, signal: AbortSignal) => Promise<ProbeResult>;

const PROBE_TIMEOUT_MS = 10_000;

const OFFLINE_ERRORS: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
]);

export const probeOverHttp: Probe = async (origin, signal) => {
  const answer = await httpGet(`${origin}/healthz`, { timeoutMs: PROBE_TIMEOUT_MS, signal });
  if (!answer.ok) return OFFLINE_ERRORS.has(answer.error) ? 'offline' : 'silent';
  return readAnswer(answer.value);
};

function readAnswer({ status, body }: HttpAnswer): ProbeResult {
  if (status === 200 && parseJsonObject(body)?.ok === true) return 'answering';
  return /no tunnel here/i.test(body) ? 'gone' : 'silent';
}
