/** Owns a server of one page that has to do with files, under the policy that the guests' page has. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'vite';
import { contentSecurityPolicy, FILE_POLICY } from '../../../main/server/page-headers.ts';

const ENTRY = 'tests/support/files/file-desk-page.ts';

export interface FilePageServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** The page's script and its worker's, as the build makes them, by path. */
async function buildScripts(): Promise<{
  readonly page: string;
  readonly scripts: ReadonlyMap<string, string>;
}> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: resolve(ENTRY) },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (bundle === undefined || !('output' in bundle)) throw new Error('nothing was built');
  const scripts = new Map<string, string>();
  for (const file of bundle.output)
    scripts.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source));
  return { page: `/${bundle.output[0].fileName}`, scripts };
}

export async function startFilePageServer(): Promise<FilePageServer> {
  const { page, scripts } = await buildScripts();
  const server = createServer((request, response) => {
    const script = scripts.get(request.url ?? '');
    if (script !== undefined) {
      response.setHeader('content-security-policy', FILE_POLICY);
      response.setHeader('content-type', 'text/javascript').end(script);
      return;
    }
    response.setHeader(
      'content-security-policy',
      contentSecurityPolicy(request.headers.host ?? '', new Set()),
    );
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Files</title><script type="module" src="${page}"></script>`);
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
