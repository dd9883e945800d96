/** Holds the remedies to the system the person has, in words of every language. */

import { describe, expect, it } from 'vitest';
import { hostSystem, missingFor, remedyFor } from '../../../../../main/common/host-api/remedies.ts';
import {
  HOST_SYSTEMS,
  type HostSystem,
  TUNNEL_ERROR_CODES,
} from '../../../../../main/common/host-api/snapshot.ts';
import { nativeTexts } from '../../../../../main/desktop/native-texts.ts';

describe('hostSystem', () => {
  it.each<[string, string, HostSystem]>([
    ['linux', 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', 'debian'],
    ['linux', 'ID=ubuntu\nID_LIKE=debian\n', 'debian'],
    ['linux', 'ID=\'linuxmint\'\nID_LIKE="ubuntu debian"\n', 'debian'],
    ['linux', 'ID=fedora\nVARIANT_ID=workstation\n', 'fedora'],
    ['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'fedora'],
    ['linux', 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'suse'],
    ['linux', 'ID=arch\n', 'arch'],
    ['linux', 'ID=manjaro\nID_LIKE=arch\n', 'arch'],
    ['linux', 'ID=nixos\n', 'linux'],
    ['linux', '', 'linux'],
    ['linux', 'ID=constructor\n', 'linux'],
    ['win32', '', 'windows'],
    ['darwin', 'ID=debian', 'macos'],
  ])('knows %s with %j', (platform, osRelease, expected) => {
    expect(hostSystem(platform, osRelease)).toBe(expected);
  });
});

describe('remedyFor', () => {
  it.each(['en', 'ru'] as const)(
    'says in %s how each system gets its ssh, unless that has one or nobody knows',
    (language) => {
      const t = nativeTexts[language];
      const remedies = HOST_SYSTEMS.map((system) => [system, remedyFor('ssh', system, t)]);
      const without = remedies.filter(([, words]) => words === null).map(([system]) => system);
      expect(without).toEqual(['linux', 'macos']);
      expect(Object.fromEntries(remedies)).toMatchObject({
        debian: expect.stringContaining('sudo apt install openssh-client'),
        windows: expect.stringContaining('OpenSSH'),
      });
    },
  );
});

it('finds what is missing by the code of the tunnel', () => {
  const missing = TUNNEL_ERROR_CODES.flatMap((code) => missingFor(code) ?? []);
  expect(missing).toEqual(['ssh', 'ssh', 'cloudflared']);
});
