/** Owns that the app, the plain script that starts it and the tests mean the same line by "ready". */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { READY_LINE } from '../../support/host/ready-line.ts';

it.each(['main/index.ts', 'scripts/start.mjs'])('%s has the line', (file) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  expect(text).toContain(`const READY_LINE = '${READY_LINE}';`);
});
