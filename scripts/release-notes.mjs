// @ts-check
/** Owns what a release says of itself: `node scripts/release-notes.mjs v1.2.3` prints the changelog's section of that version. */

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { giveUp, inProject } from './project.mjs';

/**
 * The section of a version, without its heading; null where there is none, or it is empty.
 * @param {string} changelog
 * @param {string} version
 */
export function sectionOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const found = sections.find((section) => /^\[?([^\]\s]+)/.exec(section)?.[1] === version);
  const [, ...lines] = found?.split('\n') ?? [];
  return lines.join('\n').trim() || null;
}

/** @param {string | undefined} tag */
async function printNotes(tag) {
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  if (tag !== `v${version}`) giveUp(`The tag is ${tag}, but package.json says ${version}.`);
  const section = sectionOf(await readFile(inProject('CHANGELOG.md'), 'utf8'), version);
  if (section === null) giveUp(`CHANGELOG.md has no section for ${version}.`);
  console.log(section);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await printNotes(process.argv[2]);
