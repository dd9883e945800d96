/** Owns turning a TypeScript entry into one script that a browser runs on top of any page. */

import { resolve } from 'node:path';
import { build } from 'vite';

/** `entry` counts from the project's folder, in which tests run. */
export async function bundleForPage(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: { input: resolve(entry), output: { format: 'iife' } },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (bundle === undefined || !('output' in bundle)) throw new Error('nothing was built');
  return bundle.output[0].code;
}
