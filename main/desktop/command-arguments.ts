/** Owns the shapes the window's commands may have: what a compromised page sends instead never reaches the host core. */

import * as v from 'valibot';
import { type HostCommands, INVITATION_LIFETIMES_MS } from '../common/host-api/host-api.ts';
import { ID_BYTES } from '../common/protocol/limits.ts';
import { preferencesChangeSchema } from '../settings.ts';

const ADDRESS_MAX_UNITS = 2_048;

const address = v.pipe(v.string(), v.maxLength(ADDRESS_MAX_UNITS));

/** base64url of an id of the wire. */
const participantId = v.pipe(v.string(), v.length(Math.ceil((ID_BYTES * 4) / 3)), v.regex(/^[\w-]+$/));
const invitationId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const invitationRequest = v.variant('kind', [
  v.strictObject({ kind: v.literal('one-time') }),
  v.strictObject({ kind: v.literal('expiring'), lifetimeMs: v.picklist(INVITATION_LIFETIMES_MS) }),
]);

/** For each command, its whole argument list. */
export const commandArguments = {
  snapshot: v.strictTuple([]),
  start: v.strictTuple([]),
  stop: v.strictTuple([]),
  setPreferences: v.strictTuple([preferencesChangeSchema]),
  addOrigin: v.strictTuple([address]),
  newLink: v.strictTuple([]),
  createInvitation: v.strictTuple([invitationRequest]),
  revokeInvitation: v.strictTuple([invitationId]),
  removeParticipant: v.strictTuple([participantId]),
  shutOutWaiting: v.strictTuple([]),
  copyInvite: v.strictTuple([address]),
  openInvite: v.strictTuple([address]),
} as const satisfies { [Name in keyof HostCommands]: v.GenericSchema<unknown, unknown[]> };
