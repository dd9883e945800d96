// @ts-check
/** Owns `npm run netsim [-- <row>…]`: a call in a network of its own, with real browsers, to which happens what happens to people. */

import { runBundled } from './bundled-command.mjs';

await runBundled({
  name: 'netsim',
  besides: ['netsim/run', 'netsim/nat-probe', 'netsim/firefox-child'],
  endsItself: true,
});
