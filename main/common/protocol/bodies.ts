/** Owns the shape of what stands inside a sealed box, one schema a box type; the server never sees these. */

import * as v from 'valibot';
import { REGION_FLAGS } from '../names/region-flags.ts';
import { fail, ok, type Result } from '../result.ts';
import { binary32, candidatesField, sdpField } from './body-fields.ts';
import { fileBodySchemas } from './file-bodies.ts';
import { CHAT_MAX_UNITS, EMOJI_MAX_UNITS, ID_BYTES, NAME_MAX_UNITS, PEERS_MAX } from './limits.ts';
import { isBinary, rosterEntrySchema, SIGNAL_TYPES } from './messages.ts';
import { PASSED_BOX_MAX_BYTES, PASSED_UNIT_BYTES } from './peer-limits.ts';
import { recordBodies } from './record-bodies.ts';
import { versionsSchema } from './versions.ts';

const epoch = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** A chat message's number: its sender counts up from 1. */
const chatId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** One emoji (Unicode UTS #51): a picture or several that are joined, a flag, or a keycap. */
const PICTURE = '\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?';
const REGION_FLAG = REGION_FLAGS.map((parts) => parts.join('')).join('|');
const EMOJI = new RegExp(
  `^(?:${REGION_FLAG}|${PICTURE}(?:\\u200d${PICTURE})*|\\p{Regional_Indicator}{2}|[#*\\d]\\ufe0f?\\u20e3)$`,
  'u',
);
const emoji = v.pipe(v.string(), v.maxLength(EMOJI_MAX_UNITS), v.regex(EMOJI));
const personId = v.pipe(v.string(), v.length(Math.ceil((ID_BYTES * 4) / 3)), v.regex(/^[\w-]{21}[AQgw]$/));

/** Of two others, with the type it has: whoever passes it on cannot open it. */
const passedBox = {
  type: v.picklist(SIGNAL_TYPES),
  box: v.pipe(v.string(), v.maxLength(Math.ceil((PASSED_BOX_MAX_BYTES * 4) / 3)), v.check(isBinary)),
};

const schemas = {
  /** `reserve`: to be answered ahead, and used when the other's address has changed. */
  offer: v.strictObject({ epoch, sdp: sdpField, reserve: v.optional(v.literal(true)) }),
  answer: v.strictObject({ epoch, sdp: sdpField }),
  ice: v.strictObject({ epoch, candidates: candidatesField }),
  sas: v.variant('step', [
    v.strictObject({ step: v.literal(1), commit: binary32 }),
    v.strictObject({ step: v.literal(2), nonce: binary32 }),
    v.strictObject({ step: v.literal(3), nonce: binary32 }),
  ]),
  chat: v.strictObject({
    id: chatId,
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(CHAT_MAX_UNITS)),
  }),
  pair: v.variant('kind', [
    /** The first word of each side; its page speaks these versions. */
    v.strictObject({
      kind: v.literal('name'),
      name: v.pipe(v.string(), v.minLength(1), v.maxLength(NAME_MAX_UNITS)),
      versions: versionsSchema,
    }),
    /** A new public address of the host: one more origin to try, never a place to navigate to. */
    v.strictObject({ kind: v.literal('moved'), url: v.pipe(v.string(), v.maxLength(300)) }),
    /** The one who did not make the first offer asks for a connection anew, of this epoch. */
    v.strictObject({ kind: v.literal('rebuild'), epoch }),
    /** Without the host, the sender asks for a reserve connection of this epoch, by which it may come to this page from elsewhere. */
    v.strictObject({ kind: v.literal('reserve'), epoch }),
    /** The sender needs it no more. */
    v.strictObject({ kind: v.literal('no-reserve') }),
    /** The sender's last word to this id: the person there said that the verification codes differ. */
    v.strictObject({ kind: v.literal('differ') }),
    /** The sender's page has no run of the verification code left: there will be no code. */
    v.strictObject({ kind: v.literal('no-code') }),
    /** What the sender says of himself; shown and nothing else. */
    v.strictObject({
      kind: v.literal('presence'),
      microphone: v.picklist(['open', 'muted', 'none']),
      handUp: v.boolean(),
    }),
    /** An emoji shown to all for a moment. */
    v.strictObject({ kind: v.literal('reaction'), emoji }),
    /** An emoji put to, or taken from, the message that `author` gave the number `id`. */
    v.strictObject({
      kind: v.literal('chat-reaction'),
      author: personId,
      id: chatId,
      emoji,
      on: v.boolean(),
    }),
    ...recordBodies,
    /** A box for somebody else, of their pair with the sender, to be passed on. */
    v.strictObject({ kind: v.literal('pass'), to: personId, ...passedBox }),
    /** A box from somebody else, of their pair with the one it is told to, as it was passed on. */
    v.strictObject({ kind: v.literal('passed'), from: personId, ...passedBox }),
    /** Whom the sender could pass boxes on to now, and whether it is without the host itself, and so wants to know the same. */
    v.strictObject({
      kind: v.literal('reach'),
      ids: v.pipe(v.array(personId), v.maxLength(PEERS_MAX)),
      offline: v.boolean(),
    }),
    /** Asks who somebody is whom the other one reaches. */
    v.strictObject({ kind: v.literal('whois'), id: personId }),
    /** The answer: the person as the host's roster told them, or as somebody introduced them. */
    v.strictObject({ kind: v.literal('introduce'), entry: rosterEntrySchema }),
    /** The sender's last word, while the host cannot be told: they went out. */
    v.strictObject({ kind: v.literal('left') }),
    ...fileBodySchemas,
  ]),
  ack: v.strictObject({}),
} as const;

