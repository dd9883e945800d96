/** Owns how the hostile guest comes by a page of his own. */

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserContext } from 'playwright';
import type { AttackedHost } from './attacked-host.ts';

/** The host's page with the hostile one's scripts: as a whole it would be no page of this computer's to the browser. */
export async function serveHostileScripts(
  profile: BrowserContext,
  host: AttackedHost,
  folder: string,
): Promise<void> {
  const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
  const start = scripts.find((name) => name.startsWith('index-'));
  await profile.route(`http://localhost:${host.port}/assets/*.js`, async (route) => {
    const asked = basename(new URL(route.request().url()).pathname);
    if (scripts.includes(asked)) await route.fulfill({ path: join(folder, 'assets', asked) });
    // Under its own name, which its other parts import: under two it would run twice.
    else if (asked.startsWith('index-'))
      await route.fulfill({ contentType: 'text/javascript', body: `import '/assets/${start}';` });
    else await route.continue();
  });
}
