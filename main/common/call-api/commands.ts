/** Owns what a call's page in the app asks of it: one table from name to arguments, from which types, argument check, bridge and IPC follow. */

import * as v from 'valibot';
import { participantId } from '../host-api/commands.ts';
import type { LiveStatus } from '../host-api/snapshot.ts';
import { FILE_NAME_MAX_UNITS, FILE_SIZE_MAX } from '../protocol/file-limits.ts';

import { CAPACITY_MAX, LINK_TEXT_MAX_UNITS, NAME_MAX_UNITS, SAVE_TOKEN_BYTES } from '../protocol/limits.ts';
import { binaryOf } from '../protocol/messages.ts';
import type { Result } from '../result.ts';
import { type GlobalKeyState, placedKey } from './global-key.ts';

/** What the page says of its call, for the tray, the badge, and who closes its window. */
const callReport = v.strictObject({
  call: v.picklist(['out', 'joining', 'joined']),
  /** The own one. */
  microphone: v.picklist(['open', 'muted', 'none']),
  /** How many others have a place. */
  others: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(CAPACITY_MAX)),
});
export type CallReport = v.InferOutput<typeof callReport>;
const text = v.pipe(v.string(), v.maxLength(LINK_TEXT_MAX_UNITS));
const name = v.pipe(v.string(), v.maxLength(NAME_MAX_UNITS));

/** Something that may be worth a notification; main decides. */
const callNotice = v.variant('kind', [
  v.strictObject({ kind: v.literal('joined'), name }),
  v.strictObject({ kind: v.literal('mentioned'), name, text }),
  /** A file, called so. */
  v.strictObject({ kind: v.literal('offered'), name, text }),
]);
export type CallNotice = v.InferOutput<typeof callNotice>;

/** A file in the page's own memory or storage that is to be saved. */
const fileToSave = v.strictObject({
  /** As the page has made it, and presses a link to it once this is answered. */
  url: v.pipe(v.string(), v.regex(/^blob:app:\/\/call\/[\da-f-]{36}$/)),
  name: v.pipe(v.string(), v.maxLength(FILE_NAME_MAX_UNITS)),
  size: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(FILE_SIZE_MAX)),
});
export type FileToSave = v.InferOutput<typeof fileToSave>;
/** Stands for a file that is being saved, or was; the page is told no path, and names none. */
const saveToken = binaryOf(SAVE_TOKEN_BYTES);

const commandArguments = {
  /** The link to pass on, or null where there is none. */
  invite: v.strictTuple([]),
  report: v.strictTuple([callReport]),
  notify: v.strictTuple([callNotice]),
  /** The key that works while another program has the focus, listened for in a call only; null: none. */
  setGlobalKey: v.strictTuple([v.nullable(placedKey)]),
  /** Goes to the call of another link. */
  join: v.strictTuple([text]),
  /** Puts a text on the clipboard. */
  copy: v.strictTuple([text]),
  /** How the own room's door stands, and who waits there; null where the call is another room's. */
  door: v.strictTuple([]),
  /** Lets nobody new into the own room, or again whoever has a link. */
  setLocked: v.strictTuple([v.boolean()]),
  /** Whether who comes to the own room waits to be let in. */
  setLobby: v.strictTuple([v.boolean()]),
  /** Lets in somebody who waits at the own room. */
  admit: v.strictTuple([participantId]),
  refuse: v.strictTuple([participantId]),
  /** What lets this load of the page past the own room's door; null where the call is another room's. */
  resume: v.strictTuple([]),
  /** Lets one download of this go to the folder of downloads, and answers with its token. */
  announceSave: v.strictTuple([fileToSave]),
  /** Answers once the file is in the folder, with the name it has there, or is not. */
  saved: v.strictTuple([saveToken]),
  /** Shows it there, in the system's own file manager. */
  showSaved: v.strictTuple([saveToken]),
};

export type CallCommandName = keyof typeof commandArguments;

/** What Object.keys gives is declared as any strings. */
export const CALL_COMMANDS = Object.keys(commandArguments) as readonly CallCommandName[];

type CallCommandArguments = {
  readonly [Name in CallCommandName]: v.InferOutput<(typeof commandArguments)[Name]>;
};

type ArgumentsSchema<Name extends CallCommandName> = v.GenericSchema<unknown, CallCommandArguments[Name]>;

/** Why a command was not carried out. */
export type CallErrorCode =
  | 'bad-options'
  | 'bad-link'
  | 'stayed'
  | 'room-full'
  /** There is no folder of downloads that could be written to. */
  | 'no-folder'
  | 'no-space'
  | 'unavailable'
  | 'internal';

export type CallCommandResult<Value = null> = Result<Value, CallErrorCode>;

/** The own room's door, as its host sees it in the call. */
export type OwnDoor = Pick<LiveStatus, 'locked' | 'lobby' | 'waiting'>;

/** A `resume` drawn ahead for the host's own page, and the key of the host that takes it; base64url. */
export interface OwnResume {
  readonly token: string;
  readonly hostKey: string;
}

/** What a command answers with, where that is more than that it was done. */
interface CallAnswers {
  invite: string | null;
  setGlobalKey: CallCommandResult<GlobalKeyState>;
  door: OwnDoor | null;
  resume: OwnResume | null;
  announceSave: CallCommandResult<string>;
  saved: CallCommandResult<string>;
}

export type CallCommands = {
  readonly [Name in CallCommandName]: (
    ...args: CallCommandArguments[Name]
  ) => Promise<Name extends keyof CallAnswers ? CallAnswers[Name] : CallCommandResult>;
};

/** The arguments of a command, or null where they are not of its shape. */
export function parseCallArguments<Name extends CallCommandName>(
  command: Name,
  args: unknown,
): CallCommandArguments[Name] | null {
  const schemas: { readonly [Each in CallCommandName]: ArgumentsSchema<Each> } = commandArguments;
  const parsed = v.safeParse<ArgumentsSchema<Name>>(schemas[command], args);
  return parsed.success ? parsed.output : null;
}

/** IPC channel of a command. */
export const callChannel = (command: CallCommandName): string => `call:${command}`;
