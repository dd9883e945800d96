/** Owns the built page as it is served: exact files and no others, compressed where it was built so, cached by name. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Folder of files whose names carry a hash of their content. */
const HASHED_FILES = '/assets/';
const YEAR_SECONDS = 31_536_000;

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

/** Gives each file of `directory` its own route, so that no address can mean anything else on the disk. */
export async function serveFiles(app: FastifyInstance, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    globIgnore: ['**/*.br', '**/*.gz', '**/*.map'],
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    setHeaders(reply) {
      reply.header('cache-control', cacheControlOf(reply.request.url));
    },
  });
}

function cacheControlOf(url: string): string {
  return url.startsWith(HASHED_FILES) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-store';
}
