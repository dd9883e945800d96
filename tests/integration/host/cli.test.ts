/** Holds the bundled terminal host, as a process of its own, to what others rely on. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseFragment } from '../../../main/common/e2ee/invite-link.ts';
import { bundleForNode } from '../../support/process/bundle-for-node.ts';
import { SocketGuest } from '../../support/wire/socket-guest.ts';

let folder: string;
let program: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cli-'));
  // The layout of dist/: the page lies beside the program's folder.
  program = path.join(folder, 'main', 'cli.mjs');
  for (const part of ['main', 'web-client']) await mkdir(path.join(folder, part));
  await writeFile(path.join(folder, 'web-client', 'index.html'), '<!doctype html><title>page</title>');
  const bundle = await bundleForNode('main/cli.ts');
  await copyFile(bundle.file, program);
  await bundle.remove();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param wrapper a program that runs the host in another environment, with its arguments */
function run(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
  wrapper: readonly string[] = [],
) {
  const [command = process.execPath, ...args] = [...wrapper, process.execPath, program, ...flags];
  const child = spawn(command, args, {
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', SECRET_CALL_DATA: path.join(folder, 'data'), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  const lines: string[] = [];
  let errors = '';
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  /** The first line, past or to come, that holds the text. */
  const lineWith = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        const found = lines.find((line) => line.includes(text));
        if (found === undefined) return;
        reader.off('line', check);
        resolve(found);
      };
      reader.on('line', check);
      void ended.then(() => reject(new Error(`ended without "${text}": ${errors}`)));
      check();
    });
  return { child, lines, errors: () => errors, ended, lineWith };
}

/** Runs a program in a network whose loopback interface has no address. */
const WITHOUT_LOOPBACK = [
  'unshare',
  '--net',
  'sh',
  '-c',
  'ip link set lo up && ip address flush dev lo && exec "$@"',
  '-',
];
const [unshare = '', ...unshareArguments] = WITHOUT_LOOPBACK;
const noNamespace = spawnSync(unshare, [...unshareArguments, 'true']).status !== 0;

/** Runs a program as another person of this computer, whose number this is. */
const SOMEBODY_ELSE = 65_534;
const AS_SOMEBODY_ELSE = [
  'setpriv',
  `--reuid=${SOMEBODY_ELSE}`,
  `--regid=${SOMEBODY_ELSE}`,
  '--clear-groups',
];
const [setpriv = '', ...setprivArguments] = AS_SOMEBODY_ELSE;
const noOtherPerson = spawnSync(setpriv, [...setprivArguments, process.execPath, '--version']).status !== 0;

const LOCAL = ['--tunnel', 'none', '--port', '0'];

