/** Owns the files with what is secret about TURN servers: read once, and checked before anything starts. */

import { open } from 'node:fs/promises';
import {
  parseTurnPassword,
  parseTurnSecret,
  type TurnCredentials,
  type TurnServer,
  type TurnTextFault,
} from '../common/host-api/turn-server.ts';
import { assertNever, fail, ok, type Result } from '../common/result.ts';
import { isMissing } from '../whole-file.ts';
import { type BadTurn, badTurn, type TurnRequest } from './turn-arguments.ts';

export interface LoadedTurn {
  readonly servers: readonly TurnServer[];
  /** Whether others on this computer can read the file, too. */
  readonly exposed: boolean;
}

export async function loadTurn({ urls, credentials }: TurnRequest): Promise<Result<LoadedTurn, BadTurn>> {
  const file = credentials.kind === 'static' ? credentials.passwordFile : credentials.secretFile;
  const read = await readSecret(file);
  if (!read.ok) return badTurn(`turn-file-${read.error}`, file);
  const parsed = withText(credentials, read.value.text);
  if (!parsed.ok) return badTurn(`turn-file-${parsed.error}`, file);
  const servers = urls.map((url) => ({ url, credentials: parsed.value }));
  return ok({ servers, exposed: read.value.exposed });
}

function withText(
  credentials: TurnRequest['credentials'],
  text: string,
): Result<TurnCredentials, TurnTextFault> {
  switch (credentials.kind) {
    case 'static': {
      const password = parseTurnPassword(text);
      const { kind, username } = credentials;
      return password.ok ? ok({ kind, username, password: password.value }) : password;
    }
    case 'shared-secret': {
      const secret = parseTurnSecret(text);
      return secret.ok ? ok({ kind: credentials.kind, secret: secret.value }) : secret;
    }
    default:
      return assertNever(credentials);
  }
}

/** More than any text that is taken, in whatever characters. */
const FILE_MAX_BYTES = 8_192;
/** Of a file's mode: read by its group, or by everybody. */
const READ_BY_OTHERS = 0o044;
const LINE_END = /\r?\n$/;

/** The text of a file without the line break that editors and `echo` put behind it. It may be no file but a pipe. */
async function readSecret(
  file: string,
): Promise<Result<{ text: string; exposed: boolean }, 'missing' | 'unreadable' | 'too-long' | 'characters'>> {
  let bytes: Buffer;
  let exposed: boolean;
  try {
    const handle = await open(file);
    try {
      const { mode } = await handle.stat();
      // Windows has no such mode, and says that everybody reads.
      exposed = process.platform !== 'win32' && (mode & READ_BY_OTHERS) !== 0;
      bytes = await readUpTo(handle, FILE_MAX_BYTES + 1);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return fail(isMissing(error) ? 'missing' : 'unreadable');
  }
  if (bytes.length > FILE_MAX_BYTES) return fail('too-long');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok({ text: text.replace(LINE_END, ''), exposed });
  } catch {
    return fail('characters');
  }
}

async function readUpTo(handle: Awaited<ReturnType<typeof open>>, sizeBytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(sizeBytes);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, filled, sizeBytes - filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === sizeBytes) return buffer.subarray(0, filled);
  }
}
