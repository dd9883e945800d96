/** Owns which values the preferences may have, in the settings file and in a change that comes from the window. */

import * as v from 'valibot';
import { isIceServer } from '../protocol/ice-server.ts';
import { CAPACITY_MAX, CAPACITY_MIN, ICE_SERVERS_MAX, PORT_MAX } from '../protocol/limits.ts';
import { iceServerSchema } from '../protocol/messages.ts';
import { LANGUAGES } from '../translate.ts';
import { HOST_MODES, type HostPreferences, TUNNEL_CHOICES } from './snapshot.ts';

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** Whether a browser would take it. */
export const usableServerSchema = v.pipe(iceServerSchema, v.check(isIceServer));

export const preferenceFields = {
  mode: v.picklist(HOST_MODES),
  capacity: whole(CAPACITY_MIN, CAPACITY_MAX),
  port: whole(0, PORT_MAX),
  tunnel: v.picklist(TUNNEL_CHOICES),
  otherTunnel: v.boolean(),
  lan: v.boolean(),
  keepRoom: v.boolean(),
  lobby: v.boolean(),
  files: v.boolean(),
  relayOnly: v.boolean(),
  iceServers: v.pipe(v.array(usableServerSchema), v.maxLength(ICE_SERVERS_MAX), v.readonly()),
  language: v.nullable(v.picklist(LANGUAGES)),
  notifications: v.boolean(),
  notificationTexts: v.boolean(),
  updateChecks: v.nullable(v.boolean()),
} satisfies { [Name in keyof HostPreferences]: v.GenericSchema<unknown, HostPreferences[Name]> };

export const preferencesChangeSchema = v.strictObject({
  mode: v.exactOptional(preferenceFields.mode),
  capacity: v.exactOptional(preferenceFields.capacity),
  port: v.exactOptional(preferenceFields.port),
  tunnel: v.exactOptional(preferenceFields.tunnel),
  otherTunnel: v.exactOptional(preferenceFields.otherTunnel),
  lan: v.exactOptional(preferenceFields.lan),
  keepRoom: v.exactOptional(preferenceFields.keepRoom),
  lobby: v.exactOptional(preferenceFields.lobby),
  files: v.exactOptional(preferenceFields.files),
  relayOnly: v.exactOptional(preferenceFields.relayOnly),
  iceServers: v.exactOptional(preferenceFields.iceServers),
  language: v.exactOptional(preferenceFields.language),
  notifications: v.exactOptional(preferenceFields.notifications),
  notificationTexts: v.exactOptional(preferenceFields.notificationTexts),
  updateChecks: v.exactOptional(preferenceFields.updateChecks),
});
