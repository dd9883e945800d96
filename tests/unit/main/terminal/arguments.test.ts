/** Holds the command line to its documented flags. */

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments, wantsJson } from '../../../../main/terminal/arguments.ts';

describe('parseArguments', () => {
  it('has the documented defaults', () => {
    expect(parseArguments([])).toEqual({
      ok: true,
      value: {
        kind: 'host',
        options: {
          mode: 'group',
          capacity: 6,
          port: 8790,
          tunnel: 'localhost.run',
          otherTunnel: true,
          lan: false,
          keepRoom: false,
          lobby: false,
          files: true,
          relayOnly: false,
          origins: [],
        },
        ssh: {},
        turn: null,
        json: false,
      },
    });
  });

  it('takes every flag', () => {
    const argv =
      '--mode group --capacity 12 --port 0 --tunnel cloudflared --ssh-target nokey@ssh.example --ssh-port 2222 --ssh-known-hosts keys --origin https://A.example/ --origin=https://b.example:8443 --lan --keep-room --lobby --no-files --turn turn:a --turn-secret-file s --relay-only --json';
    expect(parseArguments(argv.split(' '))).toEqual({
      ok: true,
      value: {
        kind: 'host',
        options: {
          mode: 'group',
          capacity: 12,
          port: 0,
          tunnel: 'cloudflared',
          otherTunnel: false,
          lan: true,
          keepRoom: true,
          lobby: true,
          files: false,
          relayOnly: true,
          origins: ['https://a.example', 'https://b.example:8443'],
        },
        ssh: { target: 'nokey@ssh.example', port: 2222, knownHostsFile: path.resolve('keys') },
        turn: { urls: ['turn:a'], credentials: { kind: 'shared-secret', secretFile: 's' } },
        json: true,
      },
    });
  });

  it.each([['--tunnel localhost.run'], ['--ssh-target nokey@ssh.example'], ['--ssh-port 2222']])(
    'takes a tunnel that is named for the only one: %s',
    (line) => {
      expect(parseArguments(line.split(' '))).toMatchObject({
        value: { options: { tunnel: 'localhost.run', otherTunnel: false } },
      });
    },
  );

  it('gives 1x1 its two places', () => {
    for (const argv of [
      ['--mode', '1x1'],
      ['--mode', '1x1', '--capacity', '2'],
    ]) {
      expect(parseArguments(argv)).toMatchObject({ value: { options: { mode: '1x1', capacity: 2 } } });
    }
  });

  it.each(['--help', '-h', '--json --help --port 1'])('shows help for %s', (line) => {
    expect(parseArguments(line.split(' '))).toEqual({ ok: true, value: { kind: 'help' } });
  });

  it.each([
    ['--verbose', 'unknown', '--verbose'],
    ['-x', 'unknown', '-x'],
    ['--toString', 'unknown', '--toString'],
    ['--__proto__', 'unknown', '--__proto__'],
    ['--port', 'no-value', '--port'],
    ['--port --json', 'no-value', '--port'],
    ['--json=yes', 'extra-value', '--json'],
    ['extra', 'positional', 'extra'],
    ['--json -- extra', 'positional', 'extra'],
    ['--mode duo', 'mode', '--mode'],
    ['--capacity 1', 'capacity', '--capacity'],
    ['--capacity 13', 'capacity', '--capacity'],
    ['--capacity 2.0', 'capacity', '--capacity'],
    ['--capacity=', 'capacity', '--capacity'],
    ['--mode 1x1 --capacity 3', 'capacity-1x1', '--capacity'],
    ['--port=-1', 'port', '--port'],
    ['--port 65536', 'port', '--port'],
    ['--port 0x50', 'port', '--port'],
    ['--port 1e3', 'port', '--port'],
    ['--tunnel ngrok', 'tunnel', '--tunnel'],
    ['--ssh-target host', 'ssh-target', '--ssh-target'],
    ['--ssh-target=-oProxyCommand=x@host', 'ssh-target', '--ssh-target'],
    ['--ssh-target user@-host', 'ssh-target', '--ssh-target'],
    ['--ssh-port 0', 'ssh-port', '--ssh-port'],
    ['--ssh-known-hosts=', 'ssh-known-hosts', '--ssh-known-hosts'],
    ['--ssh-known-hosts=a"b', 'ssh-known-hosts', '--ssh-known-hosts'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: ssh's own way to name a variable
    ['--ssh-known-hosts=${HOME}/keys', 'ssh-known-hosts', '--ssh-known-hosts'],
    ['--origin http://a.example', 'origin', '--origin'],
    ['--origin https://a.example/path', 'origin', '--origin'],
  ])('refuses %s', (line, problem, option) => {
    expect(parseArguments(line.split(' '))).toEqual({ ok: false, error: { problem, option } });
  });
});

describe('wantsJson', () => {
  it('sees the flag even where the rest is wrong', () => {
    expect(wantsJson(['--port', 'x', '--json'])).toBe(true);
    expect(wantsJson(['--port'])).toBe(false);
    expect(wantsJson(['--', '--json'])).toBe(false);
  });
});
