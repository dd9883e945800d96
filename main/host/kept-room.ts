/** Owns the kept room, all that another run of the program needs to go on with a room, and its text: written and read, pure. */

import * as v from 'valibot';
import { type Bytes, fromBase64Url, toBase64Url } from '../common/bytes.ts';
import { preferenceFields } from '../common/host-api/preferences.ts';
import { parseJsonObject } from '../common/json.ts';
import {
  ADDED_ORIGINS_MAX,
  FINGERPRINT_BYTES,
  FORMER_TUNNELS_KEPT_MAX,
  ID_BYTES,
  KEPT_LINKS_MAX,
  KEPT_MEMBERS_MAX,
  LIVE_TOKENS_MAX,
  PRIVATE_KEY_BYTES,
  PUBLIC_KEY_BYTES,
  RESUME_BYTES,
  ROOM_NAME_BOX_BYTES,
  SECRET_BYTES,
  TOKEN_BYTES,
} from '../common/protocol/limits.ts';
import { binaryOf } from '../common/protocol/messages.ts';
import { fail, ok, type Result } from '../common/result.ts';
import type { KeptLink } from '../room/room-events.ts';
import { HostKey } from '../server/host-key.ts';
import type { KeptServer } from '../server/server.ts';
import { checkOptions, type HostOptions, parseOrigin } from './options.ts';

/** Raised with every change of the shape below: what another version kept is no damage. */
const VERSION = 4;

export interface KeptRoom {
  /** The time of day, in milliseconds since 1970. */
  readonly savedAtMs: number;
  /** S. */
  readonly secret: Bytes;
  /** With the port that was in use, and the origins added so far. */
  readonly options: HostOptions;
  readonly server: KeptServer;
}

/** Why a kept room cannot be gone on with; `foreign` if it was sealed by another computer or account. */
export type KeptRoomFault = 'damaged' | 'older-version' | 'newer-version' | 'foreign';

const time = v.pipe(v.number(), v.finite());
const linkId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const terms = v.variant('kind', [
  v.strictObject({ kind: v.literal('main') }),
  v.strictObject({ kind: v.literal('one-time') }),
  v.strictObject({ kind: v.literal('expiring'), expiresAtMs: time }),
]);
const link = v.strictObject({ id: linkId, token: binaryOf(TOKEN_BYTES), terms: v.nullable(terms) });
const member = v.strictObject({
  id: binaryOf(ID_BYTES),
  key: binaryOf(PUBLIC_KEY_BYTES),
  fp: binaryOf(FINGERPRINT_BYTES),
  resume: binaryOf(RESUME_BYTES),
  links: v.pipe(v.array(linkId), v.maxLength(KEPT_LINKS_MAX)),
  name: v.nullable(binaryOf(ROOM_NAME_BOX_BYTES)),
  hasPlace: v.boolean(),
  isLetIn: v.boolean(),
  isHost: v.boolean(),
});
const origin = v.pipe(
  v.string(),
  v.check((text) => {
    const parsed = parseOrigin(text);
    return parsed.ok && parsed.value === text;
  }),
);
const { mode, capacity, port, tunnel, otherTunnel, lan, relayOnly } = preferenceFields;
const options = v.strictObject({
  ...{ mode, capacity, tunnel, otherTunnel, lan, relayOnly },
  port: v.pipe(port, v.minValue(1)),
  origins: v.pipe(v.array(origin), v.maxLength(ADDED_ORIGINS_MAX)),
});

const keptSchema = v.strictObject({
  version: v.literal(VERSION),
  savedAtMs: time,
  secret: binaryOf(SECRET_BYTES),
  hostKey: v.pipe(binaryOf(PRIVATE_KEY_BYTES), v.check(isHostKey)),
  options,
  formerTunnels: v.pipe(v.array(origin), v.maxLength(FORMER_TUNNELS_KEPT_MAX)),
  nowMs: time,
  door: v.strictObject({ locked: v.boolean(), lobby: v.boolean() }),
  files: v.boolean(),
  links: v.pipe(v.array(link), v.maxLength(KEPT_LINKS_MAX)),
  members: v.pipe(v.array(member), v.maxLength(KEPT_MEMBERS_MAX)),
});
type KeptText = v.InferOutput<typeof keptSchema>;

