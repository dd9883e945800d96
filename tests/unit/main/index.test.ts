/** Owns that the app, the plain script that starts it, the packages and the tests mean the same by its line and its id. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { READY_LINE } from '../../support/host/ready-line.ts';

it.each(['main/index.ts', 'scripts/start.mjs'])('%s has the line', (file) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  expect(text).toContain(`const READY_LINE = '${READY_LINE}';`);
});

it('has the id under which the packages install it', () => {
  const [entry, packages] = ['main/index.ts', 'electron-builder.yml'].map((file) =>
    readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'),
  );
  const [, id] = /^appId: (.+)$/m.exec(packages ?? '') ?? [];
  expect(entry).toContain(`const APP_ID = '${id}';`);
});

it('does not listen to the whole network where the system would ask about it', () => {
  const entry = readFileSync(new URL('../../../main/index.ts', import.meta.url), 'utf8');
  expect(entry).toContain("const NAMES_FOR_ADDRESSES = 'WebRtcHideLocalIpsWithMdns';");
  expect(entry).toContain(
    "if (process.platform !== 'linux') app.commandLine.appendSwitch('disable-features', NAMES_FOR_ADDRESSES);",
  );
});
