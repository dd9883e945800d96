/** The worker that repeats the own voice, with the page's end of it: real script, ports and streams; the browser's frames are made up. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bytes } from '../../../../main/common/bytes.ts';
import {
  readRedundantPacket,
  writeRedundantPacket,
} from '../../../../web-client/core/audio/redundant-packet.ts';
import type { SenderLike } from '../../../../web-client/core/browser-api.ts';
import {
  REPEATER_WAIT_MS,
  type RepeatingWorkerLike,
  VoiceRepeater,
} from '../../../../web-client/media/voice-repeater.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';
import { until } from '../../../support/time/until.ts';

interface Frame {
  data: ArrayBuffer;
  getMetadata(): { mimeType?: string; rtpTimestamp?: number };
}

type Ready = () => void;

/** Runs the real script in its own scope. */
class FakeWorker implements RepeatingWorkerLike {
  onReady: Ready = () => {};
  onError: () => void = () => {};
  onTransform: (event: { readonly transformer: unknown }) => void = () => {};

  async run(): Promise<void> {
    vi.stubGlobal('postMessage', () => this.onReady());
    vi.stubGlobal('addEventListener', (type: string, listener: FakeWorker['onTransform']) => {
      expect(type).toBe('rtctransform');
      this.onTransform = listener;
    });
    vi.resetModules();
    await import('../../../../web-client/media/repeating-worker.ts');
  }

  addEventListener(type: 'message' | 'error', listener: () => void): void {
    if (type === 'message') this.onReady = listener;
    else this.onError = listener;
  }
}

let worker: FakeWorker;
let repeater: VoiceRepeater<FakeWorker, MessagePort>;
/** What the browser's encoder makes, and what goes out. */
let encoder: WritableStreamDefaultWriter<Frame>;
let network: ReadableStreamDefaultReader<Frame>;

beforeEach(() => {
  worker = new FakeWorker();
  repeater = new VoiceRepeater({
    createWorker: () => worker,
    createChannel: () => new MessageChannel(),
    createTransform: (to, orders) => {
      const [inward, outward] = [new TransformStream<Frame, Frame>(), new TransformStream<Frame, Frame>()];
      encoder = inward.writable.getWriter();
      network = outward.readable.getReader();
      to.onTransform({
        transformer: { readable: inward.readable, writable: outward.writable, options: { orders } },
      });
      return {};
    },
  });
});

afterEach(() => vi.unstubAllGlobals());

/** Without any time's passing. */
const settles = (started: typeof repeater) => started.settle(new ManualTime().timers);

const createSender = (): SenderLike => ({
  replaceTrack: async () => {},
  getParameters: () => ({ encodings: [] }),
  setParameters: async () => {},
});

function packet(index: number): Bytes {
  const voice = new Uint8Array(80).fill(index);
  return writeRedundantPacket({ earlier: [], newest: { payloadType: 111, time: index * 960, voice } });
}

/** What goes out when these bytes came from the encoder. */
async function pass(data: Bytes, metadata: ReturnType<Frame['getMetadata']>): Promise<Bytes> {
  void encoder.write({ data: data.buffer, getMetadata: () => metadata });
  const { value } = await network.read();
  return new Uint8Array(value?.data ?? new ArrayBuffer());
}

/** How many earlier packets this one carries. */
async function repeatsOf(index: number): Promise<number | undefined> {
  const bytes = await pass(packet(index), { mimeType: 'audio/red', rtpTimestamp: index * 960 });
  return readRedundantPacket(bytes, index * 960)?.earlier.length;
}

describe('before its worker is ready', () => {
  it('ties no sender to it, which would be silent', async () => {
    const sender = createSender();
    expect(repeater.attach(sender)).toBeNull();
    expect(sender.transform).toBeUndefined();
    await worker.run();
    expect(repeater.attach(sender)).not.toBeNull();
    expect(sender.transform).toBeDefined();
  });

  it('does without one where the browser starts none', async () => {
    const refused = new VoiceRepeater<FakeWorker, MessagePort>({
      createWorker: () => {
        throw new Error('SecurityError');
      },
      createChannel: () => new MessageChannel(),
      createTransform: () => ({}),
    });
    expect(refused.attach(createSender())).toBeNull();
    await settles(refused);
  });

  it('is waited for until it is ready, has failed, or half a second is over', async () => {
    const time = new ManualTime();
    let settled = false;
    void repeater.settle(time.timers).then(() => {
      settled = true;
    });
    await time.advance(REPEATER_WAIT_MS - 1);
    expect(settled).toBe(false);
    await time.advance(1);
    expect(settled).toBe(true);
    worker.onError();
    await settles(repeater);
    expect(repeater.attach(createSender())).toBeNull();
    await worker.run();
    await settles(repeater);
  });
});

describe('a voice', () => {
  it('goes as it came until something is ordered, then with that, and as it came again', async () => {
    await worker.run();
    const sent = repeater.attach(createSender());
    let index = 0;
    const next = () => repeatsOf(index++);
    expect([await next(), await next(), await next()]).toEqual([0, 0, 0]);
    sent?.setRepeats(2);
    await until('two are repeated', next, (repeats) => repeats === 2);
    expect([await next(), await next()]).toEqual([2, 2]);
    sent?.setRepeats(0);
    await until('none is', next, (repeats) => repeats === 0);
    sent?.dispose();
  });

  it('is not looked into where it has another form, or the browser does not tell which', async () => {
    await worker.run();
    const sent = repeater.attach(createSender());
    sent?.setRepeats(5);
    let index = 0;
    await until(
      'five are repeated',
      () => repeatsOf(index++),
      (repeats) => repeats === 5,
    );
    for (const metadata of [
      { mimeType: 'audio/opus', rtpTimestamp: index * 960 },
      { mimeType: 'audio/red' },
      { rtpTimestamp: index * 960 },
      {},
    ])
      expect(await pass(packet(index), metadata)).toEqual(packet(index));
    const broken = Uint8Array.of(0xef, 0x0f);
    expect(await pass(broken, { mimeType: 'audio/red', rtpTimestamp: 0 })).toEqual(broken);
    sent?.dispose();
  });

  it('is let go of at the end, of which a connection that is closed says nothing', async () => {
    await worker.run();
    const sent = repeater.attach(createSender());
    expect(await repeatsOf(0)).toBe(0);
    sent?.dispose();
    sent?.dispose();
    expect(await network.read()).toEqual({ done: true, value: undefined });
    await expect(encoder.closed).rejects.toBeUndefined();
  });

  it('may have come to its end before, in one way or the other', async () => {
    await worker.run();
    const aborted = repeater.attach(createSender());
    await encoder.abort(new Error('InvalidStateError'));
    aborted?.dispose();
    const cancelled = repeater.attach(createSender());
    await network.cancel();
    void encoder.write({ data: packet(0).buffer, getMetadata: () => ({}) }).catch(() => {});
    cancelled?.dispose();
    const closed = repeater.attach(createSender());
    await encoder.close();
    closed?.dispose();
  });
});
