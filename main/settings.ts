/** Owns the settings file: read through a schema, kept aside when damaged, written whole or not at all. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import {
  preferenceFields,
  preferencesChangeSchema,
  usableServerSchema,
} from './common/host-api/preferences.ts';
import type { HostPreferences } from './common/host-api/snapshot.ts';
import { ICE_SERVERS_MAX } from './common/protocol/limits.ts';
import type { IceServer } from './common/protocol/messages.ts';
import { fail, ok, type Result } from './common/result.ts';
import { SerialQueue } from './common/timing/serial-queue.ts';
import { isMissing, putAside, replaceFile } from './whole-file.ts';

export const SETTINGS_FILE = 'settings.json';
const FILE_VERSION = 1;

export const DEFAULT_PREFERENCES: HostPreferences = {
  mode: 'group',
  capacity: 6,
  port: 8790,
  tunnel: 'localhost.run',
  otherTunnel: true,
  lan: false,
  keepRoom: false,
  lobby: false,
  iceServers: [{ urls: 'stun:stun.l.google.com:19302' }, { urls: 'stun:stun.cloudflare.com:3478' }],
  language: null,
  notifications: true,
  notificationTexts: false,
};

/** The file: every field may be missing, and fields of a newer program are passed over. */
const fileSchema = v.object({
  version: v.optional(v.literal(FILE_VERSION)),
  mode: v.optional(preferenceFields.mode, DEFAULT_PREFERENCES.mode),
  capacity: v.optional(preferenceFields.capacity, DEFAULT_PREFERENCES.capacity),
  port: v.optional(preferenceFields.port, DEFAULT_PREFERENCES.port),
  tunnel: v.optional(preferenceFields.tunnel, DEFAULT_PREFERENCES.tunnel),
  otherTunnel: v.optional(preferenceFields.otherTunnel, DEFAULT_PREFERENCES.otherTunnel),
  lan: v.optional(preferenceFields.lan, DEFAULT_PREFERENCES.lan),
  keepRoom: v.optional(preferenceFields.keepRoom, DEFAULT_PREFERENCES.keepRoom),
  lobby: v.optional(preferenceFields.lobby, DEFAULT_PREFERENCES.lobby),
  /** What is no server is left out, and stays in the file. */
  iceServers: v.optional(v.array(v.unknown()), () => [...DEFAULT_PREFERENCES.iceServers]),
  language: v.optional(preferenceFields.language, DEFAULT_PREFERENCES.language),
  notifications: v.optional(preferenceFields.notifications, DEFAULT_PREFERENCES.notifications),
  notificationTexts: v.optional(preferenceFields.notificationTexts, DEFAULT_PREFERENCES.notificationTexts),
});

/** The only door for a change that comes from the window. */
export function parsePreferencesChange(value: unknown): Result<Partial<HostPreferences>, 'bad-options'> {
  const parsed = v.safeParse(preferencesChangeSchema, value);
  return parsed.success ? ok(parsed.output) : fail('bad-options');
}

export interface ParsedSettings {
  readonly preferences: HostPreferences;
  /** Entries of `iceServers` that no browser would take, or that are too many. */
  readonly leftOut: readonly unknown[];
}

const NO_SETTINGS: ParsedSettings = { preferences: DEFAULT_PREFERENCES, leftOut: [] };

/** What a file's text holds, null when it is damaged. */
export function parseSettings(text: string): ParsedSettings | null {
  try {
    const value: unknown = JSON.parse(text);
    // The schema would take an array for an object without fields.
    if (Array.isArray(value)) return null;
    const parsed = v.safeParse(fileSchema, value);
    if (!parsed.success) return null;
    const { version: _, iceServers: entries, ...others } = parsed.output;
    const usable = entries.filter((entry) => v.is(usableServerSchema, entry)).slice(0, ICE_SERVERS_MAX);
    const leftOut = entries.filter((entry) => !usable.includes(entry as IceServer));
    return { preferences: { ...others, iceServers: usable }, leftOut };
  } catch {
    return null;
  }
}

export interface Settings {
  readonly preferences: HostPreferences;
  /** Whether the file was there but could not be read as settings. */
  readonly damaged: boolean;
  /** Whether the file names a STUN or TURN server that cannot be used. */
  readonly serversLeftOut: boolean;
  /**
   * Holds at once and resolves when it is on the disk. `bad-options`: nothing changed. `not-saved`: it holds, but
   * only until the program ends.
   */
  update(change: Partial<HostPreferences>): Promise<Result<null, 'bad-options' | 'not-saved'>>;
}

/** Reads the settings of a data directory; never fails, for the defaults always do. */
export async function openSettings(directory: string): Promise<Settings> {
  const file = path.join(directory, SETTINGS_FILE);
  const found = await readSettings(file);
  return new SettingsFile(file, found ?? NO_SETTINGS, found === null);
}

/** null when the file is damaged; it has then been put aside under a name that says so. */
async function readSettings(file: string): Promise<ParsedSettings | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return isMissing(error) ? NO_SETTINGS : null;
  }
  const parsed = parseSettings(text);
  if (parsed === null) await putAside(file, 'damaged');
  return parsed;
}

class SettingsFile implements Settings {
  readonly damaged: boolean;
  readonly #file: string;
  readonly #leftOut: readonly unknown[];
  #preferences: HostPreferences;
  /** Two writes at once could leave the older state on the disk. */
  readonly #writes = new SerialQueue();

  constructor(file: string, { preferences, leftOut }: ParsedSettings, damaged: boolean) {
    this.#file = file;
    this.#preferences = preferences;
    this.#leftOut = leftOut;
    this.damaged = damaged;
  }

  get preferences(): HostPreferences {
    return this.#preferences;
  }

  get serversLeftOut(): boolean {
    return this.#leftOut.length > 0;
  }

  async update(change: Partial<HostPreferences>): Promise<Result<null, 'bad-options' | 'not-saved'>> {
    const parsed = parsePreferencesChange(change);
    if (!parsed.ok) return parsed;
    this.#preferences = { ...this.#preferences, ...parsed.value };
    const write = this.#writes.run(() => replaceFile(this.#file, this.#text));
    return write.then(
      () => ok(null),
      () => fail('not-saved'),
    );
  }
  get #text(): string {
    const iceServers = [...this.#preferences.iceServers, ...this.#leftOut];
    return `${JSON.stringify({ version: FILE_VERSION, ...this.#preferences, iceServers }, null, 2)}\n`;
  }
}
