/** Holds how much of one person is taken in against what an honest page can send at its worst. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { StreamedBody } from '../../../../../main/common/e2ee/stream/send-window.ts';
import {
  FILE_OFFERS,
  RECEIVE_FILE_LINKS,
  RECEIVE_FILE_OFFERS,
  RECEIVE_FILE_WORDS,
} from '../../../../../main/common/protocol/file-limits.ts';
import {
  BOX_MAX_BYTES,
  CHAT_MAX_UNITS,
  MESSAGES_BURST,
  MESSAGES_PER_SECOND,
} from '../../../../../main/common/protocol/limits.ts';
import {
  PASSED_UNIT_BYTES,
  PASSING_FOR_ALL,
  PRESENCE_RATE,
  REACH_RATE,
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
  STREAM_KEPT_MAX_BOXES,
} from '../../../../../main/common/protocol/peer-limits.ts';
import type { RateLimit } from '../../../../../main/common/timing/token-bucket.ts';
import { type Receipt, ReceiveBudget } from '../../../../../web-client/core/peer/receive-budget.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const author = 'A'.repeat(22);
const binary = 'A'.repeat(43);
const BODIES: readonly (readonly [StreamedBody, RateLimit])[] = [
  [{ type: 'offer', body: { epoch: 1, sdp: '' } }, RECEIVE_CONNECTING],
  [{ type: 'answer', body: { epoch: 1, sdp: '' } }, RECEIVE_CONNECTING],
  [{ type: 'pair', body: { kind: 'rebuild', epoch: 1 } }, RECEIVE_CONNECTING],
  [{ type: 'ice', body: { epoch: 1, candidates: [] } }, RECEIVE_CANDIDATES],
  [{ type: 'sas', body: { step: 1, commit: binary } }, RECEIVE_SELDOM],
  [{ type: 'pair', body: { kind: 'moved', url: 'https://a.test' } }, RECEIVE_SELDOM],
  [{ type: 'pair', body: { kind: 'differ' } }, RECEIVE_SELDOM],
  [{ type: 'pair', body: { kind: 'no-code' } }, RECEIVE_SELDOM],
  [{ type: 'chat', body: { id: 1, text: 'Hello' } }, RECEIVE_CHAT],
  [{ type: 'pair', body: { kind: 'name', name: 'Ada', versions: [1] } }, RECEIVE_LIVELY],
  [{ type: 'pair', body: { kind: 'presence', microphone: 'muted', handUp: false } }, RECEIVE_LIVELY],
  [{ type: 'pair', body: { kind: 'reaction', emoji: '👏' } }, RECEIVE_LIVELY],
  [{ type: 'pair', body: { kind: 'chat-reaction', author, id: 1, emoji: '👍', on: true } }, RECEIVE_LIVELY],
  [{ type: 'pair', body: { kind: 'pass', to: author, type: 'chat', box: '' } }, RECEIVE_PASSING],
  [{ type: 'pair', body: { kind: 'passed', from: author, type: 'chat', box: '' } }, RECEIVE_PASSING],
  [{ type: 'pair', body: { kind: 'reach', ids: [], offline: true } }, RECEIVE_REACH],
  [{ type: 'pair', body: { kind: 'left' } }, RECEIVE_SELDOM],
  [{ type: 'pair', body: { kind: 'whois', id: author } }, RECEIVE_REACH],
  [
    { type: 'pair', body: { kind: 'introduce', entry: { id: author, key: '', fp: '', name: '' } } },
    RECEIVE_REACH,
  ],
  [
    {
      type: 'pair',
      body: { kind: 'file-offer', id: 1, name: 'a.txt', size: 1, mime: '', resume: binary },
    },
    RECEIVE_FILE_OFFERS,
  ],
  [{ type: 'pair', body: { kind: 'file-take', id: 1, have: [] } }, RECEIVE_FILE_WORDS],
  [{ type: 'pair', body: { kind: 'file-pause', id: 1, on: true } }, RECEIVE_FILE_WORDS],
  [{ type: 'pair', body: { kind: 'file-back', resume: binary } }, RECEIVE_FILE_WORDS],
  [
    { type: 'pair', body: { kind: 'file-link', link: 1, by: 'me', signal: { type: 'end' } } },
    RECEIVE_FILE_LINKS,
  ],
  [{ type: 'pair', body: { kind: 'record-ask', id: 1, tracks: 'mixed' } }, RECEIVE_RECORDING],
  [{ type: 'pair', body: { kind: 'record-answer', id: 1, agree: true } }, RECEIVE_RECORDING],
  [{ type: 'pair', body: { kind: 'record-state', id: 1, on: true } }, RECEIVE_RECORDING],
];
const SELDOM_KEPT = new Set([
  RECEIVE_CONNECTING,
  RECEIVE_CANDIDATES,
  RECEIVE_SELDOM,
  RECEIVE_REACH,
  RECEIVE_RECORDING,
  RECEIVE_FILE_OFFERS,
]);
const chat = (text: string): StreamedBody => ({ type: 'chat', body: { id: 1, text } });
const nameOf = ({ type, body }: StreamedBody) => ('kind' in body ? body.kind : type);

let time: ManualTime;
let budget: ReceiveBudget;
beforeEach(() => {
  time = new ManualTime();
  budget = new ReceiveBudget(time.clock);
});

/** What became of so many, all in one moment. */
function count(many: number, take: () => Receipt): Record<Receipt, number> {
  const became = { taken: 0, dropped: 0, flooding: 0 };
  for (let index = 0; index < many; index++) became[take()]++;
  return became;
}

