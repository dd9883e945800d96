/** Owns where a call of the app goes: the room's server, the certificate it may show, and the link that lets in. */

import type { Bytes } from '../../common/bytes.ts';
import type { HostStatus } from '../../common/host-api/snapshot.ts';

export interface CallTarget {
  /** Whether the room is hosted by this very app. */
  readonly own: boolean;
  /** Origin of the server that the page's WebSocket goes to. */
  readonly server: string;
  /** `#S.T`, as the page reads it. */
  readonly fragment: string;
  /** SHA-256 of the one certificate that this server may have; null: as browsers check certificates. */
  readonly certificate: Bytes | null;
  /** The link as it is passed on. */
  readonly invite: string;
}

/** The own room, not through the tunnel; null while there is none. */
export function ownCall(status: HostStatus): CallTarget | null {
  if (status.phase !== 'live') return null;
  const { origin, invite } = status.local;
  return {
    own: true,
    server: origin,
    fragment: new URL(invite).hash,
    certificate: null,
    invite: ownInvite(status) ?? invite,
  };
}

/** The link of the own room that reaches furthest; null while there is no room. */
export function ownInvite(status: HostStatus): string | null {
  if (status.phase !== 'live') return null;
  return (status.public ?? status.others[0] ?? status.local).invite;
}

/** Verdicts of Electron's `setCertificateVerifyProc`. */
const TRUSTED = 0;
const REFUSED = -2;
const AS_CHROMIUM_FINDS = -3;

/**
 * @param fingerprint as Electron has it: `sha256/` and base64 of the certificate's SHA-256
 * @returns 0: taken; -2: refused; -3: as Chromium itself finds
 */
export function judgeCertificate(
  target: Pick<CallTarget, 'server' | 'certificate'> | null,
  hostname: string,
  fingerprint: string,
): number {
  if (target === null) return REFUSED;
  if (target.certificate === null || !isHostOf(target.server, hostname)) return AS_CHROMIUM_FINDS;
  return fingerprint === `sha256/${Buffer.from(target.certificate).toString('base64')}` ? TRUSTED : REFUSED;
}

function isHostOf(server: string, hostname: string): boolean {
  return new URL(server).hostname.replace(/^\[|\]$/g, '') === hostname.replace(/^\[|\]$/g, '');
}
