/** Checks that a link is trusted no further, and its code shown no sooner, than all of what that takes holds. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PeerFailureCode } from '../../../../../main/common/e2ee/pair-state.ts';
import type { SasState } from '../../../../../main/common/e2ee/sas.ts';
import { VERIFICATION_TIMEOUT_MS } from '../../../../../main/common/protocol/limits.ts';
import type { PeerTransportPhase } from '../../../../../web-client/core/peer/peer-transport.ts';
import { PeerVerification } from '../../../../../web-client/core/peer/peer-verification.ts';
import { nodeCrypto, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const CODE = [1, 2, 3, 4, 5, 6, 7];
const CERTIFICATE = randomBytes(64);
const fp = new Uint8Array(createHash('sha256').update(CERTIFICATE).digest());

function createLink() {
  const pair = {
    failure: null as PeerFailureCode | null,
    verified: false,
    codeless: false,
    other: { id: randomBytes(16), key: randomBytes(65), fp },
    verification: { state: { phase: 'done', code: CODE } as SasState },
  };
  const peer = {
    phase: 'connected' as PeerTransportPhase,
    connection: {} as object | null,
    remoteCertificate: CERTIFICATE.buffer as ArrayBuffer | null,
  };
  const failures: string[] = [];
  const time = new ManualTime();
  const trust = new PeerVerification({
    pair,
    peer,
    crypto: nodeCrypto,
    timers: time.timers,
    onBound: () => {},
    onFailed: (reason) => failures.push(reason),
  });
  const open = () => trust.handleOpened(peer.connection ?? {});
  return { pair, peer, trust, failures, open, time };
}

describe('the run of the code', () => {
  it.each([
    [false, ['code']],
    [true, []],
  ])('that comes to no end ends the link in time, unless there is to be none: %j', async (codeless, ends) => {
    const { pair, trust, failures, open, time } = createLink();
    pair.verification.state = { phase: 'running' };
    trust.watch();
    await open();
    pair.codeless = codeless;
    trust.watch();
    await time.advance(VERIFICATION_TIMEOUT_MS);
    expect([failures, trust.state, trust.code]).toEqual([ends, 'sealed', null]);
  });
});

describe('the code of a link', () => {
  it('is shown when all that it takes holds', async () => {
    const { trust, open } = createLink();
    await open();
    expect([trust.state, trust.code]).toEqual(['sealed', CODE]);
  });

  it('is shown as well where the browser does not tell the certificate', async () => {
    const { peer, trust, open } = createLink();
    peer.remoteCertificate = null;
    await open();
    expect(trust.code).toEqual(CODE);
  });

  it.each([{ phase: 'running' }, { phase: 'failed' }] as const)('is not while the run is %j', async (run) => {
    const { pair, trust, open } = createLink();
    pair.verification.state = run;
    await open();
    expect(trust.code).toBeNull();
  });

  it.each(['connecting', 'lost', 'off'] as const)('is not while the connection is %s', async (phase) => {
    const { peer, trust, open } = createLink();
    await open();
    peer.phase = phase;
    expect(trust.code).toBeNull();
  });

  it('is not before a box opened that came through the connection', () => {
    const { trust } = createLink();
    expect([trust.state, trust.code]).toEqual(['checking', null]);
  });

  it('is not by a box that came through an earlier connection', async () => {
    const { pair, peer, trust, open } = createLink();
    pair.verified = true;
    await open();
    expect(trust.state).toBe('verified');
    peer.connection = {};
    expect([trust.state, trust.code]).toEqual(['checking', null]);
    await open();
    expect([trust.state, trust.code]).toEqual(['verified', CODE]);
  });

  it('is not where DTLS led to another certificate', async () => {
    const { peer, trust, failures, open } = createLink();
    peer.remoteCertificate = randomBytes(64).buffer;
    await open();
    expect([trust.state, trust.code, failures]).toEqual(['checking', null, ['fingerprint']]);
  });

  it('is not once the link has failed', async () => {
    const { pair, trust, open } = createLink();
    await open();
    pair.failure = 'different';
    expect([trust.state, trust.code]).toEqual(['failed', null]);
  });
});
