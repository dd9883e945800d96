/** Owns the shapes the window's commands may have: what a compromised page sends instead never reaches the host core. */

import * as v from 'valibot';
import type { HostCommands } from '../common/host-api.ts';
import { preferencesChangeSchema } from '../settings.ts';

const ADDRESS_MAX_UNITS = 2_048;

const address = v.pipe(v.string(), v.maxLength(ADDRESS_MAX_UNITS));

/** For each command, its whole argument list. */
export const commandArguments = {
  snapshot: v.strictTuple([]),
  start: v.strictTuple([]),
  stop: v.strictTuple([]),
  setPreferences: v.strictTuple([preferencesChangeSchema]),
  addOrigin: v.strictTuple([address]),
  copyInvite: v.strictTuple([address]),
  openInvite: v.strictTuple([address]),
} as const satisfies { [Name in keyof HostCommands]: v.GenericSchema<unknown, unknown[]> };
