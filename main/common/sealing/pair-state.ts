/** Owns all that is known of one person for as long as the page key lives: keys, counters, verification code, bar. */

import type { ClockMs, TimersLike } from '../platform.ts';
import type { SasBody } from '../protocol/bodies.ts';
import { type BoxTools, encodeBody, openBox, sealBox } from './box.ts';
import type { PublicIdentity } from './identity.ts';
import { derivePairKeys, type OwnSide, type PairKeys } from './pair-keys.ts';
import { PairStream } from './pair-stream.ts';
import { Verification } from './verification.ts';

/** Why there is no link to this id any more. */
export type LinkFailureCode =
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
  | 'flooding';

export interface PairTools extends BoxTools {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export class PairState {
  readonly other: PublicIdentity;
  /** The own id is the lower one; decides who yields in negotiation. */
  readonly polite: boolean;
  readonly stream: PairStream;
  readonly verification: Verification;
  #failure: LinkFailureCode | null = null;
  #verified = false;

  private constructor(
    other: PublicIdentity,
    polite: boolean,
    stream: PairStream,
    verification: Verification,
  ) {
    this.other = other;
    this.polite = polite;
    this.stream = stream;
    this.verification = verification;
  }

  static async create(tools: PairTools, own: OwnSide, other: PublicIdentity): Promise<PairState> {
    const keys = await derivePairKeys(tools.crypto, own, other);
    const verification = await Verification.create(tools.crypto, keys);
    return new PairState(other, keys.role === 'lo', createStream(tools, keys, own, other), verification);
  }

  /** Set once, by `bar`; the first reason stays. */
  get failure(): LinkFailureCode | null {
    return this.#failure;
  }

  /** The person compared the code and said it matches. */
  get verified(): boolean {
    return this.#verified;
  }

  /** Ends the link to this id for the page load; the other side is told where a person decided it. */
  bar(reason: LinkFailureCode): void {
    if (this.#failure !== null) return;
    this.#failure = reason;
    this.#verified = false;
    if (reason === 'different') this.stream.closeWith('pair', { kind: 'differ' });
    else this.stream.close();
  }

  /** Starts the run of the verification code; once both have joined. Later calls do nothing. */
  startVerification(): void {
    for (const body of this.verification.start()) this.stream.send('sas', body);
  }

  /** Takes a `sas` body from the stream and answers it; a run that fails bars the id with `code`. */
  async handleSas(body: SasBody): Promise<void> {
    for (const answer of await this.verification.handle(body)) this.stream.send('sas', answer);
    if (this.verification.state.phase === 'failed') this.bar('code');
  }

  /** Keeps that the codes match. Refused before there is one and after a failure; the link knows the other conditions. */
  markVerified(): boolean {
    this.#verified ||= this.#failure === null && this.verification.state.phase === 'done';
    return this.#verified;
  }
}

function createStream(tools: PairTools, keys: PairKeys, own: OwnSide, other: PublicIdentity): PairStream {
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
