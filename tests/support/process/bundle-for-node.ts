/** Owns turning a TypeScript entry into one file that plain Node runs, for tests that need a process of their own. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

export interface Bundle {
  readonly file: string;
  remove(): Promise<void>;
}

/** `entry` counts from the project's folder, in which tests run. */
export async function bundleForNode(entry: string): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: resolve(entry),
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'entry.mjs', codeSplitting: false } },
    },
  });
  return {
    file: join(folder, 'entry.mjs'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
