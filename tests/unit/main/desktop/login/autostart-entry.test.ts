/** Holds the autostart entry to what desktops make of it: GLib's own reading where it is there, and what others write into it. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  formatAutostartEntry,
  parseAutostartEntry,
} from '../../../../../main/desktop/login/autostart-entry.ts';
import { findProgram } from '../../../../support/process/find-program.ts';
import { until } from '../../../../support/time/until.ts';

const run = promisify(execFile);
const gio = findProgram(['gio']);
const validator = findProgram(['desktop-file-validate']);

/** Notes what it was started as, and with what. */
const PROGRAM = `#!/bin/sh
here=$(dirname "$0")
printf '%s\\n' "$0" "$@" >"$here/part"
mv "$here/part" "$here/seen"
`;

const FOLDERS = [
  'plain',
  ' with  blanks ',
  'Мои программы',
  'it’s 100%u "quoted" $HOME `id` \\back\\\\slash;~&|<>*?#()',
];

describe('formatAutostartEntry', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'autostart-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it.skipIf(!gio || !validator).each(FOLDERS)(
    'starts the program in the folder %j, with its arguments as they are',
    async (folder) => {
      const file = path.join(directory, folder, 'secret-call');
      await mkdir(path.dirname(file));
      await writeFile(file, PROGRAM);
      await chmod(file, 0o755);
      const args = ['/the app/здесь', '--hidden'];
      const entry = path.join(directory, 'secret-call.desktop');
      await writeFile(entry, formatAutostartEntry({ file, args }) ?? '');
      await run(validator ?? '', [entry]);
      await run(gio ?? '', ['launch', entry]);
      const seen = await until(
        'the program',
        () => readFile(path.join(path.dirname(file), 'seen'), 'utf8').catch(() => ''),
        (text) => text !== '',
      );
      expect(seen).toBe(`${[file, ...args].join('\n')}\n`);
    },
  );

  it.each(['/opt/a=b/secret-call', '/opt/a\nExec=rm/secret-call', '/opt/\u0000/secret-call'])(
    'names no program that it cannot: %j',
    (file) => {
      expect(formatAutostartEntry({ file, args: [] })).toBeNull();
    },
  );

  it('takes no argument that would end its line', () => {
    expect(formatAutostartEntry({ file: '/bin/a', args: ['b\nHidden=true'] })).toBeNull();
  });
});

describe('parseAutostartEntry', () => {
  it.each(FOLDERS)('finds its own program again in %j', (folder) => {
    const file = `/opt/${folder}/secret-call`;
    const text = formatAutostartEntry({ file, args: ['--hidden'] }) ?? '';
    expect(parseAutostartEntry(text)).toEqual({ enabled: true, program: file });
  });

  const own = formatAutostartEntry({ file: '/bin/a', args: [] }) ?? '';
  it.each([
    ['GNOME’s tools', own.replace('enabled=true', 'enabled=false')],
    ['others', `${own}Hidden=true\n`],
    ['others, with blanks', `${own}Hidden = true \n`],
    ['somebody who emptied it', ''],
    ['somebody who left nothing to start', '[Desktop Entry]\nType=Application\n'],
  ])('sees what %s switched off', (_, text) => {
    expect(parseAutostartEntry(text).enabled).toBe(false);
  });

  it('does not take another group for the entry', () => {
    const text = `# a remark\n${own}\n[Desktop Action x]\nHidden=true\nTryExec=/bin/b\n`;
    expect(parseAutostartEntry(text)).toEqual({ enabled: true, program: '/bin/a' });
  });
});
