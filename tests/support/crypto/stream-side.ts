/** Owns one end of a pair's stream for tests: boxes in the clear, time by hand, and a record of all that happens. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { type BoxHeader, encodeBody } from '../../../main/common/e2ee/box.ts';
import { PairStream, type PairStreamOptions } from '../../../main/common/e2ee/stream/pair-stream.ts';
import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';
import type { StreamPath } from '../../../main/common/e2ee/stream/stream-paths.ts';
import type { SignalType } from '../../../main/common/protocol/messages.ts';
import { fail, ok } from '../../../main/common/result.ts';
import { type ManualTime, settle } from '../time/manual-time.ts';
import { textCoder } from './e2ee-tools.ts';

/** A box that is no secret: its header and body as JSON. */
export interface ClearBox extends BoxHeader {
  readonly json: unknown;
}

export const readBox = (box: Bytes): ClearBox => JSON.parse(textCoder.decode(box));
export const writeBox = (box: ClearBox): Bytes => encodeBody(textCoder, box);

/** With a chat in it of the same number. */
export const chatBox = (seq: number, header: { base?: number; ack?: number } = {}): ClearBox => ({
  type: 'chat',
  seq,
  base: 1,
  ack: 0,
  ...header,
  json: { id: seq, text: 'x' },
});

/** A box on its way. */
export interface SentBox {
  readonly path: StreamPath;
  readonly type: SignalType;
  readonly bytes: Bytes;
}

export class StreamSide {
  readonly stream: PairStream;
  /** Headers in the order they were sealed. */
  readonly sealed: ClearBox[] = [];
  /** All that went out, resends too; a test takes from it what it delivers. */
  readonly sent: SentBox[] = [];
  readonly applied: StreamedBody[] = [];
  readonly delivered: number[] = [];
  readonly givenUp: number[] = [];
  readonly events: string[] = [];
  /** What `onBody` waits for. */
  busy: Promise<void> = Promise.resolve();
  /** What sealing waits for. */
  sealing: Promise<void> = Promise.resolve();

  constructor(time: ManualTime, limits?: PairStreamOptions['limits']) {
    this.stream = new PairStream({
      encode: (body) => encodeBody(textCoder, body),
      seal: async (header, json) => {
        const box = { ...header, json: JSON.parse(textCoder.decode(json)) };
        this.sealed.push(box);
        await this.sealing;
        return writeBox(box);
      },
      open: async (bytes) => {
        if (bytes.length === 0) return fail('box-refused');
        const { json, ...header } = readBox(bytes);
        return ok({ header, json });
      },
      clock: time.clock,
      timers: time.timers,
      ...(limits && { limits }),
    });
    this.attach();
  }

  attach() {
    return this.stream.attach({
      onBody: async (typed) => {
        this.applied.push(typed);
        await this.busy;
      },
      onOpened: (path) => this.events.push(`opened ${path}`),
      onDelivered: (seq) => this.delivered.push(seq),
      onGivenUp: (seq) => this.givenUp.push(seq),
      onRefused: (reason) => this.events.push(`refused ${reason}`),
      onExhausted: () => this.events.push('exhausted'),
    });
  }

  open(path: StreamPath): void {
    this.stream.setPath(path, (type, bytes) => this.sent.push({ path, type, bytes }));
  }

  cut(path: StreamPath): void {
    this.stream.setPath(path, null);
  }

  /** Chats by number, for short. */
  chat(id: number): number | null {
    return this.stream.send('chat', { id, text: `chat ${id}` });
  }

  /** Of the chats it applied, in order. */
  get chatIds(): number[] {
    return this.applied.flatMap((typed) => (typed.type === 'chat' ? [typed.body.id] : []));
  }

  /** Takes what went out since the last time. */
  takeSent(): SentBox[] {
    return this.sent.splice(0);
  }

  receive({ path, type, bytes }: SentBox): Promise<void> {
    return this.stream.receive(path, path === 'channel' ? null : type, bytes);
  }

  /** Receives a box of any header, on the data channel. */
  receiveClear(box: ClearBox): Promise<void> {
    return this.stream.receive('channel', null, writeBox(box));
  }
}

/** Delivers all that is on its way, both ways, until nothing more comes. */
export async function deliverAll(a: StreamSide, b: StreamSide): Promise<void> {
  for (;;) {
    await settle();
    const toB = a.takeSent();
    const toA = b.takeSent();
    if (toA.length + toB.length === 0) return;
    await Promise.all([...toB.map((box) => b.receive(box)), ...toA.map((box) => a.receive(box))]);
  }
}
