// @ts-check
/** Owns the package for Debian, Ubuntu and their kin, as their policy wants it. */

import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { inProject, run } from '../project.mjs';
import { layOut, setDates } from './system-tree.mjs';

/**
 * @typedef {import('./description.mjs').PackageDescription} PackageDescription
 * @typedef {import('./system-tree.mjs').Payload} Payload
 */

const LINE_MAX = 78;

/** The long description, each line a blank in, paragraphs parted by a full stop.
 * @param {PackageDescription} description */
function longDescription({ paragraphs }) {
  return paragraphs
    .map(({ en }) => {
      let line = '';
      /** @type {string[]} */
      const lines = [];
      for (const word of en.split(' ')) {
        if (line !== '' && line.length + word.length >= LINE_MAX) {
          lines.push(line);
          line = '';
        }
        line += ` ${word}`;
      }
      return [...lines, line].join('\n');
    })
    .join('\n .\n');
}

/** @param {PackageDescription} description @param {number} installedKilobytes */
const control = (description, installedKilobytes) => `Package: ${description.name}
Version: ${description.version}
Architecture: ${description.processor.deb}
Maintainer: ${description.maintainer}
Installed-Size: ${installedKilobytes}
Depends: ${description.debianDepends.join(', ')}
Recommends: ${description.recommends.deb.join(', ')}
Section: ${description.section}
Priority: optional
Homepage: ${description.homepage}
Description: ${description.summary.en}
${longDescription(description)}
`;

/** In Debian's form, where only what happened to the package stands.
 * @param {PackageDescription} description @param {Date} date */
const changelog = ({ name, version, maintainer }, date) => `${name} (${version}) stable; urgency=medium

  * Version ${version}; what is new in it stands in CHANGELOG.md.gz.

 -- ${maintainer}  ${date.toUTCString().replace('GMT', '+0000')}
`;

/** What dpkg verifies an installed package by, and how much it takes.
 * @param {string} tree */
async function measure(tree) {
  const sums = [];
  let kilobytes = 0;
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  const files = entries
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(path.join(tree, 'DEBIAN')));
  for (const file of files.sort()) {
    const status = await lstat(file);
    kilobytes += status.isFile() ? Math.ceil(status.size / 1024) : 1;
    if (!status.isFile()) continue;
    const sum = createHash('md5')
      .update(await readFile(file))
      .digest('hex');
    sums.push(`${sum}  ${path.relative(tree, file)}\n`);
  }
  return { sums: sums.join(''), kilobytes };
}

/**
 * Makes the package out of `folder/tree`, which it lays out itself.
 * @param {Payload} payload
 * @param {string} work a folder of its own
 * @param {string} output
 */
export async function makeDeb(payload, work, output) {
  const { description, date, closely } = payload;
  const { name, version, processor } = description;
  const tree = path.join(work, 'tree');
  await layOut(tree, payload);

  const documents = path.join(tree, 'usr/share/doc', name);
  await mkdir(documents, { recursive: true });
  const packed = (/** @type {string | Buffer} */ text) => gzipSync(text, { level: 9 });
  await writeFile(path.join(documents, 'changelog.gz'), packed(changelog(description, date)));
  await writeFile(path.join(documents, 'CHANGELOG.md.gz'), packed(await readFile(inProject('CHANGELOG.md'))));
  await cp(inProject('assets/linux/copyright'), path.join(documents, 'copyright'));
  const overrides = path.join(tree, 'usr/share/lintian/overrides', name);
  await cp(inProject('assets/linux/lintian-overrides'), overrides);
  await cp(inProject('assets/linux/apparmor'), path.join(tree, 'usr/share', name, 'apparmor'));

  const { sums, kilobytes } = await measure(tree);
  const scripts = path.join(tree, 'DEBIAN');
  await mkdir(scripts);
  await writeFile(path.join(scripts, 'control'), control(description, kilobytes));
  await writeFile(path.join(scripts, 'md5sums'), sums);
  for (const script of ['postinst', 'prerm']) {
    await cp(inProject('assets/linux', script), path.join(scripts, script));
    await chmod(path.join(scripts, script), 0o755);
  }
  await setDates(tree, date);
  const file = path.join(output, `${name}_${version}_${processor.deb}.deb`);
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(date.getTime() / 1000) };
  const code = await run(
    'dpkg-deb',
    ['--root-owner-group', ...(closely ? ['-Zxz', '-z6'] : ['-Zgzip', '-z1']), '--build', tree, file],
    { quiet: true, env },
  );
  if (code !== 0) throw new Error('dpkg-deb failed, or is not there (Fedora: dnf install dpkg)');
  return file;
}
