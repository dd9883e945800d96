// @ts-check
/**
 * Owns `npm run soak [-- <part>… --count <n>]`: what has to hold for long and again and again, as people join and leave, programs are
 * killed and sockets talk.
 */

import { copyFile } from 'node:fs/promises';
import { runBundled } from './bundled-command.mjs';
import { inProject } from './project.mjs';

/** Runs as it is, and is looked for beside what starts it. */
const POD = 'sshd-pod.mjs';

await runBundled({
  name: 'soak',
  besides: ['bench/relay-child'],
  prepare: (code) => copyFile(inProject('tests/support/tunnel', POD), `${code}/${POD}`),
  endsItself: true,
});
