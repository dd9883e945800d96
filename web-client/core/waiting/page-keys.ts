/** Owns making the page's keys, fresh at each load: its key pair and its one DTLS certificate. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { BoxTools } from '../../../main/common/e2ee/box.ts';
import { parseFingerprint } from '../../../main/common/e2ee/identity.ts';
import type { RoomLink } from '../../../main/common/e2ee/invite-link.ts';
import { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { CertificateLike } from '../browser-api.ts';

export interface PageKeys<Certificate> {
  /** base64url of the page's id. */
  readonly id: string;
  readonly keyring: Keyring;
  /** Its fingerprint is part of the id. */
  readonly certificate: Certificate;
}

export interface PageKeysOptions<Certificate> extends BoxTools {
  readonly link: Pick<RoomLink, 'secret'>;
  readonly generateCertificate: () => Promise<Certificate>;
}

/** Rejects where the browser cannot make a key pair or a DTLS certificate. */
export async function createPageKeys<Certificate extends CertificateLike>(
  options: PageKeysOptions<Certificate>,
): Promise<PageKeys<Certificate>> {
  const certificate = await options.generateCertificate();
  const fp = certificate.getFingerprints().find(({ algorithm }) => algorithm?.toLowerCase() === 'sha-256');
  const fpBytes = parseFingerprint(fp?.value ?? '');
  if (fpBytes === null) throw new Error('certificate without a sha-256 fingerprint');
  const keyring = await Keyring.create(options, options.link.secret, fpBytes);
  return { id: toBase64Url(keyring.identity.id), keyring, certificate };
}
