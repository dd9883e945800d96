/** Owns the receive budget of one peer: messages of the data channel, boxes of the socket, bodies by their kind. Pure. */

import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';
import type { ClockMs } from '../../../main/common/platform.ts';
import { type PairBody, passedUnits } from '../../../main/common/protocol/bodies.ts';
import {
  RECEIVE_FILE_LINKS,
  RECEIVE_FILE_OFFERS,
  RECEIVE_FILE_WORDS,
} from '../../../main/common/protocol/file-limits.ts';
import { BOX_MAX_BYTES } from '../../../main/common/protocol/limits.ts';
import {
  RECEIVE_CANDIDATES,
  RECEIVE_CHANNEL,
  RECEIVE_CHAT,
  RECEIVE_CHAT_TEXT,
  RECEIVE_CONNECTING,
  RECEIVE_LIVELY,
  RECEIVE_PASSING,
  RECEIVE_REACH,
  RECEIVE_RECORDING,
  RECEIVE_SELDOM,
  RECEIVE_SOCKET,
} from '../../../main/common/protocol/peer-limits.ts';
import { type RateLimit, TokenBucket } from '../../../main/common/timing/token-bucket.ts';

/** `dropped`: a little too much, to be passed over. `flooding`: far too much, the person is to be cut off. */
export type Receipt = 'taken' | 'dropped' | 'flooding';

/** A limit, and as much again. */
class Allowance {
  readonly #within: TokenBucket;
  readonly #beyond: TokenBucket;

  constructor(limit: RateLimit, nowMs: number) {
    this.#within = new TokenBucket(limit, nowMs);
    this.#beyond = new TokenBucket(limit, nowMs);
  }

  take(nowMs: number, count = 1): Receipt {
    if (this.#within.take(nowMs, count)) return 'taken';
    return this.#beyond.take(nowMs, count) ? 'dropped' : 'flooding';
  }
}

const BODY_LIMITS = {
  connecting: RECEIVE_CONNECTING,
  candidates: RECEIVE_CANDIDATES,
  seldom: RECEIVE_SELDOM,
  chat: RECEIVE_CHAT,
  lively: RECEIVE_LIVELY,
  passing: RECEIVE_PASSING,
  reach: RECEIVE_REACH,
  'file-offers': RECEIVE_FILE_OFFERS,
  'file-words': RECEIVE_FILE_WORDS,
  'file-links': RECEIVE_FILE_LINKS,
  recording: RECEIVE_RECORDING,
} as const;

type BodyKind = keyof typeof BODY_LIMITS;

const TYPE_KINDS: Readonly<Record<Exclude<StreamedBody['type'], 'pair'>, BodyKind>> = {
  offer: 'connecting',
  answer: 'connecting',
  ice: 'candidates',
  sas: 'seldom',
  chat: 'chat',
};
const PAIR_KINDS: Readonly<Record<PairBody['kind'], BodyKind>> = {
  rebuild: 'connecting',
  reserve: 'connecting',
  'no-reserve': 'connecting',
  moved: 'seldom',
  differ: 'seldom',
  'no-code': 'seldom',
  name: 'lively',
  presence: 'lively',
  reaction: 'lively',
  'chat-reaction': 'lively',
  pass: 'passing',
  passed: 'passing',
  reach: 'reach',
  whois: 'reach',
  introduce: 'reach',
  left: 'seldom',
  'file-offer': 'file-offers',
  'file-pause': 'file-words',
  'file-done': 'file-words',
  'file-end': 'file-words',
  'file-take': 'file-words',
  'file-wait': 'file-words',
  'file-whole': 'file-words',
  'file-stop': 'file-words',
  'file-back': 'file-words',
  'file-gone': 'file-words',
  'file-link': 'file-links',
  'record-ask': 'recording',
  'record-answer': 'recording',
  'record-state': 'recording',
};

/**
 * One for each person ever met, for the page load: a connection made anew starts nothing again. Only what surely came
 * from the person may cut him off, his own data channel or a body out of a box that opened; a socket's frames may be forged.
 */
export class ReceiveBudget {
  readonly #clock: ClockMs;
  readonly #channel: Allowance;
  readonly #socket: TokenBucket;
  readonly #bodies: Readonly<Record<BodyKind, Allowance>>;
  readonly #chatText: Allowance;

  constructor(clock: ClockMs) {
    const nowMs = clock();
    const allowance = (kind: BodyKind) => new Allowance(BODY_LIMITS[kind], nowMs);
    this.#clock = clock;
    this.#channel = new Allowance(RECEIVE_CHANNEL, nowMs);
    this.#socket = new TokenBucket(RECEIVE_SOCKET, nowMs);
    this.#bodies = {
      connecting: allowance('connecting'),
      candidates: allowance('candidates'),
      seldom: allowance('seldom'),
      chat: allowance('chat'),
      lively: allowance('lively'),
      passing: allowance('passing'),
      reach: allowance('reach'),
      'file-offers': allowance('file-offers'),
      'file-words': allowance('file-words'),
      'file-links': allowance('file-links'),
      recording: allowance('recording'),
    };
    this.#chatText = new Allowance(RECEIVE_CHAT_TEXT, nowMs);
  }

  /** Any message of the data channel, before it is looked at; one too large for a box counts as the boxes it could hold. */
  takeMessage(sizeBytes: number): Receipt {
    return this.#channel.take(this.#clock(), Math.max(1, Math.ceil(sizeBytes / BOX_MAX_BYTES)));
  }

  /** Whether a box of the socket may be opened. */
  takeSocketBox(): boolean {
    return this.#socket.take(this.#clock());
  }

  /** A body, at its turn. */
  takeBody(typed: StreamedBody): Receipt {
    const kind = typed.type === 'pair' ? PAIR_KINDS[typed.body.kind] : TYPE_KINDS[typed.type];
    const receipt = this.#bodies[kind].take(this.#clock(), costOf(typed));
    if (receipt !== 'taken' || typed.type !== 'chat') return receipt;
    return this.#chatText.take(this.#clock(), typed.body.text.length);
  }
}

function costOf({ type, body }: StreamedBody): number {
  return type === 'pair' && (body.kind === 'pass' || body.kind === 'passed') ? passedUnits(body) : 1;
}
