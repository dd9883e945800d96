/** Owns the log: one JSON object a line with a level, and the masking of whatever must not stand in it. */

import { pino } from 'pino';
import { TUNNEL_DOMAINS } from './common/host-api/snapshot.ts';
import type { LogFields, Logger, LogLevel } from './common/logger.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogThreshold = LogLevel | 'silent';

/** Where finished lines go. */
export interface LogSink {
  write(line: string): void;
}

export const MASK = '[masked]';
const VALUE_MAX_CHARACTERS = 200;

/** What only a session description or a candidate line holds. */
const SESSION_DESCRIPTION = /[\r\n]|\bv=0\b|\ba=[a-z]|\bcandidate:|\bice-(?:ufrag|pwd)\b/i;
const TUNNELS = Object.values(TUNNEL_DOMAINS)
  .flat()
  .map((domain) => domain.replaceAll('.', '\\.'));
const ADDRESSES = [
  /\b(?:https?|wss?|stuns?|turns?):\S+/gi,
  new RegExp(`\\b[\\w-]+(?:\\.[\\w-]+)*\\.(?:${TUNNELS.join('|')})\\b`, 'gi'),
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
  /(?<![\w:])(?:[0-9a-f]{0,4}:){2,}[0-9a-f.]*/gi,
];
/** The token, the shortest secret of ours, has 22 characters. */
const LONG_BASE64URL = /[\w-]{22,}/g;
/** A code of ours may be long, too: plain lower-case words with hyphens. */
const CODE = /^[a-z]+(?:-[a-z]+)+$/;

/** The text with secrets, session descriptions and addresses masked: a second line of defence, callers log codes only. */
export function redact(text: string): string {
  if (SESSION_DESCRIPTION.test(text)) return MASK;
  let clean = text;
  for (const address of ADDRESSES) clean = clean.replace(address, MASK);
  clean = clean.replace(LONG_BASE64URL, (run) => (CODE.test(run) ? run : MASK));
  return clean.slice(0, VALUE_MAX_CHARACTERS);
}

function redactFields(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );
}

/** A logger that writes lines `{"level":"warn","time":"…","event":"…", …fields}` of the given level and above. */
export function createLogger(threshold: LogThreshold, sink: LogSink): Logger {
  const out = pino(
    {
      level: threshold,
      messageKey: 'event',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  );
  const writer =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) =>
      out[level](redactFields(fields), redact(event));
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

/** Lines to standard error; standard output belongs to the host's events. A closed stderr loses lines, no more. */
export function stderrSink(): LogSink {
  const out = pino.destination({ fd: 2, sync: true });
  out.on('error', () => {});
  return out;
}

/** Lines appended to a file that only its owner may read; a full disk loses lines, no more. */
export function fileSink(file: string): LogSink {
  const out = pino.destination({ dest: file, sync: true, mkdir: true, mode: 0o600 });
  out.on('error', () => {});
  return out;
}

/** The threshold a person asked for (environment variable SECRET_CALL_LOG), else the given one. */
export function logThreshold(asked: string | undefined, otherwise: LogThreshold): LogThreshold {
  return LOG_LEVELS.find((level) => level === asked) ?? otherwise;
}
