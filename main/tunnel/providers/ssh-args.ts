/** Owns the ssh argument list, and what may stand in it; pure. */

import { relative } from 'node:path';
import { fail, ok, type Result } from '../../common/result.ts';

export interface SshTarget {
  /** null: the name that ssh takes by itself. */
  readonly user: string | null;
  readonly host: string;
}

const USER = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;
const HOST_LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const IPV6 = /^[0-9A-Fa-f:]{2,45}$/;

/** Reads `host` or `user@host`. Neither part can begin with a dash, so the target can never become an option. */
export function parseSshTarget(text: string): Result<SshTarget, 'bad-target'> {
  const at = text.indexOf('@');
  const user = at < 0 ? null : text.slice(0, at);
  const host = text.slice(at + 1);
  if (user !== null && !USER.test(user)) return fail('bad-target');
  if (!isHostName(host) && !(host.includes(':') && IPV6.test(host))) return fail('bad-target');
  return ok({ user, host });
}

function isHostName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => HOST_LABEL.test(label));
}

export interface SshOptions {
  readonly target: SshTarget;
  /** null: 22. */
  readonly port: number | null;
  readonly knownHostsFile: string;
  /** The folder that ssh is started in. */
  readonly directory: string;
  /** Whether knownHostsFile holds the keys that come with the app, and nothing else. */
  readonly pinned: boolean;
  /** Loopback port that the far end's port 80 leads to. */
  readonly localPort: number;
}

/**
 * Whether ssh can be told this path: what stands for itself in no version of its options is a quotation mark, a
 * backslash (but Windows' own), a line's end and `${`.
 */
export function isPathForSsh(file: string): boolean {
  return !/["\\\r\n]|\$\{/.test(withSlashes(file));
}

/**
 * The argument that names our known_hosts, and by which a left-over ssh is told from somebody else's. A path that
 * cannot be told is told as seen from the folder ssh is started in.
 */
export function knownHostsArgument(file: string, directory: string): string {
  const path = isPathForSsh(file) ? withSlashes(file) : relative(directory, file);
  // ssh cuts the value at blanks outside quotes, and expands %.
  return `UserKnownHostsFile="${path.replaceAll('%', '%%')}"`;
}

/** Windows' separators, of a drive or a share, as ssh takes them there. */
function withSlashes(file: string): string {
  return /^(?:[A-Za-z]:)?\\/.test(file) ? file.replaceAll('\\', '/') : file;
}

/**
 * No configuration, agent, key or terminal of the person enters: `-F none`, BatchMode, IdentityAgent and IdentityFile.
 * There is no `-N`, for without a session the far end does not print the address. No remote command asks for JSON
 * either: the text form is the one that every client of the service relies on.
 */
export function sshArguments({
  target,
  port,
  knownHostsFile,
  directory,
  pinned,
  localPort,
}: SshOptions): string[] {
  const options = [
    'BatchMode=yes',
    'ExitOnForwardFailure=yes',
    // The provider is to be back within seconds of answering: no try outlasts a dead way by much.
    'ConnectTimeout=10',
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'PubkeyAuthentication=no',
    'IdentityAgent=none',
    'IdentityFile=none',
    knownHostsArgument(knownHostsFile, directory),
    'GlobalKnownHostsFile=none',
    'StrictHostKeyChecking=yes',
    'UpdateHostKeys=no',
    'CheckHostIP=no',
    // Of the service's RSA key only the fingerprint is known. Its Ed25519 key is known whole, so asking for that
    // one alone lets ssh itself check it before anything else happens; no key is ever accepted unseen.
    ...(pinned ? ['HostKeyAlgorithms=ssh-ed25519'] : []),
  ];
  return [
    '-F',
    'none',
    '-T',
    '-n',
    ...options.flatMap((option) => ['-o', option]),
    ...(port === null ? [] : ['-p', String(port)]),
    '-R',
    `80:127.0.0.1:${localPort}`,
    target.user === null ? target.host : `${target.user}@${target.host}`,
  ];
}
