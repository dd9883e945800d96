/** Owns the app:// scheme: the built files of each of the app's pages and nothing else. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CustomScheme } from 'electron';

const SCHEME = 'app';

/** The app's pages, each with an origin and a folder of its own: the host's window, and a call as guests have it. */
export type AppPage = 'window' | 'call';

/** `standard` gives each page an origin of its own, `secure` what only secure pages may use; nothing more is needed. */
export const APP_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true },
};

/** What a page's origin alone stands for, too. */
export const DOCUMENT = 'index.html';

export const pageUrl = (page: AppPage): string => `${SCHEME}://${page}/${DOCUMENT}`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Whether an address is the page's own; a scheme of our own has no usable `URL.origin` in Node. */
export function isPageUrl(page: AppPage, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${SCHEME}:` && url.host === page;
}

/** The file an address stands for, or null when it is not below the directory or of no kind a page uses. */
export function resolvePageFile(page: AppPage, directory: string, address: string): string | null {
  if (!isPageUrl(page, address)) return null;
  const { pathname } = new URL(address);
  const relative = pathname === '/' ? DOCUMENT : decodePath(pathname);
  if (relative === null || /[\\\0]/.test(relative)) return null;
  const file = path.join(directory, relative);
  const inside = file.startsWith(directory + path.sep);
  return inside && path.extname(file) in CONTENT_TYPES ? file : null;
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

export interface PageFiles {
  readonly page: AppPage;
  readonly directory: string;
  /** What a file of the page may do, by its path below the directory: headers, in lower case. */
  readonly headersOf: (relative: string) => Readonly<Record<string, string>>;
  /** Another file in the place of the one asked for; by default none. */
  readonly replace?: (relative: string) => string;
}

/** Answers requests to the page's origin from its directory; whatever is not there is a bare 404. */
export function createPageHandler(files: PageFiles): (request: Request) => Promise<Response> {
  const { page, headersOf, replace = (relative) => relative } = files;
  const root = path.resolve(files.directory);
  return async (request) => {
    const asked = request.method === 'GET' ? resolvePageFile(page, root, request.url) : null;
    const relative = asked === null ? null : replace(path.relative(root, asked));
    const content = relative === null ? null : await readFile(path.join(root, relative)).catch(() => null);
    if (relative === null || content === null) return new Response(null, { status: 404 });
    return new Response(content, {
      headers: {
        'content-type': CONTENT_TYPES[path.extname(relative)] ?? 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        ...headersOf(relative),
      },
    });
  };
}
