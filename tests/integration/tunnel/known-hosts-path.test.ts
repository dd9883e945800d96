/** Checks that ssh itself reads the path of the known hosts as it was meant, wherever the data lies. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { knownHostsArgument } from '../../../main/tunnel/providers/ssh-args.ts';

const noSsh = spawnSync('ssh', ['-V']).error !== undefined;
it.skipIf(noSsh).each([
  'a %d b-',
  "it's-",
  'a"b-',
  '"-',
  'back\\slash-',
  'both\\"-',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: ssh's own way to name a variable
  '${HOME}-',
  'two\nlines-',
  '~-',
  '#-',
  '$(id)-',
])(`is read by ssh as one path in a folder like %j${noSsh ? ' (skipped: no ssh here)' : ''}`, (name) => {
  const folder = mkdtempSync(join(tmpdir(), name));
  const file = join(folder, 'known_hosts');
  const asked = ['-F', 'none', '-G', '-o', knownHostsArgument(file, folder), 'nokey@localhost.run'];
  const shown = spawnSync('ssh', asked, { cwd: folder }).stdout.toString();
  rmSync(folder, { recursive: true });
  const path = /^userknownhostsfile (.*)$/m.exec(shown)?.[1] ?? '';
  expect(resolve(folder, path)).toBe(file);
});
