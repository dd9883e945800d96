/** Checks which certificate a page takes: the one that the load before left, if there is one, under a key of its own. */

import { expect, it } from 'vitest';
import type { FormerPage } from '../../../../../web-client/core/waiting/former-page.ts';
import { createPageKeys } from '../../../../../web-client/core/waiting/page-keys.ts';
import { PageCertificate } from '../../../../support/call/call-world.ts';
import { boxTools, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

const link = { secret: randomBytes(32) };

function keysWith(takeFormer: () => Promise<FormerPage<PageCertificate> | null>) {
  return createPageKeys({
    ...boxTools,
    link,
    takeFormer,
    generateCertificate: async () => new PageCertificate(),
  });
}

it('has the certificate of the load before, and another key and id', async () => {
  const before = await keysWith(async () => null);
  const former = {
    certificate: before.certificate,
    capacity: 6,
    iceServers: [],
    relayOnly: false,
    filesAllowed: true,
    ways: [],
  };
  const { certificate, keyring, id, ...after } = await keysWith(async () => former);
  expect([certificate, after.former]).toEqual([before.certificate, former]);
  expect(keyring.identity.fp).toEqual(before.keyring.identity.fp);
  expect(keyring.identity.key).not.toEqual(before.keyring.identity.key);
  expect(id).not.toBe(before.id);
});

it('has one of its own where what was left cannot be had', async () => {
  const keys = await keysWith(() => Promise.reject(new Error('the code did not come')));
  expect([keys.former, keys.certificate instanceof PageCertificate]).toEqual([null, true]);
});
