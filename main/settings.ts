/** Owns the settings file: read through a schema, kept aside when damaged, never overwritten when newer, written whole or not at all. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import {
  preferenceFields,
  preferencesChangeSchema,
  usableServerSchema,
} from './common/host-api/preferences.ts';
import type { HostPreferences } from './common/host-api/snapshot.ts';
import { parseJsonObject } from './common/json.ts';
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
  files: true,
  relayOnly: false,
  iceServers: [{ urls: 'stun:stun.l.google.com:19302' }, { urls: 'stun:stun.cloudflare.com:3478' }],
  language: null,
  notifications: true,
  notificationTexts: false,
  updateChecks: null,
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
  files: v.optional(preferenceFields.files, DEFAULT_PREFERENCES.files),
  relayOnly: v.optional(preferenceFields.relayOnly, DEFAULT_PREFERENCES.relayOnly),
  /** What is no server is left out, and stays in the file. */
  iceServers: v.optional(v.array(v.unknown()), () => [...DEFAULT_PREFERENCES.iceServers]),
  language: v.optional(preferenceFields.language, DEFAULT_PREFERENCES.language),
  notifications: v.optional(preferenceFields.notifications, DEFAULT_PREFERENCES.notifications),
  notificationTexts: v.optional(preferenceFields.notificationTexts, DEFAULT_PREFERENCES.notificationTexts),
  updateChecks: v.optional(preferenceFields.updateChecks, DEFAULT_PREFERENCES.updateChecks),
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
  /** Fields of which this version knows nothing; they stay in the file. */
  readonly unknown: Readonly<Record<string, unknown>>;
  /** Whether a newer version wrote it, so that what this one understands may not be all there is to it. */
  readonly newer: boolean;
}

const NO_SETTINGS: ParsedSettings = {
  preferences: DEFAULT_PREFERENCES,
  leftOut: [],
  unknown: {},
  newer: false,
};

/** What a file's text holds, null when it is damaged. */
export function parseSettings(text: string): ParsedSettings | null {
  const value = parseJsonObject(text);
  if (value === null) return null;
  const newer = isNewer(value.version);
  const parsed = v.safeParse(fileSchema, newer ? understood(value) : value);
  if (!parsed.success) return null;
  const { version: _, iceServers: entries, ...others } = parsed.output;
  const usable = entries.filter((entry) => v.is(usableServerSchema, entry)).slice(0, ICE_SERVERS_MAX);
  const leftOut = entries.filter((entry) => !usable.includes(entry as IceServer));
  const unknown = Object.fromEntries(Object.entries(value).filter(([name]) => !isField(name)));
  return { preferences: { ...others, iceServers: usable }, leftOut, unknown, newer };
}

const isNewer = (version: unknown): boolean =>
  Number.isSafeInteger(version) && Number(version) > FILE_VERSION;

const isField = (name: string): name is keyof typeof fileSchema.entries =>
  Object.hasOwn(fileSchema.entries, name);

/** Of a newer version's fields those that mean something here: the others may have got values of which nothing is known yet. */
const understood = (value: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(value).filter(([name, field]) => isField(name) && v.is(fileSchema.entries[name], field)),
  );

export interface Settings {
  readonly preferences: HostPreferences;
  /** Whether the file was there but could not be read as settings. */
  readonly damaged: boolean;
  /** Whether a newer version's file is there: it stays as it is, and changes hold until the program ends. */
  readonly newer: boolean;
  /** Whether the file names a STUN or TURN server that cannot be used. */
  readonly serversLeftOut: boolean;
  /**
   * Holds at once and resolves when it is on the disk, or where it is not to be. `bad-options`: nothing changed.
   * `not-saved`: it holds, but only until the program ends.
   */
  update(change: Partial<HostPreferences>): Promise<Result<null, 'bad-options' | 'not-saved'>>;
}

/** Reads the settings of a data directory; never fails, for the defaults always do. */
export async function openSettings(directory: string): Promise<Settings> {
  const file = path.join(directory, SETTINGS_FILE);
  const found = await readSettings(file);
  return new SettingsFile(file, found ?? NO_SETTINGS, found === null);
}

/** null when the file is damaged, or not this account's to read; it has then been put aside under a name that says so. */
async function readSettings(file: string): Promise<ParsedSettings | null> {
  let text: string | null = null;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return NO_SETTINGS;
  }
  const parsed = text === null ? null : parseSettings(text);
  if (parsed === null) await putAside(file, 'damaged');
  return parsed;
}

class SettingsFile implements Settings {
  readonly damaged: boolean;
  readonly #file: string;
  readonly #found: ParsedSettings;
  #preferences: HostPreferences;
  /** Two writes at once could leave the older state on the disk. */
  readonly #writes = new SerialQueue();

  constructor(file: string, found: ParsedSettings, damaged: boolean) {
    this.#file = file;
    this.#found = found;
    this.#preferences = found.preferences;
    this.damaged = damaged;
  }

  get preferences(): HostPreferences {
    return this.#preferences;
  }

  get newer(): boolean {
    return this.#found.newer;
  }

  get serversLeftOut(): boolean {
    return this.#found.leftOut.length > 0;
  }

  async update(change: Partial<HostPreferences>): Promise<Result<null, 'bad-options' | 'not-saved'>> {
    const parsed = parsePreferencesChange(change);
    if (!parsed.ok) return parsed;
    this.#preferences = { ...this.#preferences, ...parsed.value };
    if (this.newer) return ok(null);
    const write = this.#writes.run(() => replaceFile(this.#file, this.#text));
    return write.then(
      () => ok(null),
      () => fail('not-saved'),
    );
  }

  get #text(): string {
    const { unknown, leftOut } = this.#found;
    const iceServers = [...this.#preferences.iceServers, ...leftOut];
    const fields = { version: FILE_VERSION, ...unknown, ...this.#preferences, iceServers };
    return `${JSON.stringify(fields, null, 2)}\n`;
  }
}
