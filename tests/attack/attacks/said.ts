/** Owns the floods of boxes that open: chats, hands up and down, emoji, candidates, offers of files, wishes for connections anew. */

import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';
import {
  RECEIVE_CANDIDATES,
  RECEIVE_CHAT,
  RECEIVE_CONNECTING,
  RECEIVE_LIVELY,
} from '../../../main/common/protocol/peer-limits.ts';
import type { Attack } from '../stage.ts';

/** As far as a bystander takes all, drops as much again, and cuts him off. */
const beyond = ({ burst, perSecond }: { burst: number; perSecond: number }) => 2 * burst + 10 * perSecond;

const flood = (what: string, count: number, typed: StreamedBody): Attack => ({
  name: `${count} ${what}`,
  run: (stage) => stage.strike(([body, times]) => window.hostile.say(body, times), [typed, count] as const),
});

const words = '@Anna https://example.com ﷺ ';

export const chats = flood('chats full of mentions and links', beyond(RECEIVE_CHAT), {
  type: 'chat',
  body: { id: 1, text: words.repeat(70) },
});

export const shortChats = flood('short chats', beyond(RECEIVE_CHAT), {
  type: 'chat',
  body: { id: 1, text: 'Hello' },
});

export const hands = flood('hands up', beyond(RECEIVE_LIVELY), {
  type: 'pair',
  body: { kind: 'presence', microphone: 'muted', handUp: true },
});

export const candidates = flood('boxes of 16 candidates', beyond(RECEIVE_CANDIDATES), {
  type: 'ice',
  body: {
    epoch: 1,
    candidates: Array.from({ length: 16 }, (_, index) => ({
      candidate: `candidate:${index} 1 udp 2122260223 192.0.2.${index + 1} 54321 typ host`,
      sdpMid: '0',
      sdpMLineIndex: 0,
      usernameFragment: null,
    })),
  },
});

export const fileOffers = flood('offers of files', 10_000, {
  type: 'pair',
  body: { kind: 'file-offer', id: 1, name: 'a.bin', size: 1, mime: '', resume: '' },
});

export const rebuilds: Attack = {
  name: `${beyond(RECEIVE_CONNECTING)} wishes for a connection anew`,
  run: (stage) => stage.strike((count) => window.hostile.askForEpochs(count), beyond(RECEIVE_CONNECTING)),
};
