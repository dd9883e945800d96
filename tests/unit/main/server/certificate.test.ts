import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadOrCreateCertificate } from '../../../../main/server/certificate.ts';

const NOW = new Date('2030-01-01T00:00:00Z');
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'secret-call-certificate-'));
});

afterEach(() => rm(directory, { recursive: true }));

const file = () => join(directory, 'certificate.pem');

it('makes an EC P-256 certificate, signed with SHA-256, for this computer and its addresses', async () => {
  const made = await loadOrCreateCertificate(directory, ['192.168.1.20'], NOW);
  const { cert, key, fingerprint, renewed } = made;
  const certificate = new X509Certificate(cert);
  expect(renewed).toBe(false);
  expect(Buffer.from(fingerprint).toString('hex')).toBe(
    certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  );
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(certificate.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:192.168.1.20',
  );
  expect(certificate.raw.includes(Buffer.from('06082a8648ce3d040302', 'hex'))).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(key).toContain('BEGIN PRIVATE KEY');
});

it('lets nobody else read the key, and leaves no draft behind', async () => {
  await loadOrCreateCertificate(directory, [], NOW);
  if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readdir(directory)).toEqual(['certificate.pem']);
});

it('makes the folder if there is none', async () => {
  const deeper = join(directory, 'data', 'here');
  await loadOrCreateCertificate(deeper, [], NOW);
  expect(await readdir(deeper)).toEqual(['certificate.pem']);
});

it('keeps what it made as long as it serves', async () => {
  const first = await loadOrCreateCertificate(directory, ['192.168.1.20'], NOW);
  const again = await loadOrCreateCertificate(directory, ['192.168.1.20'], later(300));
  expect(again).toEqual({ ...first, renewed: false });
  const fewer = await loadOrCreateCertificate(directory, [], later(300));
  expect(fewer).toEqual({ ...first, renewed: false });
});

it.each([
  ['it ends soon', [], later(370)],
  ['it has ended', [], later(1_000)],
  ['it does not hold yet (a clock that was wrong)', [], later(-10)],
  ['an address is missing', ['10.0.0.7'], NOW],
])('makes it anew when %s', async (_why, hostnames, now) => {
  const first = await loadOrCreateCertificate(directory, [], NOW);
  const second = await loadOrCreateCertificate(directory, hostnames, now);
  expect(second.renewed).toBe(true);
  expect(second.cert).not.toBe(first.cert);
  expect(await loadOrCreateCertificate(directory, hostnames, now)).toEqual({ ...second, renewed: false });
});

it.each([
  ['empty', () => ''],
  ['no PEM', () => '\u0000\u0001 nonsense'],
  ['cut', (pem: string) => pem.slice(0, pem.length / 2)],
  ['without its key', (pem: string) => pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))],
  ['changed', (pem: string) => pem.replace(/[A-Za-z](?=[^\n]*\n-----END PRIVATE)/, '!')],
])('makes a damaged file anew: %s', async (_how, damage) => {
  await loadOrCreateCertificate(directory, [], NOW);
  await writeFile(file(), damage(await readFile(file(), 'utf8')));
  const { cert, renewed } = await loadOrCreateCertificate(directory, [], NOW);
  expect(renewed).toBe(true);
  expect(await readFile(file(), 'utf8')).toContain(cert);
});

it('makes anew a key that belongs to another certificate', async () => {
  const other = await mkdtemp(join(tmpdir(), 'secret-call-certificate-'));
  const { cert } = await loadOrCreateCertificate(other, [], NOW);
  await rm(other, { recursive: true });
  const { key } = await loadOrCreateCertificate(directory, [], NOW);
  await writeFile(file(), key + cert);
  expect((await loadOrCreateCertificate(directory, [], NOW)).renewed).toBe(true);
});

it('serves for this run where the folder takes nothing, and leaves nothing behind', async () => {
  await writeFile(join(directory, 'taken'), '');
  expect((await loadOrCreateCertificate(join(directory, 'taken'), [], NOW)).saved).toBe(false);
  await mkdir(join(file(), 'in the way'), { recursive: true });
  expect((await loadOrCreateCertificate(directory, [], NOW)).saved).toBe(false);
  expect((await readdir(directory)).sort()).toEqual(['certificate.pem', 'taken']);
});
