/** Owns made-up releases for tests of updates: keys, files, and feeds signed as a release signs them. */

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { UpdateFile } from '../../../main/desktop/updates/update-feed.ts';
import { feedFile, publicKeyText, signedFeed } from '../../../scripts/update-feed.mjs';

export const MAKER = generateKeyPairSync('ed25519');
export const STRANGER = generateKeyPairSync('ed25519');

export const makerKey = publicKeyText(MAKER.publicKey);

/** The program of a version, as far as these tests run it. */
export const packageOf = (version: string) => Buffer.from(`#!/bin/sh\necho ${version}\n`.repeat(5_000));

export const fileOf = (version: string): UpdateFile =>
  feedFile(`secret-call-${version}-linux-x86_64.AppImage`, packageOf(version));

export function feedOf(
  version: string,
  file: UpdateFile | Record<string, unknown> = fileOf(version),
  key = MAKER.privateKey,
): Buffer {
  const files = { 'linux-x64': file, 'linux-arm64': file } as Record<string, UpdateFile>;
  return Buffer.from(signedFeed({ version, files }, key));
}

/** Signed by the maker, whatever it says. */
export const signedText = (text: string, key: KeyObject = MAKER.privateKey) =>
  Buffer.from(`${sign(null, Buffer.from(text), key).toString('base64')}\n${text}`);
