/** Owns the parsers of what localhost.run and ssh print: address announcements and reasons for failure; pure. */

import { stripVTControlCharacters } from 'node:util';
import { TUNNEL_DOMAINS, type TunnelErrorCode } from '../../common/host-api/snapshot.ts';
import { parseJsonObject } from '../../common/json.ts';

const DOMAINS: readonly string[] = TUNNEL_DOMAINS['localhost.run'];

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ANNOUNCEMENT = /^(\S+) tunneled with tls termination, https:\/\/(\S+)$/;

/**
 * The address that a line of stdout announces, as `https://name`, or null: banner, QR code, anything else.
 * The far end prints `<name> tunneled with tls termination, https://<name>`, or the same as one of two JSON events
 * (localhost.run, docs/cli.md: `--output json`). The banner holds other links, so nothing less than this counts.
 */
export function parseAnnouncement(line: string): string | null {
  const text = stripVTControlCharacters(line).trim();
  return text.startsWith('{') ? parseEvent(text) : parseSentence(text);
}

function parseSentence(text: string): string | null {
  const [, name, linked] = ANNOUNCEMENT.exec(text) ?? [];
  return name !== undefined && name === linked ? toUrl(name) : null;
}

function parseEvent(text: string): string | null {
  const event = parseJsonObject(text);
  if (event === null) return null;
  if (event.type === 'v1.tcpip_forward.register.accepted' && typeof event.data === 'string') {
    return parseSentence(event.data.trim());
  }
  if (event.event === 'tcpip-forward' && event.status === 'success' && typeof event.address === 'string') {
    return toUrl(event.address);
  }
  return null;
}

function toUrl(name: string): string | null {
  const dot = name.indexOf('.');
  const known = LABEL.test(name.slice(0, dot)) && DOMAINS.includes(name.slice(dot + 1));
  return known ? `https://${name}` : null;
}

/** In order: the first that fits names the reason. The texts are OpenSSH's (ssh.c, sshconnect.c, clientloop.c). */
const REASONS: readonly (readonly [RegExp, TunnelErrorCode])[] = [
  // Before it connects to anybody: the account it runs under, its options, its libraries.
  [/No user exists for uid|You don't exist, go away/i, 'ssh-no-account'],
  [/^command-line:? line \d+|Bad configuration option|(?:unknown|illegal) option -- /i, 'ssh-unusable'],
  [
    /error while loading shared libraries|symbol lookup error|^dyld\b|OpenSSL version mismatch/i,
    'ssh-unusable',
  ],
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/i, 'host-key-mismatch'],
  [/host key is known for .* strict checking|no matching host key type found/i, 'host-key-mismatch'],
  [/Could not resolve hostname/i, 'network-unreachable'],
  [/Network is (?:unreachable|down)|No route to host|Host is (?:down|unreachable)/i, 'network-unreachable'],
  [/Can(?:'t|not) assign requested address/i, 'network-unreachable'],
  [/(?:Connection|Operation) timed out|Timeout, server .* not responding/i, 'tunnel-timeout'],
  [/remote port forwarding failed|Permission denied|Too many authentication failures/i, 'tunnel-refused'],
  [/Connection (?:refused|reset|closed)/i, 'tunnel-refused'],
];

/** The reason that a line of stderr gives for a session that does not come about, or null. */
export function classifySshError(line: string): TunnelErrorCode | null {
  return REASONS.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}