export type BodyMap = { readonly [Type in keyof typeof schemas]: v.InferOutput<(typeof schemas)[Type]> };

/** A body with its box type. */
export type TypedBody = {
  [Type in keyof BodyMap]: { readonly type: Type; readonly body: BodyMap[Type] };
}[keyof BodyMap];

/** Bodies of a pair by which one side wants a connection of the other, or no more. */
export type WishBody = Extract<PairBody, { readonly kind: 'rebuild' | 'reserve' | 'no-reserve' }>;
/** Bodies that belong to the voice connection. */
export type SignalBody = Extract<TypedBody, { readonly type: 'offer' | 'answer' | 'ice' }>;
export type SasBody = BodyMap['sas'];
export type ChatBody = BodyMap['chat'];
export type PairBody = BodyMap['pair'];
export type PresenceBody = Extract<PairBody, { readonly kind: 'presence' }>;
export type ReactionBody = Extract<PairBody, { readonly kind: 'reaction' }>;
export type ChatReactionBody = Extract<PairBody, { readonly kind: 'chat-reaction' }>;
/** Bodies of a pair by which the pages of a call stand in for the host. */
export type MeshBody = Extract<
  PairBody,
  { readonly kind: 'pass' | 'passed' | 'reach' | 'whois' | 'introduce' | 'left' }
>;
/** Bodies of a pair that whoever carries the pair acts on; all others it hands on unread. */
type ControlBody = MeshBody | WishBody | Extract<PairBody, { readonly kind: 'name' | 'differ' | 'no-code' }>;
/** What one page says to another by way of their pair. */
export type PeerMessage = ({ readonly kind: 'chat' } & ChatBody) | Exclude<PairBody, ControlBody>;
export type PeerMessageMap = { readonly [Message in PeerMessage as Message['kind']]: Message };
export type IceCandidateBody = BodyMap['ice']['candidates'][number];

/** What a box to be passed on counts, by its length as text. */
export function passedUnits({ box }: Pick<Extract<PairBody, { readonly kind: 'pass' }>, 'box'>): number {
  return Math.max(1, Math.ceil((box.length * 3) / 4 / PASSED_UNIT_BYTES));
}

/** The opened JSON of a box as the body its type demands. */
export function parseBody<Type extends keyof BodyMap>(
  type: Type,
  value: unknown,
): Result<BodyMap[Type], 'bad-body'> {
  const parsed = v.safeParse(schemas[type] as unknown as v.GenericSchema<unknown, BodyMap[Type]>, value, {
    abortEarly: true,
  });
  return parsed.success ? ok(parsed.output) : fail('bad-body');
}
