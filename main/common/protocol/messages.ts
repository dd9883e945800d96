/** Owns the shape of every message on the WebSocket (PROTOCOL.md tells them in prose). Unknown fields are refused. */

import * as v from 'valibot';
import {
  BOX_MAX_BYTES,
  CAPACITY_MAX,
  CAPACITY_MIN,
  FINGERPRINT_BYTES,
  ICE_CREDENTIAL_MAX_UNITS,
  ICE_SERVERS_MAX,
  ICE_URL_MAX_UNITS,
  ID_BYTES,
  NAME_MAX_UNITS,
  NONCE_BYTES,
  PROOF_BYTES,
  PUBLIC_KEY_BYTES,
  RESUME_BYTES,
  ROOM_NAME_BOX_BYTES,
} from './limits.ts';
import { versionSchema, versionsSchema } from './versions.ts';

/** Last characters that leave no stray bits behind, by the number of bytes in the last group. */
const CANONICAL_END = { 0: '', 1: '[\\w-][AQgw]', 2: '[\\w-]{2}[AEIMQUYcgkosw048]' } as const;

/** base64url of so many bytes, in its one canonical form. */
export function binaryOf(sizeBytes: number) {
  const end = CANONICAL_END[(sizeBytes % 3) as 0 | 1 | 2];
  return v.pipe(v.string(), v.regex(new RegExp(`^[\\w-]{${Math.floor(sizeBytes / 3) * 4}}${end}$`)));
}

const BINARY_CHARACTERS = /^[\w-]*$/;
const CANONICAL_ENDS = new RegExp(`^(?:|${CANONICAL_END[1]}|${CANONICAL_END[2]})$`);

/** Binary of any size. Boxes are long and many: one pass over the characters, then a look at the last group. */
export function isBinary(text: string): boolean {
  return BINARY_CHARACTERS.test(text) && CANONICAL_ENDS.test(text.slice(text.length - (text.length % 4)));
}

export const BOX_MAX_CHARACTERS = Math.ceil((BOX_MAX_BYTES * 4) / 3);

const id = binaryOf(ID_BYTES);
const box = v.pipe(v.string(), v.maxLength(BOX_MAX_CHARACTERS), v.check(isBinary));
const nameBox = binaryOf(ROOM_NAME_BOX_BYTES);
/** What stands in one: the name as the room sees it before a pair's stream does. */
export const roomNameSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(NAME_MAX_UNITS)),
});
const capacity = v.pipe(v.number(), v.integer(), v.minValue(CAPACITY_MIN), v.maxValue(CAPACITY_MAX));

/** Types of the sealed boxes that go between two people; the JSON type of a message equals the box's own. */
export const SIGNAL_TYPES = ['offer', 'answer', 'ice', 'sas', 'chat', 'pair', 'ack'] as const;
export type SignalType = (typeof SIGNAL_TYPES)[number];

export const ERROR_CODES = [
  'bad-message',
  'auth-required',
  'auth-failed',
  'auth-timeout',
  'id-taken',
  'rate-limited',
  'crowded',
  'replaced',
  'unproven',
  'not-joined',
  'unknown-recipient',
] as const;
/** Why the server refused; every code but `not-joined` and `unknown-recipient` is followed by a close. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Close codes of the WebSocket, private range (RFC 6455, section 7.4.2). */
export const CLOSE_CODES = {
  'bad-message': 4400,
  'auth-required': 4401,
  'auth-failed': 4403,
  'auth-timeout': 4408,
  'id-taken': 4409,
  'browser-only': 4406,
  'rate-limited': 4429,
  replaced: 4410,
  kicked: 4411,
  closed: 4412,
  crowded: 4413,
  unproven: 4414,
  version: 4426,
} as const;

export const iceServerSchema = v.strictObject({
  urls: v.pipe(v.string(), v.maxLength(ICE_URL_MAX_UNITS), v.regex(/^(?:stuns?|turns?):[^\s]+$/)),
  username: v.optional(v.pipe(v.string(), v.maxLength(ICE_CREDENTIAL_MAX_UNITS))),
  credential: v.optional(v.pipe(v.string(), v.maxLength(ICE_CREDENTIAL_MAX_UNITS))),
});
/** One STUN or TURN server, in the form RTCPeerConnection takes. */
export type IceServer = v.InferOutput<typeof iceServerSchema>;
const iceServers = v.pipe(v.array(iceServerSchema), v.maxLength(ICE_SERVERS_MAX));
/** Nobody is to learn another's address. */
const relayOnly = v.optional(v.literal(true));
/** Nobody is to send files. */
const files = v.optional(v.literal(false));

