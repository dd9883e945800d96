/** Owns asking the update server: for the feed, whole and soon or not at all, and for one file, counted and hashed as it comes. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { UpdateErrorCode } from '../../common/host-api/updates.ts';
import type { TimersLike } from '../../common/platform.ts';
import {
  UPDATE_FEED_MAX_BYTES,
  UPDATE_FEED_TIMEOUT_MS,
  UPDATE_FILE_IDLE_MS,
} from '../../common/protocol/limits.ts';
import { fail, ok, type Result } from '../../common/result.ts';
import { Timeout } from '../../common/timing/timeout.ts';
import type { UpdateFile } from './update-feed.ts';

/** `fetch` of a session that reaches the update server and nobody else. */
export type UpdateFetch = (address: string, options: { readonly signal: AbortSignal }) => Promise<Response>;

/** Says in a code why an update does not go on. */
export class UpdateFailure extends Error {
  readonly code: UpdateErrorCode;

  constructor(code: UpdateErrorCode) {
    super(code);
    this.code = code;
  }
}

/** What the disk says, in our codes. */
const BY_DISK: Readonly<Record<string, UpdateErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'not-writable',
  EPERM: 'not-writable',
  EROFS: 'not-writable',
  ENOTDIR: 'not-writable',
};

/** Why it failed; `otherwise` where the error tells nothing. */
export function updateErrorOf(error: unknown, otherwise: UpdateErrorCode): UpdateErrorCode {
  if (error instanceof UpdateFailure) return error.code;
  const said = error instanceof Error && 'code' in error ? String(error.code) : '';
  return BY_DISK[said] ?? otherwise;
}

export interface UpdateServerOptions {
  readonly feed: URL;
  readonly fetch: UpdateFetch;
  readonly timers: TimersLike;
}

export interface FileOrder {
  readonly file: UpdateFile;
  readonly destination: string;
  readonly onBytes: (received: number) => void;
  readonly signal: AbortSignal;
}

export class UpdateServer {
  readonly #options: UpdateServerOptions;

  constructor(options: UpdateServerOptions) {
    this.#options = options;
  }

  async fetchFeed(signal: AbortSignal): Promise<Result<Uint8Array, UpdateErrorCode>> {
    const { feed } = this.#options;
    try {
      return await this.#inTime(UPDATE_FEED_TIMEOUT_MS, signal, async (ending) => {
        const body = await this.#ask(feed, ending, 'no-feed');
        const chunks: Uint8Array[] = [];
        let bytes = 0;
        for await (const chunk of body) {
          bytes += chunk.length;
          if (bytes > UPDATE_FEED_MAX_BYTES) return fail('feed-broken');
          chunks.push(chunk);
        }
        return ok(Buffer.concat(chunks));
      });
    } catch (error) {
      return fail(updateErrorOf(error, 'offline'));
    }
  }

  /** Writes the file that the feed vouches for, or throws an UpdateFailure; more than its size is never taken. */
  async fetchFile({ file, destination, onBytes, signal }: FileOrder): Promise<void> {
    try {
      await this.#inTime(UPDATE_FILE_IDLE_MS, signal, async (ending, restart) => {
        const body = await this.#ask(new URL(file.name, this.#options.feed), ending, 'no-file');
        const handle = await open(destination, 'w', 0o600);
        try {
          const hash = createHash('sha512');
          let bytes = 0;
          for await (const chunk of body) {
            restart();
            bytes += chunk.length;
            if (bytes > file.size) throw new UpdateFailure('file-altered');
            hash.update(chunk);
            await handle.writeFile(chunk);
            onBytes(bytes);
          }
          if (bytes < file.size) throw new UpdateFailure('cut-off');
          if (hash.digest('base64') !== file.sha512) throw new UpdateFailure('file-altered');
          await handle.sync();
        } finally {
          await handle.close();
        }
      });
    } catch (error) {
      throw new UpdateFailure(updateErrorOf(error, 'cut-off'));
    }
  }

  async #ask(
    address: URL,
    signal: AbortSignal,
    missing: UpdateErrorCode,
  ): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.#options.fetch(address.href, { signal }).catch(() => {
      throw new UpdateFailure('offline');
    });
    if (!response.ok || response.body === null) throw new UpdateFailure(missing);
    return response.body;
  }

  /** Ends what it runs by the signal, or after so long without a restart of the time. */
  async #inTime<Value>(
    limitMs: number,
    signal: AbortSignal,
    run: (ending: AbortSignal, restart: () => void) => Promise<Value>,
  ): Promise<Value> {
    const late = new AbortController();
    const timeout = new Timeout(this.#options.timers);
    const restart = () => timeout.set(() => late.abort(), limitMs);
    try {
      restart();
      return await run(AbortSignal.any([signal, late.signal]), restart);
    } finally {
      timeout.dispose();
    }
  }
}

/** Whether the file on the disk is still the one that the feed vouches for. */
export async function isWhole(path: string, file: UpdateFile): Promise<boolean> {
  const hash = createHash('sha512');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch {
    return false;
  }
  return hash.digest('base64') === file.sha512;
}