describe('what is taken in of one person', () => {
  it.each(BODIES.map(([typed, limit]) => [nameOf(typed), typed, limit] as const))(
    'of %s is a burst; as much again is dropped, one more is a flood',
    async (_name, typed, { burst, perSecond }) => {
      const take = () => budget.takeBody(typed);
      expect(count(2 * burst + 1, take)).toEqual({ taken: burst, dropped: burst, flooding: 1 });
      await time.advance(1_000);
      expect(count(2 * perSecond + 1, take)).toEqual({ taken: perSecond, dropped: perSecond, flooding: 1 });
    },
  );

  it('of the data channel is a burst of whatever comes, counted by the boxes it could hold', () => {
    const { burst } = RECEIVE_CHANNEL;
    expect(count(2 * burst + 1, () => budget.takeMessage(0))).toMatchObject({ taken: burst, flooding: 1 });
    budget = new ReceiveBudget(time.clock);
    const large = () => budget.takeMessage(8 * BOX_MAX_BYTES);
    expect(count(burst / 4 + 1, large)).toEqual({ taken: burst / 8, dropped: burst / 8, flooding: 1 });
    budget = new ReceiveBudget(time.clock);
    const justTwo = () => budget.takeMessage(BOX_MAX_BYTES + 1);
    expect(count(burst + 1, justTwo)).toEqual({ taken: burst / 2, dropped: burst / 2, flooding: 1 });
  });

  it('of long chats is a burst of text, before that of messages is used up', async () => {
    const { burst, perSecond } = RECEIVE_CHAT_TEXT;
    const long = () => budget.takeBody(chat('x'.repeat(CHAT_MAX_UNITS)));
    const messages = burst / CHAT_MAX_UNITS;
    expect(count(2 * messages + 1, long)).toEqual({ taken: messages, dropped: messages, flooding: 1 });
    await time.advance((1_000 * CHAT_MAX_UNITS) / perSecond);
    expect(count(3, long)).toEqual({ taken: 1, dropped: 1, flooding: 1 });
    budget = new ReceiveBudget(time.clock);
    const half = () => budget.takeBody(chat('x'.repeat(CHAT_MAX_UNITS / 2)));
    expect(count(2 * messages + 1, half)).toEqual({ taken: 2 * messages, dropped: 1, flooding: 0 });
  });

  it('of boxes to be passed on, or that were, is a burst by their length', () => {
    const box = 'A'.repeat((3 * PASSED_UNIT_BYTES * 4) / 3);
    for (const kind of ['pass', 'passed'] as const) {
      budget = new ReceiveBudget(time.clock);
      const whom = kind === 'pass' ? { kind, to: author } : { kind, from: author };
      const take = () => budget.takeBody({ type: 'pair', body: { ...whom, type: 'chat', box } });
      const boxes = RECEIVE_PASSING.burst / 3;
      expect(count(2 * boxes + 1, take)).toEqual({ taken: boxes, dropped: boxes, flooding: 1 });
    }
  });

  it('of the socket is dropped beyond a burst, and never is a flood: it may be forged', () => {
    const taken = Array.from({ length: 100_000 }, () => budget.takeSocketBox());
    expect(taken.filter(Boolean)).toHaveLength(RECEIVE_SOCKET.burst);
  });
});

