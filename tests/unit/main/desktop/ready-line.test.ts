/** Owns that the app and the plain script that starts it mean the same line. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { READY_LINE } from '../../../../main/desktop/ready-line.ts';

it('is the line scripts/start.mjs waits for', () => {
  const launcher = readFileSync(new URL('../../../../scripts/start.mjs', import.meta.url), 'utf8');
  expect(launcher).toContain(`'${READY_LINE}'`);
});
