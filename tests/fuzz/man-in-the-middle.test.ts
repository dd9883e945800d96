/**
 * Puts somebody with the whole link between two people, a full participant on each side, as every check allows him to be.
 * What shows him is the verification code: it is another one on either side, whatever he does with what he learns.
 */

import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../../main/common/bytes.ts';
import type { PublicIdentity } from '../../main/common/e2ee/identity.ts';
import { Keyring } from '../../main/common/e2ee/keyring.ts';
import { PairStates } from '../../main/common/e2ee/pair-states.ts';
import type { SasRun } from '../../main/common/e2ee/sas.ts';
import { CODE_RUNS_MAX } from '../../main/common/protocol/limits.ts';
import { Handshake } from '../../main/server/handshake.ts';
import { HostKey } from '../../main/server/host-key.ts';
import { TokenStore } from '../../main/server/token-store.ts';
import { boxTools, randomBytes } from '../support/crypto/e2ee-tools.ts';
import {
  type ReferencePerson,
  referenceCode,
  referenceCommit,
  referencePair,
  referencePerson,
  referencePresharedKey,
} from '../support/crypto/reference-e2ee.ts';
import { isLongRun } from '../support/random/fuzz-inputs.ts';
import { seededRandom } from '../support/random/seeded-random.ts';
import { ManualTime } from '../support/time/manual-time.ts';

/** 10,000 in `npm run fuzz`. */
const RUNS = isLongRun ? 10_000 : 1_000;
const time = new ManualTime();

interface Victim {
  readonly identity: PublicIdentity;
  readonly pairs: PairStates;
}

/** One side of the man in the middle: what he says to one person in the other's place. */
class Facade {
  readonly #pair: ReturnType<typeof referencePair>;
  readonly #victim: SasRun;
  #theirs: Buffer | null = null;
  #own: Uint8Array = randomBytes(32);

  private constructor(pair: ReturnType<typeof referencePair>, victim: SasRun) {
    this.#pair = pair;
    this.#victim = victim;
  }

  static async before(victim: Victim, person: ReferencePerson, secret: Uint8Array): Promise<Facade> {
    const { id, key, fp } = victim.identity;
    const own = { id: Buffer.from(id), key: Buffer.from(key), fp: Buffer.from(fp) };
    const pair = referencePair(person, own, referencePresharedKey(secret));
    const bytes = (part: Buffer) => new Uint8Array(part);
    const met = await victim.pairs.get({
      id: bytes(person.id),
      key: bytes(person.key),
      fp: bytes(person.fp),
    });
    if (!met.ok) throw new Error(met.error);
    return new Facade(pair, met.value.verification);
  }

  /** Whether he commits himself before he knows the person's nonce; else he answers before he does. */
  get commits(): boolean {
    return this.#pair.isLo;
  }

  /** The person's nonce, once it is out. */
  get theirs(): Buffer | null {
    return this.#theirs;
  }

