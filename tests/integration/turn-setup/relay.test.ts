/** Checks the set-up of a relay with the real coturn: it starts as it is, relays for who may, and leads nobody astray. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOrCreateCertificate } from '../../../main/server/certificate.ts';
import { until } from '../../support/time/until.ts';
import { RelayPod, relayMissing } from '../../support/wire/relay-pod.ts';
import { writeSetUp } from '../../support/wire/set-up-turn-server.ts';

const RELAY = '198.51.100.7';
const PEER = '203.0.113.5';
const PRIVATE = '10.9.0.7';
const OUTSIDE = '198.51.100.9';

describe.skipIf(relayMissing !== null)('a relay as it was set up', () => {
  let directory: string;
  let secret: string;
  let relay: RelayPod;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'secret-call-relay-'));
    secret = await writeSetUp(directory);
    relay = await RelayPod.start(join(directory, 'turnserver.conf'), [
      RELAY,
      PEER,
      PRIVATE,
      'fd00::7',
      '2001:db8::7',
    ]);
  });
  afterAll(async () => {
    await relay?.stop();
    await rm(directory, { recursive: true });
  });

  it('complains of nothing but the certificate that is not there yet', () => {
    const complaints = relay.log.split('\n').filter((line) => /ERROR|WARNING|unknown|Bad/i.test(line));
    expect(complaints.filter((line) => !/cert|private key/i.test(line))).toEqual([]);
  });

  it('relays for who has credentials of the host, to whom is anywhere', async () => {
    expect(await relay.ask(secret, PEER)).toBe('relays');
  });

  it('does not for anybody else', async () => {
    expect(await relay.ask('another secret', PEER)).toBe('unauthorized');
    expect(await relay.ask(secret, PEER, -1)).toBe('unauthorized');
  });

  it.each([
    ...['10.9.0.7', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '192.168.1.1', '192.0.0.1'],
    ...['198.18.0.1', '224.0.0.9', '255.255.255.255', '0.0.0.1', '168.63.129.16'],
  ])('leads nobody to %s', async (peer) => {
    expect(await relay.ask(secret, peer)).toBe('forbidden');
  });

  it.each([
    'fd00::7',
    'fe80::1',
    '::1',
    'ff02::1',
    '64:ff9b::a00:7',
    '2002:a00:7::1',
    '::ffff:10.9.0.7',
    '::ffff:127.0.0.1',
  ])('nor to %s', async (peer) => {
    expect(await relay.ask(secret, peer, 600, ['-x'])).toBe('forbidden');
  });

  it('takes another certificate on the signal of the hook, and goes on', async () => {
    const [cert, pkey] = [join(directory, 'fullchain.pem'), join(directory, 'privkey.pem')];
    const renew = async (folder: string) => {
      const made = await loadOrCreateCertificate(join(directory, folder), [], new Date());
      await Promise.all([writeFile(cert, made.cert), writeFile(pkey, made.key)]);
    };
    await renew('first');
    const served = await RelayPod.start(
      join(directory, 'turnserver.conf'),
      [RELAY],
      ['--cert', cert, '--pkey', pkey],
    );
    try {
      // It listens some time after it says that it runs.
      const before = await until(
        'a certificate',
        () => served.certificate(443),
        (certificate) => certificate !== null,
      );
      await renew('second');
      expect(await readFile(join(directory, 'renew-hook.sh'), 'utf8')).toContain('--signal=SIGUSR2');
      served.signal('SIGUSR2');
      await until(
        'the new certificate',
        () => served.certificate(443),
        (after) => after !== null && after !== before,
      );
    } finally {
      await served.stop();
    }
  });

  it('leads to itself, and to nothing beside it, behind its provider’s translation', async () => {
    const folder = join(directory, 'translated');
    const inside = await writeSetUp(folder, ['--address', `${OUTSIDE}/${PRIVATE}`]);
    const translated = await RelayPod.start(join(folder, 'turnserver.conf'), [PRIVATE]);
    try {
      // Two who use one relay reach each other at its own address.
      expect(await translated.ask(inside, OUTSIDE)).toBe('relays');
      expect(await translated.ask(inside, '10.9.0.8')).toBe('forbidden');
    } finally {
      await translated.stop();
    }
  });

  it('writes down no address of a guest', () => {
    const served = relay.log.slice(relay.log.indexOf('IO method (admin thread)'));
    expect(served).not.toContain(PEER);
  });
});
