// @ts-check
/**
 * Owns `npm run attack [-- <attack>…]`: one hostile guest against two people who talk, and newcomers. The attacks are TypeScript and
 * are bundled first; so is his page.
 */

import { runBundled } from './bundled-command.mjs';
import { buildHostilePage } from './hostile-page.mjs';

await runBundled({
  name: 'attack',
  besides: ['attack/outsider'],
  prepare: (code) => buildHostilePage(`${code}/hostile`),
  parameters: (code) => [`${code}/hostile`, ...process.argv.slice(2)],
});
