/** Owns the remedies: how a person gets what is missing, in the words or the command of their system. */

import type { HostSystem, TunnelErrorCode } from './snapshot.ts';

export type Missing = 'ssh' | 'cloudflared' | 'key-store';

/** What installs it, for a terminal. Where nothing stands no package of the system's own has it, or it is a part of the system. */
const COMMANDS: Readonly<Record<Missing, Readonly<Partial<Record<HostSystem, string>>>>> = {
  ssh: {
    debian: 'sudo apt install openssh-client',
    fedora: 'sudo dnf install openssh-clients',
    suse: 'sudo zypper install openssh-clients',
    arch: 'sudo pacman -S openssh',
  },
  cloudflared: {
    arch: 'sudo pacman -S cloudflared',
    windows: 'winget install Cloudflare.cloudflared',
    macos: 'brew install cloudflared',
  },
  'key-store': {
    debian: 'sudo apt install gnome-keyring',
    fedora: 'sudo dnf install gnome-keyring',
    suse: 'sudo zypper install gnome-keyring',
    arch: 'sudo pacman -S gnome-keyring',
  },
};

type TranslateRemedy = (key: 'remedy.command' | 'remedy.ssh-windows', values: { command: string }) => string;

/** null where there is no more to say than that it is missing. */
export function remedyFor(missing: Missing, system: HostSystem, t: TranslateRemedy): string | null {
  const command = COMMANDS[missing][system];
  if (command !== undefined) return t('remedy.command', { command });
  return missing === 'ssh' && system === 'windows' ? t('remedy.ssh-windows', { command: '' }) : null;
}

export function missingFor(code: TunnelErrorCode): Missing | null {
  if (code === 'ssh-not-found' || code === 'ssh-unusable') return 'ssh';
  return code === 'cloudflared-not-found' ? 'cloudflared' : null;
}

/** @param osRelease the text of /etc/os-release (os-release(5)); empty where there is none */
export function hostSystem(platform: string, osRelease: string): HostSystem {
  if (platform === 'win32') return 'windows';
  if (platform === 'darwin') return 'macos';
  const read = (key: string) => new RegExp(`^${key}=["']?([^"'\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  const kin = `${read('ID')} ${read('ID_LIKE')}`.toLowerCase().split(' ');
  const found = kin.flatMap((name) => KIN.get(name) ?? []);
  return found[0] ?? 'linux';
}

/** By the names that such systems call themselves, or say they are like. */
const KIN: ReadonlyMap<string, HostSystem> = new Map([
  ['debian', 'debian'],
  ['ubuntu', 'debian'],
  ['fedora', 'fedora'],
  ['rhel', 'fedora'],
  ['suse', 'suse'],
  ['opensuse', 'suse'],
  ['arch', 'arch'],
]);
