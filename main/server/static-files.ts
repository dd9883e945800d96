/** Owns the built page as it is served: exact files and no others, compressed where it was built so, cached by name. */

import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import {
  DOCUMENT_HEADER_NAMES,
  FILE_POLICY,
  SERVICE_WORKER_PATH,
  SERVICE_WORKER_POLICY,
} from './page-headers.ts';

/** Folder of files whose names carry a hash of their content. */
const HASHED_FILES = '/assets/';
const YEAR_SECONDS = 31_536_000;
/** Icons and the like, which keep their names when they change. */
const DAY_SECONDS = 86_400;

/** The page for addresses where nothing is; read once, for it is small. Empty where the build has none. */
export async function readStrayPage(directory: string): Promise<string> {
  return readFile(join(directory, 'stray.html'), 'utf8').catch(() => '');
}

/** Whether there is a page to serve. */
export async function hasPage(directory: string): Promise<boolean> {
  try {
    return (await stat(join(directory, 'index.html'))).isFile();
  } catch {
    return false;
  }
}

/**
 * Gives each file of `directory` its own route, so that no address can mean anything else on the disk. The documents have
 * none here.
 */
export async function serveFiles(app: FastifyInstance, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: resolve(directory),
    decorateReply: false,
    wildcard: false,
    globIgnore: ['**/*.br', '**/*.gz', '**/*.map', '*.html'],
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    // They would cost each guest some bytes: nothing here is long enough for parts, and an ETag tells changes.
    acceptRanges: false,
    lastModified: false,
    setHeaders(reply) {
      const { url } = reply.request;
      reply.header('cache-control', cacheControlOf(url));
      reply.header(
        'content-security-policy',
        url === SERVICE_WORKER_PATH ? SERVICE_WORKER_POLICY : FILE_POLICY,
      );
      for (const name of DOCUMENT_HEADER_NAMES) reply.raw.removeHeader(name);
    },
  });
}

/** How long a browser may keep the file without asking again. */
export function cacheControlOf(url: string): string {
  // A browser is to notice another build's at once.
  if (url === SERVICE_WORKER_PATH) return 'no-cache';
  return url.startsWith(HASHED_FILES)
    ? `public, max-age=${YEAR_SECONDS}, immutable`
    : `max-age=${DAY_SECONDS}`;
}