export const rosterEntrySchema = v.strictObject({
  id,
  key: binaryOf(PUBLIC_KEY_BYTES),
  fp: binaryOf(FINGERPRINT_BYTES),
  name: nameBox,
});
/** One person in the room as the server tells it: base64url, not believed until recomputed. */
export type RosterEntry = v.InferOutput<typeof rosterEntrySchema>;

const roster = v.pipe(v.array(rosterEntrySchema), v.maxLength(CAPACITY_MAX));

/** An origin as a browser writes it, in ASCII. */
const address = v.pipe(v.string(), v.maxLength(300), v.regex(/^https?:\/\/[a-z0-9.:[\]-]+$/));

/** Last in what the host says once it has proven itself: it covers the text of the frame before it. */
const proof = v.optional(binaryOf(PROOF_BYTES));

const ping = v.strictObject({ type: v.literal('ping') });
const pong = v.strictObject({ type: v.literal('pong') });

export const clientMessageSchema = v.variant('type', [
  // This, `challenge` and `version` are read by all versions, and so never change.
  v.strictObject({
    type: v.literal('hello'),
    versions: versionsSchema,
    key: binaryOf(PUBLIC_KEY_BYTES),
    fp: binaryOf(FINGERPRINT_BYTES),
    nonce: binaryOf(NONCE_BYTES),
    address,
    proof: binaryOf(PROOF_BYTES),
  }),
  v.strictObject({
    type: v.literal('auth'),
    resume: v.optional(binaryOf(RESUME_BYTES)),
  }),
  v.strictObject({ type: v.literal('name'), name: nameBox }),
  v.strictObject({ type: v.picklist(SIGNAL_TYPES), to: id, box }),
  v.strictObject({ type: v.literal('leave') }),
  v.strictObject({ type: v.literal('bye') }),
  v.strictObject({ type: v.literal('report'), id }),
  v.strictObject({ type: v.literal('vouch'), id, word: v.picklist(['there', 'lost', 'unknown']) }),
  ping,
  pong,
]);
/** What a page may send; all but its hello has a proof behind it, which is taken off before this. */
export type ClientMessage = v.InferOutput<typeof clientMessageSchema>;

export const serverMessageSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('challenge'),
    versions: versionsSchema,
    version: versionSchema,
    key: binaryOf(PUBLIC_KEY_BYTES),
    nonce: binaryOf(NONCE_BYTES),
    proof: binaryOf(PROOF_BYTES),
  }),
  v.strictObject({
    type: v.literal('hello'),
    id,
    roster,
    capacity,
    iceServers,
    relayOnly,
    files,
    resume: binaryOf(RESUME_BYTES),
    proof,
  }),
  v.strictObject({ type: v.literal('full'), capacity, proof }),
  v.strictObject({ type: v.picklist(['waiting', 'refused', 'locked']), proof }),
  v.strictObject({ type: v.literal('browser-only') }),
  v.strictObject({ type: v.literal('version'), versions: versionsSchema }),
  v.strictObject({ type: v.literal('error'), code: v.picklist(ERROR_CODES), proof }),
  v.strictObject({
    type: v.literal('roster'),
    roster,
    revision: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    proof,
  }),
  v.strictObject({ type: v.picklist(SIGNAL_TYPES), from: id, box }),
  ping,
  pong,
  v.strictObject({ type: v.literal('moved'), url: v.pipe(v.string(), v.maxLength(300)), proof }),
  v.strictObject({ type: v.literal('ice-servers'), iceServers, relayOnly, proof }),
  v.strictObject({ type: v.literal('files'), allowed: v.boolean(), proof }),
  v.strictObject({ type: v.literal('doubt'), id, proof }),
  v.strictObject({ type: v.literal('kicked'), proof }),
  v.strictObject({ type: v.literal('closed'), proof }),
]);
/** What the server may send. */
export type ServerMessage = v.InferOutput<typeof serverMessageSchema>;
