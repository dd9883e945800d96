import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSetupCommand } from '../../../../main/turn-setup/command.ts';
import { turnSetupEn } from '../../../../main/turn-setup/i18n/en.ts';
import { turnSetupRu } from '../../../../main/turn-setup/i18n/ru.ts';
import { catalogueProblems } from '../../../support/i18n/catalogue-problems.ts';

let directory: string;
let out: string;
let said: string[];
let complaints: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'secret-call-turn-'));
  out = join(directory, 'новый relay');
  said = [];
  complaints = [];
});
afterEach(() => rm(directory, { recursive: true }));

const run = (argv: readonly string[] = [], byte = 1, lang = 'en_US.UTF-8') =>
  runSetupCommand({
    argv: ['--domain', 'turn.example.org', '--out', out, ...argv],
    env: { LANG: lang },
    systemLocale: 'en',
    randomBytes: (sizeBytes) => Buffer.alloc(sizeBytes, byte),
    say: (text) => said.push(text),
    complain: (text) => complaints.push(text),
  });
const read = (name: string) => readFile(join(out, name), 'utf8');
const FULL_DISK = '/dev/full';
const FILES = [
  ...['README.md', 'compose.yaml', 'firewall.sh', 'install.sh', 'renew-hook.sh', 'secret-call-turn.service'],
  ...['turn-secret', 'turnserver.conf'],
];

describe('a relay’s set-up', () => {
  it('is a folder of files that belong together', async () => {
    expect(await run()).toBe(0);
    expect(complaints).toEqual([]);
    expect((await readdir(out)).sort()).toEqual(FILES);
    const secret = (await read('turn-secret')).trim();
    expect(secret).toBe(Buffer.alloc(32, 1).toString('base64url'));
    expect((await read('turnserver.conf')).split('\n')).toContain(`static-auth-secret=${secret}`);
    for (const name of FILES.filter((file) => !file.startsWith('turn')))
      expect(await read(name)).not.toContain(secret);
    expect(said.join('\n')).toContain(out);
    expect(said.join('\n')).not.toContain(secret);
  });

  it('lets nobody else read the secret', async () => {
    await run();
    for (const name of ['turn-secret', 'turnserver.conf'])
      expect((await stat(join(out, name))).mode & 0o777).toBe(0o600);
  });

  it('names one name, one port and one folder everywhere', async () => {
    await run();
    expect(await read('install.sh')).toContain("-d 'turn.example.org'");
    expect(await read('README.md')).toContain('--turn "turns:turn.example.org:443?transport=tcp"');
    const [conf, hook, unit, compose] = await Promise.all(
      ['turnserver.conf', 'renew-hook.sh', 'secret-call-turn.service', 'compose.yaml'].map(read),
    );
    for (const text of [conf, hook, unit, compose]) expect(text).toContain('/etc/secret-call-turn');
    for (const port of ['3478/udp', '3478/tcp', '443/tcp', '49152:65535/udp', '80/tcp'])
      expect(await read('firewall.sh')).toContain(`ufw allow ${port} `);
    for (const line of ['    network_mode: host', '    cap_drop: [ALL]']) expect(compose).toContain(line);
  });

  it('is made of scripts that a shell can read', async () => {
    await run(['--email', 'a@example.org']);
    for (const name of FILES.filter((file) => file.endsWith('.sh')))
      expect(() => execFileSync('sh', ['-n', join(out, name)])).not.toThrow();
    expect(await read('install.sh')).toContain("--email 'a@example.org'");
  });

  it('tells a machine behind its provider’s translation which address is whose', async () => {
    await run(['--address', '203.0.113.7/10.0.0.5']);
    const conf = (await read('turnserver.conf')).split('\n');
    for (const line of ['listening-ip=10.0.0.5', 'relay-ip=10.0.0.5', 'external-ip=203.0.113.7/10.0.0.5'])
      expect(conf).toContain(line);
  });

  it('is renewed with the secret of before', async () => {
    await run();
    expect(await run(['--address', '203.0.113.7'], 2)).toBe(0);
    expect((await read('turn-secret')).trim()).toBe(Buffer.alloc(32, 1).toString('base64url'));
    expect(await read('turnserver.conf')).toContain('listening-ip=203.0.113.7');
    expect(said).toContain(turnSetupEn['kept-secret']);
  });

  it('speaks Russian where the terminal does', async () => {
    await run([], 1, 'ru_RU.UTF-8');
    expect(await read('README.md')).toContain('Собственный ретранслятор: turn.example.org');
    expect(`${await read('README.md')}${said.join('')}`).not.toMatch(/\{\w+\}/);
  });
});

