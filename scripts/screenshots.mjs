// @ts-check
/**
 * Owns `npm run screenshots`: every screen of the guest page as a picture in dist/screenshots/. A word after `--` makes only
 * the screens whose name holds it; `readme` makes the README's pictures, of a real call and its host's window.
 */

import { runBundled } from './bundled-command.mjs';

await runBundled({ name: 'screenshots', parameters: () => [process.argv[2] ?? ''] });
