/** Owns setting up a relay, the one way of command and window: secret, guide and files, from answers that were checked. */

import path from 'node:path';
import type { FolderProblem, WrittenRelay } from '../common/host-api/relay-setup.ts';
import { ok, type Result } from '../common/result.ts';
import { createTranslator, type Language } from '../common/translate.ts';
import type { RelayAnswers } from './answers.ts';
import { RELAY_PORTS, relayUrls, STUN_PORT, TLS_PORT } from './coturn-conf.ts';
import { turnSetupEn } from './i18n/en.ts';
import { turnSetupRu } from './i18n/ru.ts';
import { findSecret, SECRET_FILE, writeSetup } from './setup-folder.ts';

const SECRET_BYTES = 32;
/** What no shell reads as more than text. */
const PLAIN_PATH = /^[\w./~-]+$/;

export interface SetUpOptions {
  /** As it is to stand in the guide. */
  readonly folder: string;
  readonly language: Language;
  readonly randomBytes: (sizeBytes: number) => Buffer;
  readonly platform: NodeJS.Platform;
}

export interface SetUpRelay extends WrittenRelay {
  readonly secret: string;
}

export const setupTexts = (language: Language) =>
  createTranslator({ en: turnSetupEn, ru: turnSetupRu }[language], language);

/** A set-up that is there is renewed with its secret. */
export async function setUpRelay(
  answers: RelayAnswers,
  { folder: named, language, randomBytes, platform }: SetUpOptions,
): Promise<Result<SetUpRelay, FolderProblem>> {
  const folder = path.resolve(named);
  const found = await findSecret(folder);
  if (!found.ok) return found;
  const secret = found.value ?? randomBytes(SECRET_BYTES).toString('base64url');
  const guide = setupTexts(language)('guide', {
    ...relayUrls(answers),
    domain: answers.domain,
    out: quoted(named, platform),
    secretFile: SECRET_FILE,
    secretPath: quoted(path.join(named, SECRET_FILE), platform),
    stunPort: STUN_PORT,
    tlsPort: TLS_PORT,
    ports: `${RELAY_PORTS.first}–${RELAY_PORTS.last}`,
  });
  const written = await writeSetup(folder, answers, { secret, guide });
  if (!written.ok) return written;
  return ok({
    domain: answers.domain,
    folder,
    files: written.value,
    keptSecret: found.value !== null,
    secret,
  });
}

/** As a word for the shell that the guide's lines are pasted into; a path on Windows has no quotation marks. */
function quoted(file: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `"${file}"`;
  return PLAIN_PATH.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
