/** Owns the log the page keeps in memory, for a report its person may one day send: the newest entries, codes and counts only. */

import type { LogFields, Logger, LogLevel } from '../../main/common/logger.ts';
import type { ClockMs } from '../../main/common/platform.ts';

/** A call of an hour in a bad network; about 50 kB. */
export const LOG_ENTRIES_MAX = 500;

export interface LogEntry {
  /** On the clock of the page. */
  readonly atMs: number;
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** Plain lower-case words with hyphens: no name, address, description or key is spelled so. */
const CODE = /^[a-z][a-z0-9]{0,19}(?:-[a-z0-9]{1,20}){0,5}$/;
/** A second line of defence: callers log codes only. */
export const MASKED = 'masked';

export class LogRing implements Logger {
  readonly #clock: ClockMs;
  #entries: LogEntry[] = [];

  constructor(clock: ClockMs) {
    this.#clock = clock;
  }

  /** The oldest first. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  debug(event: string, fields?: LogFields): void {
    this.#write('debug', event, fields);
  }

  info(event: string, fields?: LogFields): void {
    this.#write('info', event, fields);
  }

  warn(event: string, fields?: LogFields): void {
    this.#write('warn', event, fields);
  }

  error(event: string, fields?: LogFields): void {
    this.#write('error', event, fields);
  }

  #write(level: LogLevel, event: string, fields: LogFields = {}): void {
    const masked = Object.entries(fields).map(([name, value]) => [maskedCode(name), maskedValue(value)]);
    const entry = {
      atMs: this.#clock(),
      level,
      event: maskedCode(event),
      fields: Object.fromEntries(masked),
    };
    this.#entries = [...this.#entries, entry].slice(-LOG_ENTRIES_MAX);
  }
}

const maskedCode = (text: string): string => (CODE.test(text) ? text : MASKED);

function maskedValue(value: LogFields[string]): LogFields[string] {
  return typeof value === 'string' ? maskedCode(value) : value;
}
