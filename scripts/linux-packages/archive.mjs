// @ts-check
/** Owns the archive for those who want to unpack the app somewhere and start it. */

import { chmod, cp } from 'node:fs/promises';
import path from 'node:path';
import { inProject, run } from '../project.mjs';

/** @typedef {import('./system-tree.mjs').Payload} Payload */

/**
 * @param {Payload} payload
 * @param {string} work a folder of its own
 * @param {string} output
 */
export async function makeArchive({ description, folder, date, closely }, work, output) {
  const { name, version } = description;
  const inside = `${name}-${version}-linux-${process.arch}`;
  const top = path.join(work, inside);
  await cp(folder, path.join(top, 'lib', name), { recursive: true });
  await cp(inProject('assets/linux/launcher'), path.join(top, name));
  await chmod(path.join(top, name), 0o755);
  await cp(inProject('assets/linux/copyright'), path.join(top, 'copyright'));
  const file = path.join(output, `${inside}.tar.gz`);
  const alike = [
    '--sort=name',
    `--mtime=@${date.getTime() / 1000}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
  ];
  const code = await run('tar', [
    ...alike,
    '--mode=u=rwX,go=rX',
    `--use-compress-program=gzip -n${closely ? 9 : 1}`,
    ...['-C', work, '-cf', file, inside],
  ]);
  if (code !== 0) throw new Error('tar failed');
  return file;
}