describe('ten thousand offers of files', () => {
  it('are a flood after some dozens', () => {
    const offers = BODIES.find(([, limit]) => limit === RECEIVE_FILE_OFFERS)?.[0];
    if (offers === undefined) throw new Error('no offer');
    let taken = 0;
    while (budget.takeBody(offers) !== 'flooding') taken++;
    expect(taken).toBeLessThanOrEqual(2 * RECEIVE_FILE_OFFERS.burst);
  });
});

describe('an honest page meets no bound', () => {
  it('with files, offered as fast as it does', () => {
    expect(RECEIVE_FILE_OFFERS.burst).toBeGreaterThanOrEqual(2 * FILE_OFFERS.burst);
    expect(RECEIVE_FILE_OFFERS.perSecond).toBeGreaterThan(FILE_OFFERS.perSecond);
  });

  it('with all that it kept, of whatever kind, when a path opens', () => {
    for (const [typed, limit] of BODIES) {
      // Of these few are ever made while no path is open.
      if (SELDOM_KEPT.has(limit)) continue;
      budget = new ReceiveBudget(time.clock);
      expect(count(STREAM_KEPT_MAX_BOXES, () => budget.takeBody(typed)).taken).toBe(STREAM_KEPT_MAX_BOXES);
    }
  });

  it('with a long text sent piece by piece, as fast as anybody can, and for an hour at a slower pace', async () => {
    const piece = chat('x'.repeat(CHAT_MAX_UNITS));
    expect(count(60, () => budget.takeBody(piece)).taken).toBe(60);
    for (let second = 0; second < 3_600; second++) {
      await time.advance(1_000);
      expect(budget.takeBody(piece)).toBe('taken');
    }
  });

  it('with all that it kept, in texts of several lines each', () => {
    const line = chat('x'.repeat(CHAT_MAX_UNITS / 4));
    expect(count(STREAM_KEPT_MAX_BOXES, () => budget.takeBody(line)).taken).toBe(STREAM_KEPT_MAX_BOXES);
  });

  it('with the longest kept queue sent five times over an outage, and each second on a bad way', async () => {
    expect(count(5 * STREAM_KEPT_MAX_BOXES, () => budget.takeMessage(298)).taken).toBe(
      5 * STREAM_KEPT_MAX_BOXES,
    );
    for (let second = 0; second < 60; second++) {
      await time.advance(1_000);
      // The acks of 200 ms among them.
      expect(count(STREAM_KEPT_MAX_BOXES + 5, () => budget.takeMessage(298)).dropped).toBe(0);
    }
  });

  it('with everything the server passes on of one person', async () => {
    for (let sent = 0; sent < MESSAGES_BURST; sent++) expect(budget.takeSocketBox()).toBe(true);
    for (let second = 0; second < 60; second++) {
      await time.advance(1_000);
      for (let sent = 0; sent < MESSAGES_PER_SECOND; sent++) expect(budget.takeSocketBox()).toBe(true);
    }
  });

  it('on a network that flaps: a repair from either side in 2 s, gathering anew each time', async () => {
    for (let repair = 0; repair < 300; repair++) {
      for (const epoch of [repair, repair + 1]) {
        expect(budget.takeBody({ type: 'offer', body: { epoch, sdp: '' } })).toBe('taken');
        expect(budget.takeBody({ type: 'answer', body: { epoch, sdp: '' } })).toBe('taken');
        for (let box = 0; box < 8; box++)
          expect(budget.takeBody({ type: 'ice', body: { epoch, candidates: [] } })).toBe('taken');
      }
      await time.advance(2_000);
    }
  });

  it('passing on all it may for a quarter of a minute, and telling whom it reaches, after a silence', () => {
    const { burst, perSecond } = PASSING_FOR_ALL;
    expect(RECEIVE_PASSING.burst).toBeGreaterThanOrEqual(burst + 10 * perSecond);
    expect(RECEIVE_PASSING.perSecond).toBeGreaterThan(perSecond);
    expect(RECEIVE_REACH.burst).toBeGreaterThanOrEqual(REACH_RATE.burst + 15 * REACH_RATE.perSecond);
    expect(RECEIVE_REACH.perSecond).toBeGreaterThan(2 * REACH_RATE.perSecond);
  });

  it('telling microphone, hand and emoji as fast as it does', async () => {
    const { burst, perSecond } = PRESENCE_RATE;
    expect(RECEIVE_LIVELY.burst).toBeGreaterThan(2 * burst);
    expect(RECEIVE_LIVELY.perSecond).toBeGreaterThan(2 * perSecond);
  });
});
