/** Owns which version of the protocol two sides speak, from the list that each of them tells. Frozen, as is the opening that carries the lists. */

import * as v from 'valibot';
import type { Bytes } from '../bytes.ts';
import { VERSION_MAX, VERSIONS_MAX } from './limits.ts';

export const versionSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(VERSION_MAX));

/** Ascending, each once; numbers that are not known here belong to releases to come. */
export const versionsSchema = v.pipe(
  v.array(versionSchema),
  v.minLength(1),
  v.maxLength(VERSIONS_MAX),
  v.check((versions) => versions.every((version, index) => !index || version > (versions[index - 1] ?? 0))),
  v.readonly(),
);

/** The one that two sides speak with each other; null: they cannot. */
export function highestCommonVersion(own: readonly number[], theirs: readonly number[]): number | null {
  return own.filter((version) => theirs.includes(version)).at(-1) ?? null;
}

/** Whether, of two sides without a common version, this is the one to be updated. */
export function isOlder(own: readonly number[], theirs: readonly number[]): boolean {
  return (own.at(-1) ?? 0) < (theirs.at(-1) ?? 0);
}

/** As it enters a hash: how many (1 byte), then each as u16. */
export function encodeVersions(versions: readonly number[]): Bytes {
  return Uint8Array.of(versions.length, ...versions.flatMap((version) => [version >> 8, version & 0xff]));
}
