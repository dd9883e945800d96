/** Checks the exact arguments of ssh, and that no target can become an option. */

import { describe, expect, it } from 'vitest';
import {
  knownHostsArgument,
  parseSshTarget,
  sshArguments,
} from '../../../../../main/tunnel/providers/ssh-args.ts';

const PINNED = {
  target: { user: 'nokey', host: 'localhost.run' },
  port: null,
  knownHostsFile: '/data/known_hosts',
  directory: '/data',
  pinned: true,
  localPort: 8790,
};

describe('sshArguments', () => {
  it('are exactly these for localhost.run', () => {
    expect(sshArguments(PINNED).join(' ')).toBe(
      '-F none -T -n -o BatchMode=yes -o ExitOnForwardFailure=yes -o ConnectTimeout=10 -o ServerAliveInterval=5' +
        ' -o ServerAliveCountMax=3 -o PubkeyAuthentication=no -o IdentityAgent=none -o IdentityFile=none' +
        ' -o UserKnownHostsFile="/data/known_hosts" -o GlobalKnownHostsFile=none -o StrictHostKeyChecking=yes' +
        ' -o UpdateHostKeys=no -o CheckHostIP=no -o HostKeyAlgorithms=ssh-ed25519' +
        ' -R 80:127.0.0.1:8790 nokey@localhost.run',
    );
  });

  it('take a port, a user-less target and a file with keys of any kind', () => {
    const args = sshArguments({ ...PINNED, target: { user: null, host: '::1' }, port: 2222, pinned: false });
    expect(args.slice(-5)).toEqual(['-p', '2222', '-R', '80:127.0.0.1:8790', '::1']);
    expect(args).not.toContain('HostKeyAlgorithms=ssh-ed25519');
  });

  it('open a session, for without one there is no address', () => {
    expect(sshArguments(PINNED)).not.toContain('-N');
  });
});

describe('knownHostsArgument', () => {
  it('quotes blanks, doubles percent signs and turns the slashes of Windows', () => {
    expect(knownHostsArgument('/a b/50%/k', '/a b/50%')).toBe('UserKnownHostsFile="/a b/50%%/k"');
    expect(knownHostsArgument('C:\\Users\\A B\\k', 'C:\\Users\\A B')).toBe(
      'UserKnownHostsFile="C:/Users/A B/k"',
    );
  });
});

describe('parseSshTarget', () => {
  it.each([
    ['localhost.run', { user: null, host: 'localhost.run' }],
    ['nokey@localhost.run', { user: 'nokey', host: 'localhost.run' }],
    ['a.b_c-d@127.0.0.1', { user: 'a.b_c-d', host: '127.0.0.1' }],
    ['me@::1', { user: 'me', host: '::1' }],
  ])('takes %s', (text, target) => {
    expect(parseSshTarget(text)).toEqual({ ok: true, value: target });
  });

  it.each([
    '',
    '@',
    'user@',
    '@host',
    '-oProxyCommand=id',
    '-oProxyCommand=id@host',
    'user@-oProxyCommand=id',
    'user@-host',
    'user@host name',
    'user@host;id',
    'user@host\n',
    'user@$(id)',
    'a@b@c',
    'ssh://user@host',
    'user@host:22',
    'user@[::1]',
    'user@host..name',
    'user@host/..',
    `user@${'a'.repeat(64)}`,
    `user@${'a.'.repeat(127)}a`,
    `${'u'.repeat(65)}@host`,
  ])('refuses %j', (text) => {
    expect(parseSshTarget(text)).toEqual({ ok: false, error: 'bad-target' });
  });
});
