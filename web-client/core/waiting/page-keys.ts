/** Owns making the page's keys, fresh at each load: its key pair and its one DTLS certificate. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { BoxTools } from '../../../main/common/e2ee/box.ts';
import { parseFingerprint } from '../../../main/common/e2ee/identity.ts';
import type { RoomLink } from '../../../main/common/e2ee/invite-link.ts';
import { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { CertificateLike } from '../browser-api.ts';
import type { FormerPage } from './former-page.ts';

export interface PageKeys<Certificate> {
  /** base64url of the page's id. */
  readonly id: string;
  readonly keyring: Keyring;
  /** Its fingerprint is part of the id. */
  readonly certificate: Certificate;
  /** What the page before this one left; its certificate is this one's. */
  readonly former: FormerPage<Certificate> | null;
}

export interface PageKeysOptions<Certificate> extends BoxTools {
  readonly link: Pick<RoomLink, 'secret'>;
  readonly generateCertificate: () => Promise<Certificate>;
  readonly takeFormer: () => Promise<FormerPage<Certificate> | null>;
}

/** Rejects where the browser cannot make a key pair or a DTLS certificate. */
export async function createPageKeys<Certificate extends CertificateLike>(
  options: PageKeysOptions<Certificate>,
): Promise<PageKeys<Certificate>> {
  // What cannot be had now is not to be had any more.
  const former = await options.takeFormer().catch(() => null);
  const certificate = former?.certificate ?? (await options.generateCertificate());
  const fp = certificate.getFingerprints().find(({ algorithm }) => algorithm?.toLowerCase() === 'sha-256');
  const fpBytes = parseFingerprint(fp?.value ?? '');
  if (fpBytes === null) throw new Error('certificate without a sha-256 fingerprint');
  const keyring = await Keyring.create(options, options.link.secret, fpBytes);
  return { id: toBase64Url(keyring.identity.id), keyring, certificate, former };
}
