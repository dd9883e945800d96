/** Owns which certificate the server of a call may show: at a local address the link's own, elsewhere what Chromium takes. */

import { isIP } from 'node:net';
import type { Bytes } from '../../common/bytes.ts';

/** What Electron asks of a `setCertificateVerifyProc`, as far as it matters here. */
export interface AskedCertificate {
  readonly hostname: string;
  /** Chromium's own finding; 0: sound. */
  readonly errorCode: number;
  readonly certificate: { readonly fingerprint: string };
}

/** Of a call. */
export interface PinnedServer {
  /** Origin. */
  readonly server: string;
  /** SHA-256 of its one certificate; null: as browsers check certificates. */
  readonly certificate: Bytes | null;
}

/** Answers to it: Chromium's own, and net::ERR_CERT_AUTHORITY_INVALID. */
const AS_CHROMIUM_FINDS = -3;
const UNKNOWN_AUTHORITY = -202;

/**
 * Electron asks twice. The first answer is kept by the network's process for a certificate and a host name, whatever the
 * port, and goes for every later call until that process ends: so it depends on no call. Where a link may carry a
 * certificate it is always no, and brings up the second question, which is asked for each new connection.
 */
export class ServerCertificates {
  /** What Chromium itself takes at addresses. */
  readonly #sound = new Set<string>();

  /** For `setCertificateVerifyProc`. */
  verify({ hostname, errorCode, certificate }: AskedCertificate): number {
    if (!mayBePinned(hostname)) return AS_CHROMIUM_FINDS;
    if (errorCode === 0) this.#sound.add(shownAt(hostname, certificate.fingerprint));
    return UNKNOWN_AUTHORITY;
  }

  /**
   * For `certificate-error`.
   * @param address of the connection; its scheme may be wss
   * @param fingerprint as Electron has it: `sha256/` and base64 of the certificate's SHA-256
   */
  accepts({ server, certificate }: PinnedServer, address: string, fingerprint: string): boolean {
    const { host, hostname } = new URL(address);
    if (host !== new URL(server).host) return false;
    if (certificate === null) return this.#sound.has(shownAt(hostname, fingerprint));
    return mayBePinned(hostname) && fingerprint === `sha256/${Buffer.from(certificate).toString('base64')}`;
  }
}

/** Whether a link to this host name may say which certificate is the right one; others know others who vouch for names. */
export function mayBePinned(hostname: string): boolean {
  return hostname === 'localhost' || isIP(withoutBrackets(hostname)) !== 0;
}

const shownAt = (hostname: string, fingerprint: string) => `${withoutBrackets(hostname)} ${fingerprint}`;

const withoutBrackets = (hostname: string) => hostname.replace(/^\[|\]$/g, '');
