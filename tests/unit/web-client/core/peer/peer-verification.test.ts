/** Checks that a peer is trusted no further, and its code shown no sooner, than all of what that takes holds. */

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

function createVerification() {
  const pair = {
    failure: null as PeerFailureCode | null,
    verified: false,
    codeless: false,
    versionAgreed: true,
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
  const verification = new PeerVerification({
    pair,
    peer,
    crypto: nodeCrypto,
    timers: time.timers,
    onBound: () => {},
    onFailed: (reason) => failures.push(reason),
  });
  const open = () => verification.handleOpened(peer.connection ?? {});
  return { pair, peer, verification, failures, open, time };
}

describe('the run of the code', () => {
  it.each([
    [false, ['code']],
    [true, []],
  ])('that comes to no end ends the peer in time, unless there is to be none: %j', async (codeless, ends) => {
    const { pair, verification, failures, open, time } = createVerification();
    pair.verification.state = { phase: 'running' };
    verification.watch();
    await open();
    pair.codeless = codeless;
    verification.watch();
    await time.advance(VERIFICATION_TIMEOUT_MS);
    expect([failures, verification.state, verification.code]).toEqual([ends, 'sealed', null]);
  });
});

describe('the code of a pair', () => {
  it('is not shown before the other page has told in which versions it could have been', async () => {
    const { pair, verification, open } = createVerification();
    await open();
    pair.versionAgreed = false;
    expect([verification.state, verification.code]).toEqual(['sealed', null]);
  });

  it('is shown when all that it takes holds', async () => {
    const { verification, open } = createVerification();
    await open();
    expect([verification.state, verification.code]).toEqual(['sealed', CODE]);
  });

  it('is shown as well where the browser does not tell the certificate', async () => {
    const { peer, verification, open } = createVerification();
    peer.remoteCertificate = null;
    await open();
    expect(verification.code).toEqual(CODE);
  });

  it.each([{ phase: 'running' }, { phase: 'failed' }] as const)('is not while the run is %j', async (run) => {
    const { pair, verification, open } = createVerification();
    pair.verification.state = run;
    await open();
    expect(verification.code).toBeNull();
  });

  it.each(['connecting', 'lost', 'off'] as const)('is not while the connection is %s', async (phase) => {
    const { peer, verification, open } = createVerification();
    await open();
    peer.phase = phase;
    expect(verification.code).toBeNull();
  });

  it('is not before a box opened that came through the connection', () => {
    const { verification } = createVerification();
    expect([verification.state, verification.code]).toEqual(['checking', null]);
  });

  it('is not by a box that came through an earlier connection', async () => {
    const { pair, peer, verification, open } = createVerification();
    pair.verified = true;
    await open();
    expect(verification.state).toBe('verified');
    peer.connection = {};
    expect([verification.state, verification.code]).toEqual(['checking', null]);
    await open();
    expect([verification.state, verification.code]).toEqual(['verified', CODE]);
  });

  it('is not where DTLS led to another certificate', async () => {
    const { peer, verification, failures, open } = createVerification();
    peer.remoteCertificate = randomBytes(64).buffer;
    await open();
    expect([verification.state, verification.code, failures]).toEqual(['checking', null, ['fingerprint']]);
  });

  it('is not once the pair has failed', async () => {
    const { pair, verification, open } = createVerification();
    await open();
    pair.failure = 'different';
    expect([verification.state, verification.code]).toEqual(['failed', null]);
  });
});
