/** Owns the source of updates that a build was made with: whom to ask, whose signature to believe, where people find the packages. */

import { createPublicKey, type KeyObject } from 'node:crypto';
import * as v from 'valibot';
import { addressProblem } from '../../common/web-address.ts';

const ED25519 = 'ed25519';

const webAddress = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && addressProblem(new URL(text)) === null),
  v.transform((text) => new URL(text)),
);

/** An Ed25519 key as SubjectPublicKeyInfo, in base64. */
const publicKey = v.pipe(
  v.string(),
  v.base64(),
  v.rawTransform<string, KeyObject>(({ dataset, addIssue, NEVER }) => {
    try {
      const key = createPublicKey({
        key: Buffer.from(dataset.value, 'base64'),
        format: 'der',
        type: 'spki',
      });
      if (key.asymmetricKeyType === ED25519) return key;
    } catch {
      // No key at all.
    }
    addIssue({ message: 'no Ed25519 key' });
    return NEVER;
  }),
);

/** What scripts/dist.mjs writes into the package's package.json. */
const manifestSchema = v.object({
  updates: v.object({
    feed: webAddress,
    page: webAddress,
    key: publicKey,
    /** Of the Windows certificate. */
    publisher: v.optional(v.string()),
    /** Where the system takes no update of a program that is not signed. */
    byHand: v.optional(v.boolean(), false),
  }),
});

export interface UpdateSource {
  /** The signed list of what is newest; the files lie beside it. */
  readonly feed: URL;
  /** For people. */
  readonly page: URL;
  readonly key: KeyObject;
  readonly publisher: string | null;
  readonly byHand: boolean;
}

/** The source named in the text of a package.json; null where there is none, or one that cannot be used. */
export function parseUpdateSource(manifest: string): UpdateSource | null {
  try {
    const parsed = v.safeParse(manifestSchema, JSON.parse(manifest));
    if (!parsed.success) return null;
    const { publisher = null, ...updates } = parsed.output.updates;
    return { ...updates, publisher };
  } catch {
    return null;
  }
}
