/** Owns all that is known of one person for as long as the page key lives: keys, counters, verification code, bar. */

import type { ClockMs, CryptoKeyLike, TimersLike } from '../platform.ts';
import type { SasBody } from '../protocol/bodies.ts';
import { BOX_VERSION } from '../protocol/limits.ts';
import { highestCommonVersion } from '../protocol/versions.ts';
import { type BoxTools, encodeBody, openBox, sealBox } from './box.ts';
import type { PublicIdentity } from './identity.ts';
import type { OwnSide } from './keyring.ts';
import { agreeOnSecret, type BoxKeys, deriveBoxKeys } from './pair-keys.ts';
import { deriveReturnKey } from './return-word.ts';
import { SasRun } from './sas.ts';
import { PairStream } from './stream/pair-stream.ts';

/** Why the pair with this id is over. */
export type PeerFailureCode =
  | 'box-refused'
  | 'version'
  | 'fingerprint'
  | 'code'
  /** This person saw another code. */
  | 'different'
  /** The other one did, and said so. */
  | 'told-different'
  /** The other page offered what is no call of ours: video, further voices, further channels. */
  | 'not-a-call'
  | 'exhausted'
  /** Sent far more than a call needs. */
  | 'flooding'
  /** Was away while so many others came that the keys of the pair were given up. */
  | 'forgotten';

export interface PairTools extends BoxTools {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export class PairState {
  readonly other: PublicIdentity;
  /** The own id is the lower one; decides who yields in negotiation. */
  readonly polite: boolean;
  readonly stream: PairStream;
  readonly verification: SasRun;
  /** Those this page speaks. */
  readonly versions: readonly number[];
  readonly #takeRun: () => boolean;
  readonly #makeReturnKey: () => Promise<CryptoKeyLike>;
  #returnKey: Promise<CryptoKeyLike> | null = null;
  readonly #makeFileKeys: () => Promise<BoxKeys>;
  #fileKeys: Promise<BoxKeys> | null = null;
  /** Steps that wait for this side to begin. */
  #held: SasBody[] = [];
  #run: 'waiting' | 'begun' | 'none-left' = 'waiting';
  #otherHasNone = false;
  #failure: PeerFailureCode | null = null;
  #verified = false;
  #versionAgreed = false;

  private constructor(
    other: PublicIdentity,
    polite: boolean,
    stream: PairStream,
    verification: SasRun,
    versions: readonly number[],
    takeRun: () => boolean,
    makeReturnKey: () => Promise<CryptoKeyLike>,
    makeFileKeys: () => Promise<BoxKeys>,
  ) {
    this.other = other;
    this.polite = polite;
    this.stream = stream;
    this.verification = verification;
    this.versions = versions;
    this.#takeRun = takeRun;
    this.#makeReturnKey = makeReturnKey;
    this.#makeFileKeys = makeFileKeys;
  }

  /** @param takeRun whether one more run of the code may begin in this page load */
  static async create(
    tools: PairTools,
    own: OwnSide,
    other: PublicIdentity,
    takeRun: () => boolean,
  ): Promise<PairState> {
    const secret = await agreeOnSecret(tools.crypto, own, other);
    const [keys, verification] = await Promise.all([
      deriveBoxKeys(tools.crypto, secret),
      SasRun.create(tools.crypto, secret),
    ]);
    const stream = createStream(tools, keys, own, other);
    const makeReturnKey = () => deriveReturnKey(tools.crypto, secret);
    const makeFileKeys = () => deriveBoxKeys(tools.crypto, secret, 'file');
    const polite = secret.role === 'lo';
    const { versions } = own;
    return new PairState(other, polite, stream, verification, versions, takeRun, makeReturnKey, makeFileKeys);
  }

  /** By it either page, once it is loaded anew, shows the other who it was. */
  get returnKey(): Promise<CryptoKeyLike> {
    this.#returnKey ??= this.#makeReturnKey();
    return this.#returnKey;
  }

  /** What the two seal files with, for each other. */
  get fileKeys(): Promise<BoxKeys> {
    this.#fileKeys ??= this.#makeFileKeys();
    return this.#fileKeys;
  }

  /** Set once, by `bar`; the first reason stays. */
  get failure(): PeerFailureCode | null {
    return this.#failure;
  }

  /** The person compared the code and said it matches. */
  get verified(): boolean {
    return this.#verified;
  }

  /** Ends the pair with this id for the page load; the other side is told where a person decided it. */
  bar(reason: PeerFailureCode): void {
    if (this.#failure !== null) return;
    this.#failure = reason;
    this.#verified = false;
    if (reason === 'different') this.stream.closeWith('pair', { kind: 'differ' });
    else this.stream.close();
  }

  /** Both told the versions they speak, and this pair is in the highest that both do. */
  get versionAgreed(): boolean {
    return this.#versionAgreed;
  }

  /** Takes what the other one's page speaks, told in the pair's own boxes: whoever may have led the two to an older version had no hand in it. */
  handleVersions(theirs: readonly number[]): void {
    this.#versionAgreed = highestCommonVersion(this.versions, theirs) === BOX_VERSION;
    if (!this.#versionAgreed) this.bar('version');
  }

  /** This side has shown, or was about to show, something of its run. */
  get codeBegun(): boolean {
    return this.#run !== 'waiting';
  }

  /** There will be no code: one of the two pages has no run left, and only a page that is loaded anew has. */
  get codeless(): boolean {
    return this.verification.state.phase === 'running' && (this.#run === 'none-left' || this.#otherHasNone);
  }

  /**
   * Starts this side's run of the verification code; later calls do nothing. To be called once the pair's connection
   * stands: runs are few, and a name in a roster must not use one up.
   */
  startVerification(): void {
    if (this.codeBegun) return;
    this.#run = this.#takeRun() ? 'begun' : 'none-left';
    if (this.#run === 'none-left') {
      this.stream.send('pair', { kind: 'no-code' });
      return;
    }
    for (const body of [...this.verification.start(), ...this.#held]) this.stream.send('sas', body);
    this.#held = [];
  }

  /** The other one's page has no run left. */
  handleNoCode(): void {
    this.#otherHasNone = true;
  }

  /** Takes a `sas` body from the stream and answers it; a run that fails bars the id with `code`. */
  async handleSas(body: SasBody): Promise<void> {
    for (const answer of await this.verification.handle(body)) {
      if (this.#run === 'begun') this.stream.send('sas', answer);
      else this.#held.push(answer);
    }
    if (this.verification.state.phase === 'failed') this.bar('code');
  }

  /** Keeps that the codes match. Refused before there is one and after a failure; the peer knows the other conditions. */
  markVerified(): boolean {
    this.#verified ||= this.#failure === null && this.verification.state.phase === 'done';
    return this.#verified;
  }
}

function createStream(tools: PairTools, keys: BoxKeys, own: OwnSide, other: PublicIdentity): PairStream {
  const outward = { key: keys.sealing, from: own.identity.id, to: other.id };
  const inward = { key: keys.opening, from: other.id, to: own.identity.id };
  return new PairStream({
    encode: (body) => encodeBody(tools.text, body),
    seal: (header, json) => sealBox(tools, outward, header, json),
    open: (box) => openBox(tools, inward, box),
    clock: tools.clock,
    timers: tools.timers,
  });
}
