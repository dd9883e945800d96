import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerMessage } from '../../../../../main/common/protocol/bodies.ts';
import { MessageBus } from '../../../../../web-client/core/messaging/bus.ts';

let told: unknown[][];
let bus: MessageBus;
beforeEach(() => {
  told = [];
  const note =
    (what: string) =>
    (...facts: unknown[]): void => {
      told.push([what, ...facts]);
    };
  bus = new MessageBus({
    handlers: {
      chat: note('chat'),
      'chat-reaction': note('chat-reaction'),
      presence: note('presence'),
      reaction: note('reaction'),
      moved: note('moved'),
      'record-ask': note('record-ask'),
      'record-answer': note('record-answer'),
      'record-state': note('record-state'),
    },
    handleFile: note('file'),
    handleSettled: note('settled'),
    handleExit: note('exit'),
  });
});

const MESSAGES: readonly PeerMessage[] = [
  { kind: 'chat', id: 1, text: 'Hello' },
  { kind: 'chat-reaction', author: 'ada', id: 1, emoji: '👍', on: true },
  { kind: 'presence', microphone: 'open', handUp: true },
  { kind: 'reaction', emoji: '👏' },
  { kind: 'moved', url: 'https://there.test' },
  { kind: 'record-ask', id: 1, tracks: 'each' },
  { kind: 'record-answer', id: 1, agree: true },
  { kind: 'record-state', id: 1, on: true },
];

describe('the message bus', () => {
  it.each(MESSAGES)('hands a message to the one feature of its kind: $kind', (message) => {
    bus.handle('ada', message);
    expect(told).toEqual([[message.kind, 'ada', message]]);
  });

  it('hands all that is said of files to the one that takes it', () => {
    const message: PeerMessage = { kind: 'file-wait', id: 1, on: true };
    bus.handle('ada', message);
    expect(told).toEqual([['file', 'ada', message]]);
  });

  it('tells what became of what was sent, and who is gone', () => {
    bus.handleSettled('ada', 3, false);
    bus.handleExit('ada');
    expect(told).toEqual([
      ['settled', 'ada', 3, false],
      ['exit', 'ada'],
    ]);
  });

  it('sends by the mesh, and to nobody before there is one', () => {
    const message: PeerMessage = { kind: 'reaction', emoji: '👏' };
    const sent: unknown[] = [];
    expect(bus.send(message)).toEqual(new Map());
    bus.attach({
      send: (body, options) => {
        sent.push(body, options);
        return new Map([['ada', 7]]);
      },
    });
    expect(bus.send(message, { retain: true })).toEqual(new Map([['ada', 7]]));
    expect(sent).toEqual([message, { retain: true }]);
  });
});
