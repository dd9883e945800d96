/** Runs before each file of tests: what fast-check draws is the same in every `npm test`, and fresh in a long run, whose report has the seed. */

import fc from 'fast-check';
import { isLongRun, SEED } from './fuzz-inputs.ts';

if (!isLongRun) fc.configureGlobal({ seed: SEED });
