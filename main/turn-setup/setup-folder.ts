/** Owns the folder of a relay's set-up: which files are in it, and writing them so that nothing of somebody else's is lost. */

import { mkdir, readdir, readFile, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { FolderProblem } from '../common/host-api/relay-setup.ts';
import { parseTurnSecret } from '../common/host-api/turn-server.ts';
import { fail, ok, type Result } from '../common/result.ts';
import { isFull, isMissing, replaceFiles, type WholeFile } from '../whole-file.ts';
import type { RelayAnswers } from './answers.ts';
import { coturnConf } from './coturn-conf.ts';
import { composeFile, firewallScript, installScript, renewHook, serviceUnit } from './machine-files.ts';

export const SECRET_FILE = 'turn-secret';
export const GUIDE_FILE = 'README.md';
const READ_BY_ALL = 0o644;
const RUN_BY_ALL = 0o755;
/** What a base64url text of 32 bytes, or another program's, is made of: coturn's configuration has no quotes. */
const PLAIN = /^[\w.~+/=-]+$/;
const UNSEEN = /\p{Cc}/u;

export interface SetupTexts {
  readonly secret: string;
  /** Of the page that says what to do. */
  readonly guide: string;
}

/** The secret that is there; null: there is none yet. Nothing is changed. */
export async function findSecret(folder: string): Promise<Result<string | null, FolderProblem>> {
  if (UNSEEN.test(folder)) return fail('unseen-characters');
  try {
    const present = await readdir(folder);
    if (present.length === 0) return ok(null);
    if (!present.includes(SECRET_FILE)) return fail('not-empty');
    const secret = parseTurnSecret((await readFile(path.join(folder, SECRET_FILE), 'utf8')).trimEnd());
    return secret.ok && PLAIN.test(secret.value) ? secret : fail('bad-secret');
  } catch (error) {
    return isMissing(error) ? ok(null) : fail('not-writable');
  }
}

/** All files or none; resolves with their names. */
export async function writeSetup(
  folder: string,
  answers: RelayAnswers,
  { secret, guide }: SetupTexts,
): Promise<Result<readonly string[], FolderProblem>> {
  const files: readonly (readonly [name: string, content: string, mode?: number])[] = [
    [GUIDE_FILE, guide, READ_BY_ALL],
    [SECRET_FILE, `${secret}\n`],
    ['turnserver.conf', coturnConf(answers, secret)],
    ['install.sh', installScript(answers), RUN_BY_ALL],
    ['secret-call-turn.service', serviceUnit(), READ_BY_ALL],
    ['compose.yaml', composeFile(), READ_BY_ALL],
    ['firewall.sh', firewallScript(), RUN_BY_ALL],
    ['renew-hook.sh', renewHook(), RUN_BY_ALL],
  ];
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFiles(
      files.map(
        ([name, content, mode]): WholeFile => ({
          file: path.join(folder, name),
          content,
          ...(mode !== undefined && { mode }),
        }),
      ),
    );
  } catch (error) {
    if (made !== undefined) await removeEmpty(folder, made).catch(() => {});
    return fail(isFull(error) ? 'disk-full' : 'not-writable');
  }
  return ok(files.map(([name]) => name));
}

/** The folder and those around it, up to the outermost that was made. */
async function removeEmpty(folder: string, outermost: string): Promise<void> {
  await rmdir(folder);
  if (folder !== outermost) await removeEmpty(path.dirname(folder), outermost);
}
