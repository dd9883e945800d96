/** Holds that what the packages for Linux say of the app is what the other packages and the app itself say. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { APP_LINK_SCHEME } from '../../../../main/common/e2ee/call-link.ts';
import { describePackage } from '../../../../scripts/linux-packages/description.mjs';
import { desktopEntry, metainfo } from '../../../../scripts/linux-packages/desktop-files.mjs';
import { filesIn, textOf } from '../../../support/source/source-tree.ts';

const description = await describePackage();
const builder = textOf('electron-builder.yml');

it('opens links of the app’s own scheme, which are never taken for switches', () => {
  const entry = desktopEntry(description);
  expect(entry).toContain(`\nMimeType=x-scheme-handler/${APP_LINK_SCHEME};\n`);
  expect(entry).toContain('\nExec=secret-call -- %u\n');
});

it('has one name, one summary and one scheme in all packages', () => {
  expect(builder).toContain(`\n  executableName: ${description.name}\n`);
  expect(builder).toContain(`\n  synopsis: ${description.summary.en}\n`);
  expect(builder).toContain(`\n  name: ${description.title}\n  schemes: [${description.scheme}]\n`);
  expect(description.desktopEntry).toBe(`${description.name}.desktop`);
  // What Electron makes of it on X11: the class of the windows, by which a dock finds the entry.
  expect(desktopEntry(description)).toContain(`\nStartupWMClass=${description.title}\n`);
});

it('tells shops the release, and every text in both languages', () => {
  const page = metainfo(description, new Date('2026-11-29T00:00:00Z'));
  expect(page).toContain(`<release version="${description.version}" date="2026-11-29"/>`);
  for (const { en, ru } of [description.summary, ...description.paragraphs]) {
    expect(page).toContain(`>${en}<`);
    expect(page).toContain(` xml:lang="ru">${ru}<`);
    expect(ru).toMatch(/[а-я]/);
  }
});

it('has an icon for each size that it names', () => {
  for (const file of filesIn('assets/icons')) {
    const picture = readFileSync(file);
    const side = Number(/(\d+)\.png$/.exec(file)?.[1]);
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([side, side]);
  }
});
