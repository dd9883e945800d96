// @ts-check
/** Owns `npm run host`: the terminal host in this very process, set up first. Standard output belongs to the host. */

import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { inProject } from './project.mjs';

await ensureDependencies();
await ensureBuilt();
const cli = inProject('dist', 'main', 'cli.js');
// The host sees the command line as if it had been started by itself.
process.argv[1] = cli;
await import(pathToFileURL(cli).href);
