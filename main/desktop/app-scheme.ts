/** Owns the app:// scheme: the window's own built files and nothing else, each under one strict policy. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CustomScheme } from 'electron';

const SCHEME = 'app';
const HOST = 'window';

export const WINDOW_ORIGIN = `${SCHEME}://${HOST}`;
export const WINDOW_URL = `${WINDOW_ORIGIN}/index.html`;

/** `standard` gives the window an origin of its own, `secure` a clipboard-safe context; nothing more is needed. */
export const WINDOW_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true },
};

/** The window talks to nobody: it gets everything through the preload's bridge. */
export const WINDOW_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Whether an address is the window's own; a scheme of our own has no usable `URL.origin` in Node. */
export function isWindowUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${SCHEME}:` && url.host === HOST;
}

/** The file an address stands for, or null when it is not below the directory or of no kind the window uses. */
export function resolveWindowFile(directory: string, address: string): string | null {
  if (!isWindowUrl(address)) return null;
  const relative = decodePath(new URL(address).pathname);
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

/** Answers requests to app://window/ from the directory; whatever is not there is a bare 404. */
export function createWindowFileHandler(directory: string): (request: Request) => Promise<Response> {
  const root = path.resolve(directory);
  return async (request) => {
    const file = request.method === 'GET' ? resolveWindowFile(root, request.url) : null;
    const content = file === null ? null : await readFile(file).catch(() => null);
    if (file === null || content === null) return new Response(null, { status: 404 });
    return new Response(content, {
      headers: {
        'content-type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream',
        'content-security-policy': WINDOW_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    });
  };
}
