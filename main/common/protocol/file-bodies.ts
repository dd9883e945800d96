/** Owns the shape of what two people tell each other about files: offers, answers, and the links that carry them. */

import * as v from 'valibot';
import { binary32, candidatesField, sdpField } from './body-fields.ts';
import {
  FILE_BLOCKS_MAX,
  FILE_MIME_MAX_UNITS,
  FILE_NAME_MAX_UNITS,
  FILE_NUMBER_MAX,
  FILE_RANGES_MAX,
  FILE_SIZE_MAX,
} from './file-limits.ts';

/** A file's number: its sender counts up from 1, over all to whom it sends. */
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(FILE_NUMBER_MAX));
const link = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(FILE_NUMBER_MAX));
const block = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(FILE_BLOCKS_MAX));

/** From the first up to, and without, the second. Not as the library's tuple, whose code every page would fetch before Join. */
const range = v.pipe(v.array(block), v.length(2)) as unknown as v.GenericSchema<[from: number, to: number]>;

/** In order, with a gap between two. */
const ranges = v.pipe(
  v.array(range),
  v.maxLength(FILE_RANGES_MAX),
  v.check((list) => list.every(([from, to], index) => from < to && from > (list[index - 1]?.[1] ?? -1))),
);

export const fileBodySchemas = [
  /** A file is there to be had. `resume` is known to the two alone, and names the file to a page that was loaded anew. */
  v.strictObject({
    kind: v.literal('file-offer'),
    id,
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(FILE_NAME_MAX_UNITS)),
    size: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(FILE_SIZE_MAX)),
    mime: v.pipe(v.string(), v.maxLength(FILE_MIME_MAX_UNITS)),
    resume: binary32,
  }),
  /** The sender holds it back, or goes on. */
  v.strictObject({ kind: v.literal('file-pause'), id, on: v.boolean() }),
  /** All of it was sent. */
  v.strictObject({ kind: v.literal('file-done'), id, digest: binary32 }),
  /** The sender sends no more of it. */
  v.strictObject({
    kind: v.literal('file-end'),
    id,
    why: v.picklist(['cancelled', 'unreadable', 'changed', 'off']),
  }),
  /** The receiver wants it, and has these blocks; again where the sender seems not to know of some. */
  v.strictObject({ kind: v.literal('file-take'), id, have: ranges }),
  /** The receiver wants it to be held back, or to go on. */
  v.strictObject({ kind: v.literal('file-wait'), id, on: v.boolean() }),
  /** All of it came, and its digest is the one told. */
  v.strictObject({ kind: v.literal('file-whole'), id }),
  /** The receiver takes no more of it. */
  v.strictObject({
    kind: v.literal('file-stop'),
    id,
    why: v.picklist([
      'declined',
      'cancelled',
      'no-space',
      'no-room',
      'off',
      'different',
      'broken',
      'too-many',
    ]),
  }),
  /** The receiver, who was away or whose page was loaded anew, asks for an offer of the same file again. */
  v.strictObject({ kind: v.literal('file-back'), resume: binary32 }),
  /** The answer of one who has no such file. */
  v.strictObject({ kind: v.literal('file-gone'), resume: binary32 }),
  /** Of a connection that carries files; `by`: who of the two made it, as the speaker sees it. */
  v.strictObject({
    kind: v.literal('file-link'),
    link,
    by: v.picklist(['me', 'you']),
    signal: v.variant('type', [
      v.strictObject({ type: v.literal('offer'), sdp: sdpField }),
      v.strictObject({ type: v.literal('answer'), sdp: sdpField }),
      v.strictObject({ type: v.literal('ice'), candidates: candidatesField }),
      v.strictObject({ type: v.literal('end') }),
    ]),
  }),
] as const;

export type FileBody = v.InferOutput<(typeof fileBodySchemas)[number]>;
export type FileBodyKind = FileBody['kind'];
export type FileLinkBody = Extract<FileBody, { readonly kind: 'file-link' }>;
export type FileOfferBody = Extract<FileBody, { readonly kind: 'file-offer' }>;
/** Blocks of a file: from each first number up to, and without, the second. */
export type BlockRanges = Extract<FileBody, { readonly kind: 'file-take' }>['have'];

/** Whether this is one of these: no other kind begins like them. */
export function isFileBody<Body extends { readonly kind: string }>(
  body: Body,
): body is Extract<Body, FileBody> {
  return body.kind.startsWith('file-');
}
