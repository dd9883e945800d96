/** Owns the host's commands: one table from name to arguments, from which types, argument check, bridge and IPC follow. */

import * as v from 'valibot';
import { ID_BYTES, LINK_TEXT_MAX_UNITS } from '../protocol/limits.ts';
import type { IceServer } from '../protocol/messages.ts';
import type { Result } from '../result.ts';
import { preferencesChangeSchema } from './preferences.ts';
import {
  type ChosenRelayFolder,
  type RelaySetupFault,
  typedRelaySchema,
  type WrittenRelay,
} from './relay-setup.ts';
import { type HostErrorCode, INVITATION_LIFETIMES_MS } from './snapshot.ts';
import { turnServerSchema } from './turn-server.ts';
import { UPDATE_ACTIONS, type WindowSnapshot } from './updates.ts';

const address = v.pipe(v.string(), v.maxLength(LINK_TEXT_MAX_UNITS));

/** base64url of an id of the wire. */
export const participantId = v.pipe(v.string(), v.length(Math.ceil((ID_BYTES * 4) / 3)), v.regex(/^[\w-]+$/));
const invitationId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What a link besides the room's own is good for: the first who joins with it, or everybody until a time. */
const invitationRequest = v.variant('kind', [
  v.strictObject({ kind: v.literal('one-time') }),
  v.strictObject({ kind: v.literal('expiring'), lifetimeMs: v.picklist(INVITATION_LIFETIMES_MS) }),
]);
export type InvitationRequest = v.InferOutput<typeof invitationRequest>;

/** What the host may have done about links, and about people because of them. */
const linkCommand = v.variant('type', [
  /** A new link for the room: the one before lets nobody new in, those inside stay. */
  v.strictObject({ type: v.literal('new-link') }),
  /** A link besides the room's own. */
  v.strictObject({ type: v.literal('invite'), request: invitationRequest }),
  v.strictObject({ type: v.literal('revoke'), invitation: invitationId }),
  /** Puts somebody out and ends the links they came with; if the room's own is among them, there is a new one. */
  v.strictObject({ type: v.literal('remove'), participant: participantId }),
  /** Puts out whoever has the page open and has not joined, and ends the links they came with, as above. */
  v.strictObject({ type: v.literal('shut-out') }),
  /** The call is over for everybody; the room stays open, empty, with a new link. */
  v.strictObject({ type: v.literal('end') }),
]);
export type LinkCommand = v.InferOutput<typeof linkCommand>;

/** What the host may have done about the door, and about who waits there. */
const doorCommand = v.variant('type', [
  /** Nobody new comes in, and who waits is told so; those inside, and those who come back to their place, do not notice. */
  v.strictObject({ type: v.literal('lock') }),
  v.strictObject({ type: v.literal('unlock') }),
  /** Whether whoever comes has to be let in; switched off, who waits comes in. */
  v.strictObject({ type: v.literal('lobby'), on: v.boolean() }),
  /** Lets in somebody who waits. */
  v.strictObject({ type: v.literal('admit'), participant: participantId }),
  v.strictObject({ type: v.literal('refuse'), participant: participantId }),
]);
export type DoorCommand = v.InferOutput<typeof doorCommand>;

/** Whether those inside may send files to each other. */
const filesCommand = v.strictObject({ type: v.literal('files'), on: v.boolean() });

/** What the host may have the room do. It travels whole to the room, which carries it out. */
const roomCommand = v.variant('type', [linkCommand, doorCommand, filesCommand]);
export type RoomCommand = v.InferOutput<typeof roomCommand>;

export const isRoomCommand = (value: unknown): value is RoomCommand => v.is(roomCommand, value);