export function formatKept({ savedAtMs, secret, options: of, server }: KeptRoom): string {
  const { places, tokens, hostKey, formerTunnels } = server;
  const { keepRoom: _, lobby: __, files: ___, ...settings } = of;
  const withToken = ({ id, terms: linkTerms }: KeptLink) => {
    const token = tokens.get(id);
    return token ? [{ id, token: toBase64Url(token), terms: linkTerms }] : [];
  };
  const text: KeptText = {
    version: VERSION,
    savedAtMs,
    secret: toBase64Url(secret),
    hostKey: toBase64Url(hostKey),
    options: { ...settings, origins: [...settings.origins] },
    formerTunnels: [...formerTunnels],
    nowMs: places.nowMs,
    door: places.door,
    files: places.files,
    links: places.links.flatMap(withToken),
    members: places.members.slice(0, KEPT_MEMBERS_MAX).map((each) => ({ ...each, links: [...each.links] })),
  };
  return JSON.stringify(text);
}

/** The only door for what lies on the disk. */
export function parseKept(text: string): Result<KeptRoom, Exclude<KeptRoomFault, 'foreign'>> {
  const value = parseJsonObject(text);
  if (value === null) return fail('damaged');
  const versionFault = faultOf(value.version);
  if (versionFault !== null) return fail(versionFault);
  const parsed = v.safeParse(keptSchema, value);
  if (!parsed.success || !fitsTogether(parsed.output)) return fail('damaged');
  const { savedAtMs, secret, hostKey, formerTunnels, nowMs, door, files, links, members } = parsed.output;
  return ok({
    savedAtMs,
    secret: bytesOf(secret),
    options: optionsOf(parsed.output),
    server: {
      hostKey: bytesOf(hostKey),
      tokens: new Map(links.map(({ id, token }) => [id, bytesOf(token)])),
      formerTunnels,
      places: { nowMs, door, files, links: links.map(({ id, terms: of }) => ({ id, terms: of })), members },
    },
  });
}

/** What stands elsewhere in the text, or follows from there being one. */
const optionsOf = ({ options: of, door, files }: KeptText): HostOptions => ({
  ...of,
  lobby: door.lobby,
  files,
  keepRoom: true,
});

function faultOf(version: unknown): Exclude<KeptRoomFault, 'foreign'> | null {
  if (typeof version !== 'number' || !Number.isSafeInteger(version)) return 'damaged';
  if (version === VERSION) return null;
  return version < VERSION ? 'older-version' : 'newer-version';
}

/** A room that could be: one link of its own, nobody twice, no more in than it holds, no link shown that is not known. */
function fitsTogether(kept: KeptText): boolean {
  const { options: of, links, members } = kept;
  const live = links.filter((each) => each.terms !== null);
  const ids = new Set(links.map(({ id }) => id));
  const unique = (texts: readonly (string | number)[]) => new Set(texts).size === texts.length;
  return (
    checkOptions(optionsOf(kept)).ok &&
    live.length <= LIVE_TOKENS_MAX &&
    live.filter((each) => each.terms?.kind === 'main').length === 1 &&
    unique(links.map(({ id }) => id)) &&
    unique(links.map(({ token }) => token)) &&
    unique(members.map(({ id }) => id)) &&
    unique(members.map(({ key }) => key)) &&
    unique(members.map(({ resume }) => resume)) &&
    members.filter(({ hasPlace }) => hasPlace).length <= of.capacity &&
    members.every((each) => each.name === null || (each.hasPlace && each.isLetIn)) &&
    members.every(({ isHost, isLetIn }) => !isHost || isLetIn) &&
    members.every((each) => each.links.every((shown) => ids.has(shown)))
  );
}

/** Not every 32 bytes are the private half of a key. */
function isHostKey(text: string): boolean {
  try {
    return new HostKey(bytesOf(text)).publicKey !== '';
  } catch {
    return false;
  }
}

/** The schema has seen that it is base64url. */
const bytesOf = (text: string): Bytes => fromBase64Url(text) ?? new Uint8Array();