describe('the guide of a relay', () => {
  /** What a shell makes of the words after a command, in lines of the guide. */
  const wordsAfter = async (command: string) => {
    const guide = await read('README.md');
    const [, line = ''] = new RegExp(`^.*${command} (.*)$`, 'm').exec(guide) ?? [];
    return execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
  };

  it.each(['relay', 'my relay', "x'; touch owned; '", '$(touch owned)', 'a`b`"c'])(
    'names the folder %j so that a shell reads it as a name',
    async (name) => {
      out = join(directory, name);
      expect(await run()).toBe(0);
      expect(await wordsAfter('scp -r')).toEqual([out, 'root@turn.example.org:secret-call-turn']);
      expect(await wordsAfter('--turn-secret-file')).toEqual([join(out, 'turn-secret')]);
    },
  );
});

describe('a folder that is somebody’s', () => {
  it('is left as it is', async () => {
    await mkdir(out);
    await writeFile(join(out, 'photo.jpg'), 'x');
    expect(await run()).toBe(1);
    expect(await readdir(out)).toEqual(['photo.jpg']);
    expect(complaints.join('')).toContain(out);
  });

  it.each(['', 'two words', 'a#b', 'line\nbreak', 'x"y'])('keeps a secret that is none: %j', async (text) => {
    await mkdir(out);
    await writeFile(join(out, 'turn-secret'), text);
    expect(await run()).toBe(1);
    expect(await readdir(out)).toEqual(['turn-secret']);
    expect(await read('turn-secret')).toBe(text);
  });

  it('keeps all that was in it where one of the files cannot be put there, and gets nothing new', async () => {
    await run();
    await rm(join(out, 'README.md'));
    await mkdir(join(out, 'README.md'));
    const before = await read('turnserver.conf');
    expect(await run(['--address', '203.0.113.7'])).toBe(1);
    expect((await readdir(out)).sort()).toEqual(FILES);
    expect(await read('turnserver.conf')).toBe(before);
    expect(complaints.at(-1)).toBe(turnSetupEn['folder.not-writable'].replace('{folder}', out));
  });

  it.skipIf(!existsSync(FULL_DISK))('keeps all that was in it where the disk is full', async () => {
    await run();
    const before = await Promise.all(FILES.map(read));
    // What is written beside the old file, to take its place.
    await symlink(FULL_DISK, join(out, `renew-hook.sh.${process.pid}.next`));
    expect(await run(['--address', '203.0.113.7'])).toBe(1);
    expect(complaints.at(-1)).toBe(turnSetupEn['folder.disk-full'].replace('{folder}', out));
    expect((await readdir(out)).sort()).toEqual(FILES);
    expect(await Promise.all(FILES.map(read))).toEqual(before);
  });

  it('leaves none behind that was made for nothing', async () => {
    // There is room for the folder's path, and none for a file's in it.
    const deep = 'a/'.repeat(Math.floor((4_080 - directory.length) / 2));
    out = join(directory, deep);
    expect(await run()).toBe(1);
    expect(await readdir(directory)).toEqual([]);
  });

  it('is not one whose path nobody can read', async () => {
    out = join(directory, 'a\nscp');
    expect(await run()).toBe(1);
    expect(await readdir(directory)).toEqual([]);
  });

  it('cannot be below a file', async () => {
    await writeFile(join(directory, 'file'), '');
    out = join(directory, 'file', 'relay');
    expect(await run()).toBe(1);
    expect(complaints).toEqual([turnSetupEn['folder.not-writable'].replace('{folder}', out)]);
  });
});

describe('what is typed wrong', () => {
  it('is named, with how it is used, and writes nothing', async () => {
    expect(await run(['--email', 'x'])).toBe(2);
    expect(complaints.join('')).toContain('"x" is no e-mail address.');
    expect(complaints.join('')).toContain('--domain NAME');
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });
});

describe('the texts of a relay’s set-up', () => {
  it('say the same in both languages', () => {
    expect(catalogueProblems(turnSetupEn, turnSetupRu)).toEqual([]);
    const commands = (text: string) => text.match(/^(?:scp|ssh|npm| {2}--turn).*$/gm);
    expect(commands(turnSetupRu.guide)).toEqual(commands(turnSetupEn.guide));
  });
});
