/** Owns making what a page is known by: its key pair and its DTLS certificate, fresh at each load. */

import { parseFingerprint } from '../../main/common/e2ee/identity.ts';
import { Keyring } from '../../main/common/e2ee/keyring.ts';
import type { CertificateLike } from './browser-api.ts';
import type { SessionDeps } from './session-deps.ts';

export interface PageIdentity<Certificate> {
  readonly keyring: Keyring;
  /** The keyring's identity names it by its SHA-256. */
  readonly certificate: Certificate;
}

/** Rejects where the browser cannot make them. */
export async function createPageIdentity<Certificate extends CertificateLike>({
  crypto,
  text,
  clock,
  timers,
  link,
  generateCertificate,
}: SessionDeps<Certificate>): Promise<PageIdentity<Certificate>> {
  const certificate = await generateCertificate();
  const fp = certificate.getFingerprints().find(({ algorithm }) => algorithm?.toLowerCase() === 'sha-256');
  const fpBytes = parseFingerprint(fp?.value ?? '');
  if (fpBytes === null) throw new Error('certificate without a sha-256 fingerprint');
  const keyring = await Keyring.create({ crypto, text, clock, timers }, link.secret, fpBytes);
  return { keyring, certificate };
}