/** Each command with its whole argument list: what comes in another shape never reaches the host core. */
const commandArguments = {
  snapshot: v.strictTuple([]),
  /** Starts hosting with the preferences as they are. */
  start: v.strictTuple([]),
  /** Opens the room that was cut off, as it was. */
  goOn: v.strictTuple([]),
  /** Forgets that room for good. */
  startAnew: v.strictTuple([]),
  /** The call is over for everybody, and the room with it. */
  stop: v.strictTuple([]),
  /** Only the server ends: those inside talk on, nobody new comes in, and a room that is kept can be gone on with. */
  stopServer: v.strictTuple([]),
  setPreferences: v.strictTuple([preferencesChangeSchema]),
  /** Adds a TURN server, or replaces the one at that address. */
  addTurnServer: v.strictTuple([turnServerSchema]),
  /** By its address. */
  removeTurnServer: v.strictTuple([address]),
  /** Asks for credentials to test the one at that address with. */
  turnTestAccess: v.strictTuple([address]),
  /** Has the person choose the folder for a relay's files, in the system's own dialog; null where they choose none. */
  chooseRelayFolder: v.strictTuple([]),
  /** Writes the files for a relay into the folder that was chosen last. */
  writeRelay: v.strictTuple([typedRelaySchema]),
  /** Shows in the system's file manager what was written last. */
  showRelay: v.strictTuple([]),
  /** Adds the relay that was written last to the TURN servers, with its secret. */
  addRelay: v.strictTuple([]),
  /** Adds the address of a tunnel or proxy started by hand, while live. */
  addOrigin: v.strictTuple([address]),
  /** Has the room do something, while live. */
  room: v.strictTuple([roomCommand]),
  /** Goes to the call of the own room, in the app itself. */
  talkHere: v.strictTuple([]),
  /** Goes to the call of the link in this text, in a window of its own. */
  joinCall: v.strictTuple([address]),
  /** Puts one of the snapshot's invites on the clipboard. */
  copyInvite: v.strictTuple([address]),
  /** Opens one of the snapshot's invites in the person's browser. */
  openInvite: v.strictTuple([address]),
  /** Whether the system starts the app at login: its answer of this moment. */
  startsAtLogin: v.strictTuple([]),
  /** Has it do so, or not. */
  setStartAtLogin: v.strictTuple([v.boolean()]),
  /** Has something done about updates. */
  update: v.strictTuple([v.picklist(UPDATE_ACTIONS)]),
};

export type HostCommandName = keyof typeof commandArguments;

/** What Object.keys gives is declared as any strings. */
export const HOST_COMMANDS = Object.keys(commandArguments) as readonly HostCommandName[];

type CommandArguments = {
  readonly [Name in HostCommandName]: v.InferOutput<(typeof commandArguments)[Name]>;
};

type ArgumentsSchema<Name extends HostCommandName> = v.GenericSchema<unknown, CommandArguments[Name]>;

/** A command's outcome: failures are returned, for only a message survives a throw across processes. */
export type CommandResult = Result<null, HostErrorCode>;

/** Of the commands that are questions. */
interface CommandAnswers {
  readonly snapshot: WindowSnapshot;
  readonly startsAtLogin: Result<boolean, HostErrorCode>;
  readonly turnTestAccess: Result<IceServer, HostErrorCode>;
  readonly chooseRelayFolder: Result<ChosenRelayFolder | null, HostErrorCode>;
  readonly writeRelay: Result<WrittenRelay, RelaySetupFault | HostErrorCode>;
}

export type HostCommands = {
  readonly [Name in HostCommandName]: (
    ...args: CommandArguments[Name]
  ) => Promise<Name extends keyof CommandAnswers ? CommandAnswers[Name] : CommandResult>;
};

/** The arguments of a command, or null where they are not of its shape. */
export function parseCommandArguments<Name extends HostCommandName>(
  name: Name,
  args: unknown,
): CommandArguments[Name] | null {
  const schemas: { readonly [Each in HostCommandName]: ArgumentsSchema<Each> } = commandArguments;
  const parsed = v.safeParse<ArgumentsSchema<Name>>(schemas[name], args);
  return parsed.success ? parsed.output : null;
}

/** `window.host` in the window. */
export interface HostBridge extends HostCommands {
  /** Calls back with each new snapshot until the returned function is called. */
  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void;
}

/** IPC channel of a command, and of the one event. */
export const commandChannel = (name: HostCommandName): string => `host:${name}`;
export const SNAPSHOT_CHANNEL = 'host:snapshot-changed';
