/** Checks the run of the verification code: equal codes, tampering, and steps out of turn. */

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { agreeOnSecret, type PairSecret } from '../../../../../main/common/e2ee/pair-keys.ts';
import { SasRun, type SasState } from '../../../../../main/common/e2ee/sas.ts';
import type { SasBody } from '../../../../../main/common/protocol/bodies.ts';
import { nodeCrypto, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

type Run = { readonly lo: SasRun; readonly hi: SasRun };
type Tamper = (body: SasBody) => SasBody;

let loKeys: PairSecret;
let hiKeys: PairSecret;

const someNonce = () => toBase64Url(randomBytes(32));

async function person() {
  const pair = await nodeCrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ]);
  const key = new Uint8Array(await nodeCrypto.subtle.exportKey('raw', pair.publicKey));
  return { privateKey: pair.privateKey, identity: { id: randomBytes(16), key, fp: randomBytes(32) } };
}

async function newPair(): Promise<void> {
  const [one, other] = [await person(), await person()];
  const presharedKey = randomBytes(32);
  const ones = await agreeOnSecret(nodeCrypto, { ...one, presharedKey }, other.identity);
  const others = await agreeOnSecret(nodeCrypto, { ...other, presharedKey }, one.identity);
  [loKeys, hiKeys] = ones.role === 'lo' ? [ones, others] : [others, ones];
}

beforeAll(newPair);

async function newRun(): Promise<Run> {
  const [lo, hi] = [loKeys, hiKeys].map((keys) => SasRun.create(nodeCrypto, keys));
  if (lo === undefined || hi === undefined) throw new Error('no run');
  return { lo: await lo, hi: await hi };
}

/** Passes every body on, as `tamper` leaves it, until nobody answers. */
async function play({ lo, hi }: Run, tamper: Tamper = (body) => body): Promise<void> {
  let toHi: readonly SasBody[] = lo.start();
  expect(hi.start()).toEqual([]);
  while (toHi.length > 0) {
    const toLo: SasBody[] = [];
    for (const body of toHi) toLo.push(...(await hi.handle(tamper(body))));
    const next: SasBody[] = [];
    for (const body of toLo) next.push(...(await lo.handle(tamper(body))));
    toHi = next;
  }
}

const codeOf = (state: SasState) => (state.phase === 'done' ? state.code.join(' ') : state.phase);

describe('verification', () => {
  it('ends in one code on both sides, another one each run', async () => {
    const codes = new Set<string>();
    for (let count = 0; count < 20; count++) {
      if (count % 4 === 0) await newPair();
      const run = await newRun();
      await play(run);
      expect(codeOf(run.lo.state)).toBe(codeOf(run.hi.state));
      expect(codeOf(run.lo.state)).toMatch(/^(?:\d{1,2} ){6}\d{1,2}$/);
      codes.add(codeOf(run.lo.state));
    }
    expect(codes.size).toBe(20);
  });

  it('differs or fails when any one bit of any step was changed on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(1, 2, 3), fc.nat({ max: 255 }), async (step, bit) => {
        const run = await newRun();
        await play(run, (body) => {
          if (body.step !== step) return body;
          const bytes = Buffer.from(body.step === 1 ? body.commit : body.nonce, 'base64url');
          bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          const text = bytes.toString('base64url');
          return body.step === 1 ? { ...body, commit: text } : { ...body, nonce: text };
        });
        const states = [run.lo.state, run.hi.state];
        const failed = states.some(({ phase }) => phase === 'failed');
        expect(failed || codeOf(run.lo.state) !== codeOf(run.hi.state)).toBe(true);
        expect(run.hi.state.phase).toBe(step === 2 ? 'done' : 'failed');
      }),
      { numRuns: 60 },
    );
  });

  it('differs when somebody stands between with keys of their own', async () => {
    const left = await newRun();
    await newPair();
    const right = await newRun();
    await play({ lo: left.lo, hi: right.hi });
    expect(right.hi.state.phase).toBe('failed');
    await play({ lo: right.lo, hi: left.hi });
    expect(left.hi.state.phase).toBe('failed');
  });

  it('ignores each step that comes again with the same body, and starts once', async () => {
    const { lo, hi } = await newRun();
    const [one] = lo.start();
    if (one === undefined) throw new Error('no first step');
    expect(lo.start()).toEqual([]);
    const [two] = await hi.handle(one);
    if (two === undefined) throw new Error('no second step');
    expect(await hi.handle(one)).toEqual([]);
    const [three] = await lo.handle(two);
    if (three === undefined) throw new Error('no third step');
    expect(await lo.handle(two)).toEqual([]);
    expect(await hi.handle(one)).toEqual([]);
    expect(await hi.handle(three)).toEqual([]);
    expect(await hi.handle(three)).toEqual([]);
    expect(await hi.handle(one)).toEqual([]);
    expect([lo.state.phase, hi.state.phase]).toEqual(['done', 'done']);
  });

  it('fails at a step that comes again with another body, also when it was done', async () => {
    const run = await newRun();
    await play(run);
    await run.lo.handle({ step: 2, nonce: someNonce() });
    await run.hi.handle({ step: 3, nonce: someNonce() });
    expect([run.lo.state, run.hi.state]).toEqual([{ phase: 'failed' }, { phase: 'failed' }]);
    const early = await newRun();
    await early.hi.handle({ step: 1, commit: someNonce() });
    expect(await early.hi.handle({ step: 1, commit: someNonce() })).toEqual([]);
    expect(early.hi.state.phase).toBe('failed');
  });

  it.each([
    ['lo', { step: 1, commit: someNonce() }],
    ['lo', { step: 3, nonce: someNonce() }],
    ['hi', { step: 2, nonce: someNonce() }],
    ['hi', { step: 3, nonce: someNonce() }],
  ] as const)('fails when %s gets %j out of turn', async (side, body) => {
    const run = await newRun();
    run.lo.start();
    expect(await run[side].handle(body)).toEqual([]);
    expect(run[side].state.phase).toBe('failed');
  });

  it('fails when an answer comes before the question, and reveals no nonce', async () => {
    const { lo } = await newRun();
    expect(await lo.handle({ step: 2, nonce: someNonce() })).toEqual([]);
    expect(lo.state.phase).toBe('failed');
  });

  it('stays failed: there is no second run', async () => {
    const { lo, hi } = await newRun();
    const [one] = lo.start();
    if (one === undefined) throw new Error('no first step');
    await hi.handle({ step: 3, nonce: someNonce() });
    expect(await hi.handle(one)).toEqual([]);
    expect(hi.state.phase).toBe('failed');
  });

  it('refuses a nonce that is no canonical text', async () => {
    const { lo } = await newRun();
    lo.start();
    await lo.handle({ step: 2, nonce: `${'A'.repeat(42)}B` });
    expect(lo.state.phase).toBe('failed');
  });
});