  /** The first half: all that has to be fixed is fixed, and the person's nonce is out. */
  async open(own: Uint8Array): Promise<void> {
    this.#own = own;
    if (this.commits) {
      const commit = referenceCommit(this.#pair.th, own).toString('base64url');
      await this.#take(await this.#victim.handle({ step: 1, commit }));
    } else {
      this.#victim.start();
      await this.#take(await this.#victim.handle({ step: 2, nonce: toBase64Url(new Uint8Array(own)) }));
    }
  }

  /** The second half, where there is one; `nonce` may be another than the one committed to. */
  async reveal(nonce: Uint8Array = this.#own): Promise<void> {
    if (!this.commits) return;
    this.#own = nonce;
    await this.#victim.handle({ step: 3, nonce: toBase64Url(new Uint8Array(nonce)) });
  }

  /** What he knows the person would see with this nonce of his. */
  codeWith(own: Uint8Array): string {
    if (this.#theirs === null) throw new Error('too early');
    const [lo, hi] = this.commits ? [own, this.#theirs] : [this.#theirs, own];
    return referenceCode(this.#pair.secret, this.#pair.th, lo, hi).emoji.join(' ');
  }

  get shown(): string {
    const { state } = this.#victim;
    return state.phase === 'done' ? state.code.join(' ') : state.phase;
  }

  get expected(): string {
    return this.codeWith(this.#own);
  }

  async #take(answers: Awaited<ReturnType<SasRun['handle']>>): Promise<void> {
    for (const body of answers) if (body.step !== 1) this.#theirs = Buffer.from(body.nonce, 'base64url');
  }
}

async function newVictim(secret: Uint8Array<ArrayBuffer>): Promise<Victim> {
  const { identity, own } = await Keyring.create(boxTools, secret, randomBytes(32));
  return { identity, pairs: new PairStates({ ...boxTools, clock: time.clock, timers: time.timers }, own) };
}

/** Stands before two people so many times, many at once; nobody begins more runs than a page load allows. */
async function manyTimes(runs: number, play: (one: Facade, other: Facade, run: number) => Promise<void>) {
  const secret = randomBytes(32);
  for (let first = 0; first < runs; first += CODE_RUNS_MAX) {
    const [anna, boris] = await Promise.all([newVictim(secret), newVictim(secret)]);
    const batch = Array.from({ length: Math.min(runs - first, CODE_RUNS_MAX) }, async (_, index) => {
      const one = await Facade.before(anna, referencePerson(), secret);
      const other = await Facade.before(boris, referencePerson(), secret);
      await play(one, other, first + index);
    });
    await Promise.all(batch);
  }
}

describe('a man in the middle of two releases', () => {
  const ADDRESS = 'https://a.lhr.life';
  const lists = Array.from({ length: 15 }, (_, bits) =>
    [1, 2, 3, 4].filter((version) => ((bits + 1) >> (version - 1)) & 1),
  );

  it('brings them to the highest version that both speak, or to none, whatever he makes of what they say', async () => {
    const random = seededRandom(15);
    const any = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const [token, hostKey] = [randomBytes(16), new HostKey()];
    const tokens = new TokenStore();
    tokens.add(token);
    const met = { same: 0, refused: 0 };
    for (let run = 0; run < RUNS / 4; run++) {
      const [ours, theirs] = [any(lists), any(lists)];
      const page = await Keyring.create(boxTools, randomBytes(32), randomBytes(32), ours);
      const opening = await page.openSocket(token, ADDRESS);
      const host = new Handshake({ gate: { owns: () => true }, tokens, hostKey, versions: theirs });
      const alone = random() < 0.2;
      const step = host.handle({ ...opening.hello, versions: alone ? ours : any(lists) });
      if (step.kind !== 'challenged' || step.challenge.type !== 'challenge') continue;
      const said = step.challenge;
      const heard = alone
        ? said
        : { ...said, versions: any(lists), version: any([said.version, 1, 2, 3, 4]) };
      const proven = await opening.verifyHost(heard);
      const common = ours.filter((version) => theirs.includes(version)).at(-1);
      if (proven === null) met.refused++;
      else {
        met.same++;
        expect([heard.version, said.version]).toEqual([common, common]);
        const word = await proven.prove('{"type":"auth"}');
        expect(step.secrets.verify(Buffer.from(word))).toBe('{"type":"auth"}');
      }
      if (alone) expect(proven !== null).toBe(true);
    }
    expect(met.same).toBeGreaterThan(20);
    expect(met.refused).toBeGreaterThan(20);
  });
});

describe('a man in the middle with the whole link', () => {
  it(`has two people see codes that differ, in ${RUNS} of ${RUNS} runs, whatever he does with what he learns`, async () => {
    const random = seededRandom(42);
    const plans = Array.from({ length: RUNS }, () => ({
      swap: random() < 0.5,
      early: random() < 0.5,
      nonce: Math.floor(random() * 3),
    }));
    let differed = 0;
    await manyTimes(RUNS, async (one, other, run) => {
      const { swap, early, nonce = 0 } = plans[run] ?? {};
      const [first, second] = swap ? [other, one] : [one, other];
      const own = randomBytes(32);
      await first.open(own);
      if (early) await first.reveal();
      // By now he may know all of the first side, and knows nothing of the second.
      await second.open([randomBytes(32), own, first.theirs ?? own][nonce] ?? own);
      await second.reveal();
      if (!early) await first.reveal();
      expect([first.shown, second.shown]).toEqual([first.expected, second.expected]);
      if (first.shown !== second.shown) differed++;
    });
    expect(differed).toBe(RUNS);
  });

  it('fails each time he reveals what he chose after the nonces were out', async () => {
    let late = 0;
    await manyTimes(500, async (one, other) => {
      const [fixed, free] = other.commits ? [one, other] : [other, one];
      if (!free.commits) return;
      await fixed.open(randomBytes(32));
      await fixed.reveal();
      await free.open(randomBytes(32));
      const wanted = fixed.shown.split(' ');
      const likeness = (nonce: Uint8Array) =>
        free
          .codeWith(nonce)
          .split(' ')
          .filter((emoji, index) => emoji === wanted[index]).length;
      const tries = Array.from({ length: 20 }, () => randomBytes(32));
      const [best = randomBytes(32)] = tries.sort((a, b) => likeness(b) - likeness(a));
      await free.reveal(best);
      expect(free.shown).toBe('failed');
      late++;
    });
    // Whether he commits at all is the ids' doing.
    expect(late).toBeGreaterThan(20);
  });
});