describe('the terminal host with --json', () => {
  it('opens a room that a guest can join, tells of it in lines, and ends in order', async () => {
    const { child, lines, errors, ended, lineWith } = run(['--json', ...LOCAL]);
    const live = JSON.parse(await lineWith('"live"'));
    expect(live).toEqual({
      event: 'live',
      pid: child.pid,
      port: expect.any(Number),
      invite: expect.stringContaining(`http://localhost:${live.port}/#`),
    });
    const guest = await SocketGuest.open(live.invite);
    await guest.join('Ada');
    expect(JSON.parse(await lineWith('"participants"'))).toEqual({ event: 'participants', count: 1 });
    child.kill('SIGINT');
    await guest.next('closed');
    expect(await ended).toBe(0);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['live', 'participants', 'stopped']);
    expect(errors()).toBe('');
    expect(await readdir(path.join(folder, 'data'))).toEqual(['certificate.pem']);
  });

  it('has the secret nowhere but in the invite', async () => {
    const { child, lines, errors, ended, lineWith } = run(['--json', ...LOCAL], { SECRET_CALL_LOG: 'debug' });
    const { invite } = JSON.parse(await lineWith('"live"'));
    const guest = await SocketGuest.open(invite);
    await guest.join('Ada');
    await lineWith('"participants"');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    const [secret = '', token = ''] = new URL(invite).hash.slice(1).split('.');
    expect(parseFragment(new URL(invite).hash)).not.toBeNull();
    expect(errors()).toContain('"event":"host-live"');
    const output = [...lines, errors()].join('\n').replace(invite, '');
    for (const private_ of [secret, token, 'Ada', guest.id]) expect(output).not.toContain(private_);
  });

  it('counts a signal that comes twice at once as one', async () => {
    const { child, ended, lineWith } = run(['--json', ...LOCAL]);
    await lineWith('"live"');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('goes on when nobody reads its output any more', async () => {
    const { child, ended, lineWith } = run(['--json', ...LOCAL]);
    const { invite, port } = JSON.parse(await lineWith('"live"'));
    child.stdout.destroy();
    const guest = await SocketGuest.open(invite);
    await guest.join('Ada');
    await guest.next('roster');
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
    child.kill('SIGTERM');
    // No word that the call is over: those inside talk on.
    expect(await guest.closed).toBe(1006);
    expect(await ended).toBe(0);
  });

  it('fails with its code when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { lines, ended } = run(['--json', '--tunnel', 'none', '--port', String(port)]);
    expect(await ended).toBe(1);
    expect(lines).toEqual(['{"event":"failed","code":"port-in-use"}']);
    other.close();
  });

  it.skipIf(noOtherPerson)(
    `lets two people of one computer host at once, each on a port of their own${noOtherPerson ? ' (skipped: cannot become somebody else)' : ''}`,
    async () => {
      const first = run(['--json', ...LOCAL]);
      const { invite, port } = JSON.parse(await first.lineWith('"live"'));
      const SECRET_CALL_DATA = path.join(folder, 'data of somebody else');
      await chmod(folder, 0o755);
      await mkdir(SECRET_CALL_DATA);
      await chown(SECRET_CALL_DATA, SOMEBODY_ELSE, SOMEBODY_ELSE);
      const runElse = (flags: readonly string[]) => run(flags, { SECRET_CALL_DATA }, AS_SOMEBODY_ELSE);

      const inTheWay = runElse(['--json', '--tunnel', 'none', '--port', String(port)]);
      expect(await inTheWay.ended).toBe(1);
      expect(inTheWay.lines).toEqual(['{"event":"failed","code":"port-in-use"}']);

      const second = runElse(['--json', ...LOCAL]);
      const other = JSON.parse(await second.lineWith('"live"'));
      for (const [link, name] of [
        [invite, 'Ada'],
        [other.invite, 'Grace'],
      ])
        await (await SocketGuest.open(link)).join(name);
      for (const { child, lineWith } of [first, second]) {
        expect(JSON.parse(await lineWith('"participants"'))).toEqual({ event: 'participants', count: 1 });
        child.kill('SIGTERM');
      }
      expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
    },
  );

  it.skipIf(noNamespace)(
    `fails with its code where the computer has no loopback address${noNamespace ? ' (skipped: no network namespace)' : ''}`,
    async () => {
      const { lines, ended } = run(['--json', ...LOCAL], {}, WITHOUT_LOOPBACK);
      expect(await ended).toBe(1);
      expect(lines).toEqual(['{"event":"failed","code":"no-loopback"}']);
    },
  );

  it('hosts where the data folder is a file, says so, and takes what it needed meanwhile away again', async () => {
    const temporary = path.join(folder, 'временные файлы');
    await mkdir(temporary, { recursive: true });
    const host = run(LOCAL, { SECRET_CALL_DATA: program, TMPDIR: temporary });
    await host.lineWith('Nothing can be saved');
    await host.lineWith('localhost');
    expect(await readdir(temporary)).toEqual([expect.stringMatching(/^secret-call-/)]);
    host.child.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('fails with bad-options for what it does not understand', async () => {
    const { lines, ended, errors } = run(['--json', '--mode', '1x1', '--capacity', '3']);
    expect(await ended).toBe(1);
    expect(lines).toEqual(['{"event":"failed","code":"bad-options"}']);
    expect(errors()).toContain('--capacity can only be 2');
  });
});

describe('the terminal host in words', () => {
  it('shows links without escapes when its output is a pipe, and outlives its input', async () => {
    const { child, lines, ended, lineWith } = run([...LOCAL, '--origin', 'https://a.example']);
    child.stdin.end('q\n');
    await lineWith('Nobody is in the room yet');
    expect(lines.find((line) => line.startsWith('Link for guests: https://a.example/#'))).toBeDefined();
    expect(lines.filter((line) => /^[█▀▄ ]{30,}$/.test(line)).length).toBeGreaterThan(15);
    expect(lines.join('\n')).not.toContain('\u001b');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(lines.at(-1)).toBe('The room is closed');
  });

  it('explains itself in the language of the environment', async () => {
    const { lines, ended } = run(['--help'], { LC_ALL: 'ru_RU.UTF-8' });
    expect(await ended).toBe(0);
    expect(lines.join('\n')).toContain('--ssh-known-hosts FILE   файл с его ключом');
  });
});
