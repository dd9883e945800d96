/** Owns the folder of a relay's set-up: which files are in it, and writing them so that nothing of somebody else's is lost. */

import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTurnSecret } from '../common/host-api/turn-server.ts';
import { fail, ok, type Result } from '../common/result.ts';
import { isMissing, replaceFile } from '../whole-file.ts';
import type { SetupAnswers } from './answers.ts';
import { coturnConf } from './coturn-conf.ts';
import { composeFile, firewallScript, installScript, renewHook, serviceUnit } from './machine-files.ts';

export const SECRET_FILE = 'turn-secret';
const READ_BY_ALL = 0o644;
const RUN_BY_ALL = 0o755;
/** What a base64url text of 32 bytes, or another program's, is made of: coturn's configuration has no quotes. */
const PLAIN = /^[\w.~+/=-]+$/;

export type FolderProblem =
  /** It holds other things. */
  | 'not-empty'
  /** There is a secret in it, and it is none. */
  | 'bad-secret'
  | 'not-writable';

export interface WrittenFolder {
  readonly folder: string;
  readonly files: readonly string[];
  /** Another set-up was there; its secret still holds. */
  readonly keptSecret: boolean;
}

/** @param guide the text of the page that says what to do */
export async function writeSetup(
  answers: SetupAnswers,
  newSecret: () => string,
  guide: string,
): Promise<Result<WrittenFolder, FolderProblem>> {
  const folder = path.resolve(answers.out);
  const found = await findSecret(folder);
  if (!found.ok) return found;
  const secret = found.value ?? newSecret();
  const files: readonly (readonly [name: string, text: string, mode: number | null])[] = [
    [SECRET_FILE, `${secret}\n`, null],
    ['turnserver.conf', coturnConf(answers, secret), null],
    ['install.sh', installScript(answers), RUN_BY_ALL],
    ['secret-call-turn.service', serviceUnit(), READ_BY_ALL],
    ['compose.yaml', composeFile(), READ_BY_ALL],
    ['firewall.sh', firewallScript(), RUN_BY_ALL],
    ['renew-hook.sh', renewHook(), RUN_BY_ALL],
    ['README.md', guide, READ_BY_ALL],
  ];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const [name, text, mode] of files) {
      const file = path.join(folder, name);
      await replaceFile(file, text);
      if (mode !== null) await chmod(file, mode);
    }
  } catch {
    return fail('not-writable');
  }
  return ok({ folder, files: files.map(([name]) => name), keptSecret: found.value !== null });
}

/** null: there is none yet. */
async function findSecret(folder: string): Promise<Result<string | null, FolderProblem>> {
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
