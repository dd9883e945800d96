/** Owns the shape of what two people tell each other of a recording: that one asks, what the other says, and whether it goes on. */

import * as v from 'valibot';

/** The number of an ask: whoever records counts up from 1 over all that their page asks, of whomever. */
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** May the sender record the person it is told to? `tracks`: everyone in one, or each in one of their own. */
const ask = v.strictObject({
  kind: v.literal('record-ask'),
  id,
  tracks: v.picklist(['mixed', 'each']),
});

/** The person's word on this ask, from now on; `agree: false` after `true` takes it back. */
const answer = v.strictObject({
  kind: v.literal('record-answer'),
  id,
  agree: v.boolean(),
});

/** The recording that was asked for goes on now, or has ended, whatever was answered. */
const state = v.strictObject({
  kind: v.literal('record-state'),
  id,
  on: v.boolean(),
});

export const recordBodies = [ask, answer, state] as const;

export type RecordAskBody = v.InferOutput<typeof ask>;
export type RecordAnswerBody = v.InferOutput<typeof answer>;
export type RecordStateBody = v.InferOutput<typeof state>;
export type RecordBody = RecordAskBody | RecordAnswerBody | RecordStateBody;
