/** Owns a host whose credentials for TURN servers end within seconds: the built program, with two of its limits changed as it is loaded. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As long beside each other as the product's. */
export const HASTENED_LIFE_MS = 24_000;
const HASTENED_RENEW_MS = HASTENED_LIFE_MS / 4;

/** Runs in the host's process, for each module of its own. */
const HOOK = `
export { load };
async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.includes('/dist/main/limits-')) return loaded;
  const source = String(loaded.source)
    .replace(/(?<=TURN_CREDENTIAL_LIFE_MS = )[^;]+/, '${HASTENED_LIFE_MS}')
    .replace(/(?<=TURN_CREDENTIAL_RENEW_MS = )[^;]+/, '${HASTENED_RENEW_MS}');
  return { ...loaded, source };
}
`;

/** Arguments of node, which start such a host. */
export async function hasteningArguments(directory: string): Promise<readonly string[]> {
  const [hook, registration] = [join(directory, 'hasten-hook.mjs'), join(directory, 'hasten.mjs')];
  await writeFile(hook, HOOK);
  await writeFile(
    registration,
    `import { register } from 'node:module';\nregister(${JSON.stringify(`file://${hook}`)});\n`,
  );
  return ['--import', registration];
}
