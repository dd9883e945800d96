/** Owns a Debian system in a folder with nothing in it but what every Debian has, and running programs in it as in a machine of its own. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { appendFile, cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describePackage } from '../../scripts/linux-packages/description.mjs';
import { findProgram } from '../support/process/find-program.ts';
import { NotHere } from './report.ts';

const runFile = promisify(execFile);
const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;

/** A name that trips programs which split at blanks, or take letters for bytes. */
export const HOME = '/home/Аня Б';
const PERSON = 1000;

/**
 * Mounts and processes of its own. What it is called with: the folder, `whole` or `confined`, the user's number, the command.
 * Confined, the folder is a mere chroot, in which the kernel makes no user namespaces.
 */
const ENTER = `
set -e
root=$1 kind=$2 user=$3
shift 3
mount --make-rprivate /
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t proc proc "$root/proc"
cd "$root"
if [ "$kind" = whole ]; then
  pivot_root . mnt
  umount -l /mnt
  exec setpriv --reuid "$user" --regid "$user" --clear-groups "$@"
fi
exec chroot . setpriv --reuid "$user" --regid "$user" --clear-groups "$@"
`;

export type Kind = 'whole' | 'confined';

/** Lists and logs of what was installed, and the person's own. */
const NOT_OF_PACKAGES = /^\/(?:home|var\/(?:lib\/(?:dpkg|apt|rpm)|cache|log))\//;

export class CleanSystem {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** The same release as this machine's, from where this machine has its packages. */
  static async create(folder: string): Promise<CleanSystem> {
    if (process.getuid?.() !== 0) throw new NotHere('wants root');
    if (!findProgram(['debootstrap'], ['/usr/sbin/debootstrap'])) throw new NotHere('no debootstrap');
    const release = /^VERSION_CODENAME=(\w+)/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1];
    if (release === undefined) throw new NotHere('no Debian');
    const targets = await runFile('apt-get', ['indextargets', '--format', '$(SITE)']);
    const [mirror = ''] = targets.stdout.split('\n');
    await runFile('debootstrap', ['--variant=minbase', release, folder, mirror], {
      maxBuffer: OUTPUT_MAX_BYTES,
    });
    const system = new CleanSystem(folder);
    // The one that debootstrap made is among this machine's.
    await rm(system.at('/etc/apt/sources.list'), { force: true });
    for (const settings of ['sources.list.d', 'apt.conf.d'])
      await cp(path.join('/etc/apt', settings), system.at('/etc/apt', settings), { recursive: true });
    await cp('/etc/resolv.conf', system.at('/etc/resolv.conf'));
    await appendFile(system.at('/etc/passwd'), `anna:x:${PERSON}:${PERSON}::${HOME}:/bin/sh\n`);
    await mkdir(system.at(HOME), { recursive: true });
    await system.run('chown', `${PERSON}:${PERSON}`, HOME);
    await system.run('apt-get', 'update', '-qq');
    return system;
  }

  /** Where a path of the system lies on this machine. */
  at(...parts: readonly string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** As its root; gives what it prints. */
  async run(...command: readonly string[]): Promise<string> {
    const { stdout } = await runFile('unshare', entering(this.folder, 'whole', 0, command), {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      maxBuffer: OUTPUT_MAX_BYTES,
    });
    return stdout;
  }

  /** What the app needs, as the deb says, where the package itself does not get it. */
  async installLibraries(): Promise<void> {
    const { debianDepends } = await describePackage();
    await this.run('apt-get', 'satisfy', '-y', '-qq', '--no-install-recommends', debianDepends.join(', '));
  }

  /** As its person, on this machine's display. */
  start(kind: Kind, command: readonly string[]): ChildProcess {
    return spawn('unshare', entering(this.folder, kind, PERSON, command), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
        HOME,
        LC_ALL: 'C.UTF-8',
        DISPLAY: process.env.DISPLAY,
        XDG_SESSION_TYPE: 'x11',
        DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      },
    });
  }

  /** Every path with this in its name that is neither a package manager's nor the person's. */
  async pathsOf(name: string): Promise<string[]> {
    const { stdout } = await runFile('find', [
      this.folder,
      '-xdev',
      '-name',
      `*${name}*`,
      '-printf',
      '/%P\\n',
    ]);
    return stdout.split('\n').filter((found) => found !== '' && !NOT_OF_PACKAGES.test(found));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

function entering(folder: string, kind: Kind, user: number, command: readonly string[]): string[] {
  const apart = ['--mount', '--pid', '--fork', '--kill-child=SIGKILL'];
  return [...apart, 'sh', '-c', ENTER, 'enter', folder, kind, String(user), ...command];
}
