/** Owns the update feed: nothing in it is read before its signature is found to be this program's maker's. */

import { type KeyObject, verify } from 'node:crypto';
import * as v from 'valibot';
import type { UpdateErrorCode } from '../../common/host-api/updates.ts';
import { UPDATE_FILE_MAX_BYTES } from '../../common/protocol/limits.ts';
import { fail, ok, type Result } from '../../common/result.ts';

const SIGNATURE_BYTES = 64;
const SHA512_BYTES = 64;
const PART_MAX = 999_999;

const base64Of = (bytes: number) =>
  v.pipe(
    v.string(),
    v.base64(),
    v.check((text) => Buffer.from(text, 'base64').length === bytes),
  );

/** Three numbers and nothing else: only releases stand in the feed. */
const version = v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/));

const updateFile = v.strictObject({
  /** Of a file beside the feed: no folder, no other host, nothing that a shell or a disk would read otherwise. */
  name: v.pipe(v.string(), v.regex(/^secret-call-\d[\w.-]{0,100}\.(?:exe|zip|AppImage)$/)),
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(UPDATE_FILE_MAX_BYTES)),
  sha512: base64Of(SHA512_BYTES),
});

const feedSchema = v.object({
  // The same key may sign other things one day.
  product: v.literal('secret-call'),
  format: v.literal(1),
  version,
  /** By system and processor. */
  files: v.record(v.pipe(v.string(), v.regex(/^(?:linux|mac|win)-(?:x64|arm64)$/)), updateFile),
});

/** One file of a release, as the feed vouches for it. */
export type UpdateFile = v.InferOutput<typeof updateFile>;

export interface Release {
  readonly version: string;
  /** null where the release has none for this system. */
  readonly file: UpdateFile | null;
}

/** A computer, as the feed calls it. */
export type UpdateTarget = `${'linux' | 'mac' | 'win'}-${string}`;

const SYSTEMS: Partial<Record<NodeJS.Platform, 'mac' | 'win'>> = { darwin: 'mac', win32: 'win' };

export const updateTarget = (platform: NodeJS.Platform, arch: string): UpdateTarget =>
  `${SYSTEMS[platform] ?? 'linux'}-${arch}`;

/** The first line is the Ed25519 signature, in base64, of every byte after it. */
export function readFeed(
  bytes: Uint8Array,
  key: KeyObject,
  target: UpdateTarget,
): Result<Release, Extract<UpdateErrorCode, 'feed-broken' | 'feed-forged'>> {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return fail('feed-broken');
  const line = Buffer.from(bytes.subarray(0, end)).toString('latin1');
  const signature = Buffer.from(line, 'base64');
  // Base64 is read past what is none of it.
  if (signature.length !== SIGNATURE_BYTES || signature.toString('base64') !== line)
    return fail('feed-broken');
  const signed = bytes.subarray(end + 1);
  if (!verify(null, signed, key, signature)) return fail('feed-forged');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(signed);
    const parsed = v.safeParse(feedSchema, JSON.parse(text));
    if (!parsed.success) return fail('feed-broken');
    const { files, ...release } = parsed.output;
    return ok({ version: release.version, file: files[target] ?? null });
  } catch {
    return fail('feed-broken');
  }
}

/** Negative where `a` is older. What comes before a release (`-beta`) is older than that. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [partsOf(a), partsOf(b)];
  for (const [index, part] of first.entries()) {
    const difference = part - (second[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Three numbers, and whether it is the release itself; what is no version is older than all. */
function partsOf(text: string): readonly number[] {
  const [, major, minor, patch, before] = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(-.+)?(?:\+.*)?$/.exec(text) ?? [];
  const numbers = [major, minor, patch].map((part) => Math.min(Number(part ?? -1), PART_MAX));
  return [...numbers, before === undefined ? 1 : 0];
}
