/** Owns what every part may say to the log: an event code with counts, never prose, secrets, names or addresses. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Codes, counts, durations. A value that could be a secret does not belong here. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
