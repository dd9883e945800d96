/** Owns the server's self-signed certificate: made once, kept in one file, made anew when it no longer serves. */

import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { generate } from 'selfsigned';
import type { Bytes } from '../common/bytes.ts';

const FILE_NAME = 'certificate.pem';
const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'] as const;
const DAY_MS = 86_400_000;
const VALID_DAYS = 397;
const RENEW_BEFORE_DAYS = 30;
/** Clocks of guests may be behind ours. */
const BACKDATED_DAYS = 1;

export interface ServerCertificate {
  /** PEM texts. */
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate as it goes over the wire (DER). */
  readonly fingerprint: Bytes;
  /** Whether one that was there before had to be replaced: browsers will warn once more. */
  readonly renewed: boolean;
  /** Whether the next start finds it again. */
  readonly saved: boolean;
}

/**
 * The certificate kept in `directory` for localhost, both loopback addresses and `hostnames` (names or addresses),
 * or a new one if there is none, it is damaged, ends within 30 days or lacks a name. Where the directory cannot be read
 * or written it serves for this run only.
 */
export async function loadOrCreateCertificate(
  directory: string,
  hostnames: readonly string[],
  now: Date,
): Promise<ServerCertificate> {
  const path = join(directory, FILE_NAME);
  const names = [...new Set([...LOCAL_NAMES, ...hostnames])];
  const stored = await readFile(path, 'utf8').catch(() => null);
  const kept = stored === null ? null : parseStored(stored, names, now);
  if (kept !== null) return { ...kept, fingerprint: fingerprintOf(kept.cert), renewed: false, saved: true };
  const made = await createCertificate(names, now);
  const saved = await save(path, made.key + made.cert);
  return { ...made, fingerprint: fingerprintOf(made.cert), renewed: stored !== null, saved };
}

function fingerprintOf(cert: string): Bytes {
  return new Uint8Array(createHash('sha256').update(new X509Certificate(cert).raw).digest());
}

type KeyPair = Pick<ServerCertificate, 'cert' | 'key'>;

/** What the file holds, or null if it may not be used (any more). */
function parseStored(pem: string, names: readonly string[], now: Date): KeyPair | null {
  try {
    const certificate = new X509Certificate(pem);
    const key = createPrivateKey(pem);
    const serves =
      certificate.checkPrivateKey(key) &&
      Date.parse(certificate.validFrom) <= now.getTime() &&
      now.getTime() < Date.parse(certificate.validTo) - RENEW_BEFORE_DAYS * DAY_MS &&
      names.every((name) => covers(certificate, name));
    return serves
      ? { cert: certificate.toString(), key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
      : null;
  } catch {
    return null;
  }
}

function covers(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

/** A new one that is kept nowhere. */
export async function createCertificate(names: readonly string[], now: Date): Promise<KeyPair> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - BACKDATED_DAYS * DAY_MS),
    notAfterDate: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
  return { cert: withNewline(made.cert), key: withNewline(made.private) };
}

const withNewline = (pem: string): string => `${pem.trim()}\n`;

/** Key and certificate share one file, so that no crash can leave a pair that does not match. */
async function save(path: string, pem: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await rm(draft, { force: true });
    await writeFile(draft, pem, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
    return true;
  } catch {
    await rm(draft, { force: true }).catch(() => {});
    return false;
  }
}
