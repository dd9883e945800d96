/** Checks one state for each id for ever, and attacks real pairs: reflection, replay, doubling, forged headers. */

import { beforeEach, describe, expect, it } from 'vitest';
import { type Bytes, compareBytes, toBase64Url } from '../../../../../main/common/bytes.ts';
import type { PublicIdentity } from '../../../../../main/common/e2ee/identity.ts';
import { Keyring } from '../../../../../main/common/e2ee/keyring.ts';
import type { PairState } from '../../../../../main/common/e2ee/pair-state.ts';
import { PairStates } from '../../../../../main/common/e2ee/pair-states.ts';
import type { StreamedBody } from '../../../../../main/common/e2ee/stream/send-window.ts';
import { CODE_RUNS_MAX, PAIR_STATES_MAX, PLACE_HELD_MS } from '../../../../../main/common/protocol/limits.ts';
import { CryptoTurns } from '../../../../support/crypto/crypto-turns.ts';
import { boxTools, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { referencePerson } from '../../../../support/crypto/reference-e2ee.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const secret = randomBytes(32);
const time = new ManualTime();
const tools = { ...boxTools, clock: time.clock, timers: time.timers };

interface Page {
  readonly identity: PublicIdentity;
  readonly pairs: PairStates;
}

async function newPage(roomSecret: Bytes = secret, versions?: readonly number[]): Promise<Page> {
  const { identity, own } = await Keyring.create(tools, roomSecret, randomBytes(32), versions);
  return { identity, pairs: new PairStates(tools, own) };
}

async function pairOf(own: Page, other: PublicIdentity): Promise<PairState> {
  const pair = await own.pairs.get(other);
  if (!pair.ok) throw new Error(pair.error);
  return pair.value;
}

it('asks WebCrypto in four turns for all that a pair needs', async () => {
  const turns = new CryptoTurns();
  const { own } = await Keyring.create(tools, secret, randomBytes(32));
  const pairs = new PairStates({ ...tools, crypto: turns.crypto }, own);
  for (let met = 0; met < 4; met++) {
    const { identity } = await newPage();
    expect(await turns.count(pairOf({ identity, pairs }, identity))).toBe(4);
  }
});

/** Boxes of one pair state as they go out, and what its stream tells. */
class PairEnd {
  readonly state: PairState;
  readonly sent: Bytes[] = [];
  readonly applied: StreamedBody[] = [];
  readonly refused: string[] = [];
  #wake: () => void = () => undefined;

  constructor(state: PairState) {
    this.state = state;
    state.stream.attach({
      onBody: async (typed) => {
        this.applied.push(typed);
        if (typed.type === 'sas') await state.handleSas(typed.body);
      },
      onOpened: () => undefined,
      onDelivered: () => undefined,
      onGivenUp: () => undefined,
      onRefused: (reason) => this.refused.push(reason),
      onExhausted: () => undefined,
    });
    state.stream.setPath('channel', (_, box) => {
      this.sent.push(box);
      this.#wake();
    });
    state.stream.setPresent(true);
  }

  /** The next box, once WebCrypto has sealed it. */
  async next(): Promise<Bytes> {
    if (this.sent.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    const box = this.sent.shift();
    if (box === undefined) throw new Error('no box');
    return box;
  }

  chat(id: number): Promise<Bytes> {
    this.state.stream.send('chat', { id, text: `chat ${id}` });
    return this.next();
  }

  receive(box: Bytes): Promise<void> {
    return this.state.stream.receive('channel', null, box);
  }
}

const idOf = ({ id }: PublicIdentity) => toBase64Url(id);

function stranger(): PublicIdentity {
  const { id, key, fp } = referencePerson();
  return { id: new Uint8Array(id), key: new Uint8Array(key), fp: new Uint8Array(fp) };
}

/** Ada's and Bob's ends, the lower one first. */
const sides = (): readonly [PairEnd, PairEnd] => (atAda.state.polite ? [atAda, atBob] : [atBob, atAda]);

/** Both begin, and come to their code. */
async function run(): Promise<readonly [PairEnd, PairEnd]> {
  const [lo, hi] = sides();
  for (const ear of [lo, hi]) ear.state.startVerification();
  await hi.receive(await lo.next());
  await lo.receive(await hi.next());
  await hi.receive(await lo.next());
  return [lo, hi];
}

let ada: Page;
let bob: Page;
let atAda: PairEnd;
let atBob: PairEnd;

beforeEach(async () => {
  [ada, bob] = await Promise.all([newPage(), newPage()]);
  atAda = new PairEnd(await pairOf(ada, bob.identity));
  atBob = new PairEnd(await pairOf(bob, ada.identity));
});

describe('pair states', () => {
  it('has one state for an id, for ever', async () => {
    const again = await Promise.all([ada.pairs.get(bob.identity), ada.pairs.get(bob.identity)]);
    for (const result of again) expect(result.ok && result.value).toBe(atAda.state);
    const copy = structuredClone(bob.identity);
    expect(await pairOf(ada, copy)).toBe(atAda.state);
  });

  it('derives once though asked twice at the same time', async () => {
    const carol = await newPage();
    const [one, two] = await Promise.all([pairOf(carol, ada.identity), pairOf(carol, ada.identity)]);
    expect(one).toBe(two);
  });

  it('has no state for its own id', async () => {
    expect(await ada.pairs.get(ada.identity)).toEqual({ ok: false, error: 'own-id' });
  });

  it('keeps a barred id barred, for its first reason, with a closed stream', async () => {
    atAda.state.bar('fingerprint');
    atAda.state.bar('different');
    expect(atAda.state.failure).toBe('fingerprint');
    expect(await ada.pairs.get(bob.identity)).toEqual({ ok: false, error: 'barred' });
    expect(atAda.state.stream.send('chat', { id: 1, text: 'x' })).toBeNull();
    expect(atAda.state.markVerified()).toBe(false);
  });

  it('lets mere names make room for newcomers without end, and gives none of them a second state', async () => {
    ada.pairs.setPresent([idOf(bob.identity)]);
    const strangers = Array.from({ length: PAIR_STATES_MAX + 40 }, stranger);
    for (const one of strangers) {
      ada.pairs.setPresent([idOf(bob.identity), idOf(one)]);
      expect((await ada.pairs.get(one)).ok).toBe(true);
    }
    const retired = strangers.filter((one) => ada.pairs.isRetired(idOf(one)));
    expect(retired).toEqual(strangers.slice(0, 41));
    for (const one of retired) expect(await ada.pairs.get(one)).toEqual({ ok: false, error: 'retired' });
    expect(await pairOf(ada, bob.identity)).toBe(atAda.state);
  });

  it('closes the state that makes room: nothing is sealed or opened under its keys again', async () => {
    const box = await atBob.chat(1);
    for (let index = 0; index < PAIR_STATES_MAX; index++) await pairOf(ada, stranger());
    expect(ada.pairs.isRetired(idOf(bob.identity))).toBe(true);
    await atAda.receive(box);
    expect([atAda.applied, atAda.state.stream.send('chat', { id: 1, text: 'x' })]).toEqual([[], null]);
  });

  it('keeps those who are there, were verified, were said to differ, or were connected a moment ago', async () => {
    const [there, differing, connected, ...names] = Array.from({ length: PAIR_STATES_MAX - 1 }, stranger);
    if (!there || !differing || !connected) throw new Error('three of them');
    await run();
    atAda.state.markVerified();
    (await pairOf(ada, differing)).bar('different');
    (await pairOf(ada, connected)).startVerification();
    for (const one of [there, ...names]) await pairOf(ada, one);
    ada.pairs.setPresent([idOf(there)]);
    for (let index = 0; index < names.length; index++) await pairOf(ada, stranger());
    expect(names.every((one) => ada.pairs.isRetired(idOf(one)))).toBe(true);
    for (const one of [there, differing, connected, bob.identity])
      expect(ada.pairs.isRetired(idOf(one))).toBe(false);
    // And where there is nobody else, the one connected longest ago, but no sooner than a place is held.
    const fresh = [...Array(PAIR_STATES_MAX)].map(stranger);
    for (const one of fresh) {
      const pair = await ada.pairs.get(one);
      if (pair.ok) pair.value.startVerification();
    }
    expect(await ada.pairs.get(stranger())).toEqual({ ok: false, error: 'too-many' });
    await time.advance(PLACE_HELD_MS);
    expect((await ada.pairs.get(stranger())).ok).toBe(true);
    expect([there, differing, bob.identity].some((one) => ada.pairs.isRetired(idOf(one)))).toBe(false);
  });

  it('begins 256 runs of the code and no more; later pairs go on without one, and say so', async () => {
    const states: PairState[] = [];
    for (let index = 0; index < CODE_RUNS_MAX + 20; index++) {
      // Faster than connections are made, states make no room.
      if (index === PAIR_STATES_MAX / 2) await time.advance(PLACE_HELD_MS);
      const state = await pairOf(ada, stranger());
      state.startVerification();
      state.startVerification();
      states.push(state);
    }
    expect(states.map(({ codeless }) => codeless)).toEqual(states.map((_, index) => index >= CODE_RUNS_MAX));
    const [lo, hi] = [await newPage(), await newPage()];
    for (let index = 0; index < CODE_RUNS_MAX; index++) (await pairOf(lo, stranger())).startVerification();
    await time.advance(PLACE_HELD_MS);
    const [atLo, atHi] = [
      new PairEnd(await pairOf(lo, hi.identity)),
      new PairEnd(await pairOf(hi, lo.identity)),
    ];
    atLo.state.startVerification();
    await atHi.receive(await atLo.next());
    expect(atHi.applied).toEqual([{ type: 'pair', body: { kind: 'no-code' } }]);
    atHi.state.handleNoCode();
    expect([atLo.state, atHi.state].map(({ codeless, failure }) => [codeless, failure])).toEqual([
      [true, null],
      [true, null],
    ]);
    expect(atHi.state.markVerified()).toBe(false);
  });

  it('has no run used up by a name, nor by steps that come before this side begins', async () => {
    const [lo, hi] = sides();
    lo.state.startVerification();
    await hi.receive(await lo.next());
    await settle();
    expect([hi.sent, hi.state.codeBegun, hi.state.verification.state.phase]).toEqual([[], false, 'running']);
    hi.state.startVerification();
    await lo.receive(await hi.next());
    await hi.receive(await lo.next());
    expect(hi.state.verification.state).toEqual(lo.state.verification.state);
    expect(hi.state.verification.state.phase).toBe('done');
  });
});

describe('pair', () => {
  it('decides who is polite by the lower id', () => {
    expect(atAda.state.polite).toBe(compareBytes(ada.identity.id, bob.identity.id) < 0);
    expect(atBob.state.polite).toBe(!atAda.state.polite);
  });

  it('carries bodies both ways', async () => {
    await atBob.receive(await atAda.chat(1));
    await atAda.receive(await atBob.chat(2));
    expect(atBob.applied).toEqual([{ type: 'chat', body: { id: 1, text: 'chat 1' } }]);
    expect(atAda.applied).toEqual([{ type: 'chat', body: { id: 2, text: 'chat 2' } }]);
  });

  it('refuses its own box sent back', async () => {
    await atAda.receive(await atAda.chat(1));
    expect([atAda.applied, atAda.refused]).toEqual([[], ['box-refused']]);
  });

  it('refuses boxes of another pair and of another room', async () => {
    const carol = await newPage();
    const atCarol = new PairEnd(await pairOf(carol, bob.identity));
    await atBob.receive(await atCarol.chat(1));
    const elsewhere = await newPage(randomBytes(32));
    const atElsewhere = new PairEnd(await pairOf(elsewhere, bob.identity));
    await atBob.receive(await atElsewhere.chat(1));
    expect([atBob.applied, atBob.refused]).toEqual([[], ['box-refused', 'box-refused']]);
  });

  it('cannot be led astray by a forged base or ack: the header is sealed with the box', async () => {
    const box = await atAda.chat(1);
    for (let index = 2; index < 14; index++) {
      const forged = box.slice();
      forged[index] = 0x7f;
      await atBob.receive(forged);
    }
    expect(atBob.refused).toHaveLength(12);
    await atBob.receive(box);
    await atBob.receive(await atAda.chat(2));
    expect(atBob.applied).toHaveLength(2);
  });

  it('applies a box once, whichever way and how often it comes', async () => {
    const box = await atAda.chat(1);
    await atBob.state.stream.receive('socket', 'chat', box);
    await atBob.receive(box);
    await atBob.state.stream.receive('socket', 'chat', box);
    expect([atBob.applied.length, atBob.refused]).toEqual([1, []]);
  });

  it('refuses a true box under the name of another type', async () => {
    await atBob.state.stream.receive('socket', 'pair', await atAda.chat(1));
    expect([atBob.applied, atBob.refused]).toEqual([[], ['box-refused']]);
  });

  it('lets no old box in after a forged "left, joined"', async () => {
    const old = [await atAda.chat(1), await atAda.chat(2)];
    for (const box of old) await atBob.receive(box);
    for (const keyring of [ada, bob]) {
      const other = keyring === ada ? bob.identity : ada.identity;
      const { stream } = await pairOf(keyring, other);
      stream.setPresent(false);
      stream.setPath('channel', null);
    }
    const atBobAgain = new PairEnd(await pairOf(bob, ada.identity));
    for (const box of old) await atBobAgain.receive(box);
    expect(atBobAgain.applied).toEqual([]);
    const atAdaAgain = new PairEnd(await pairOf(ada, bob.identity));
    await atBobAgain.receive(await atAdaAgain.chat(3));
    expect(atBobAgain.applied).toEqual([{ type: 'chat', body: { id: 3, text: 'chat 3' } }]);
  });

  it('runs the verification code over the stream and keeps that it matches', async () => {
    expect(atAda.state.markVerified()).toBe(false);
    const [lo, hi] = await run();
    expect(lo.state.verification.state.phase).toBe('done');
    expect(hi.state.verification.state).toEqual(lo.state.verification.state);
    lo.state.startVerification();
    await settle();
    expect(lo.sent).toEqual([]);
    expect([lo.state.markVerified(), lo.state.verified, hi.state.verified]).toEqual([true, true, false]);
  });

  it('is barred when the code fails', async () => {
    const [lo, hi] = sides();
    for (const ear of [lo, hi]) ear.state.startVerification();
    await hi.receive(await lo.next());
    hi.state.stream.send('sas', { step: 3, nonce: 'A'.repeat(43) });
    await lo.receive(await hi.next());
    await lo.receive(await hi.next());
    expect(lo.state.failure).toBe('code');
  });

  it('sends a step given up on the way again with the same nonce', async () => {
    const [lo, hi] = sides();
    for (const ear of [lo, hi]) ear.state.startVerification();
    await lo.next();
    lo.state.stream.setPresent(false);
    lo.state.stream.setPresent(true);
    await hi.receive(await lo.next());
    await hi.next();
    hi.state.stream.setPresent(false);
    hi.state.stream.setPresent(true);
    await lo.receive(await hi.next());
    await hi.receive(await lo.next());
    expect(lo.state.verification.state.phase).toBe('done');
    expect(hi.state.verification.state).toEqual(lo.state.verification.state);
  });
});

describe('two releases in a pair, which is in version 1', () => {
  it.each([
    [[1], [1], true],
    [[1], [1, 2, 65_535], true],
    [[1, 2], [1], true],
    [[1, 2], [1, 3], true],
    [[1, 2], [1, 2], false],
    [[1, 2, 3], [1, 3], false],
    [[1], [2], false],
    [[2], [1], false],
    [[2], [2], false],
  ])('that speak %j and %j stay in it: %s', async (ours, theirs, stay) => {
    const { state } = new PairEnd(await pairOf(await newPage(secret, ours), ada.identity));
    expect([state.versionAgreed, state.versions]).toEqual([false, ours]);
    state.handleVersions(theirs);
    expect([state.versionAgreed, state.failure]).toEqual([stay, stay ? null : 'version']);
  });

  it('end it also when what one says of itself changes', () => {
    const { state } = atAda;
    state.handleVersions([1]);
    state.handleVersions([2]);
    expect([state.versionAgreed, state.failure]).toEqual([false, 'version']);
  });
});
