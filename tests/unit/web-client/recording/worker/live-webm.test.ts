import { BufferSource, EncodedPacketSink, Input, WEBM } from 'mediabunny';
import { expect, it } from 'vitest';
import { LiveWebm } from '../../../../../web-client/recording/worker/live-webm.ts';

/** RFC 7845, section 5.1: one channel, 312 samples to be left out, 48 kHz. */
const IDENTIFICATION = Uint8Array.from([
  ...Buffer.from('OpusHead'),
  1,
  1,
  0x38,
  1,
  0x80,
  0xbb,
  0,
  0,
  0,
  0,
  0,
]);
/** Of an hour and a half, further apart than a block can say of its cluster. */
const TIMES = [0, 20, 480, 500, 520, 40_000, 5_400_000] as const;

it('is WebM that a reader takes back as it was, to the millisecond', async () => {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const webm = new LiveWebm({
    rate: 48_000,
    identification: IDENTIFICATION,
    append: (bytes) => pieces.push(bytes),
  });
  const packets = TIMES.map((atMs, index) => ({ atMs, data: new Uint8Array(1 + index * 200).fill(index) }));
  for (const { atMs, data } of packets) webm.add(atMs, data);
  const bytes = await new Blob(pieces).arrayBuffer();
  const input = new Input({ source: new BufferSource(bytes), formats: [WEBM] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw new Error('there is no track');
  expect(await track.getDecoderConfig()).toMatchObject({
    codec: 'opus',
    sampleRate: 48_000,
    numberOfChannels: 1,
    description: IDENTIFICATION,
  });
  const read: { atMs: number; data: Uint8Array }[] = [];
  for await (const { timestamp, data } of new EncodedPacketSink(track).packets())
    read.push({ atMs: Math.round(timestamp * 1_000), data });
  expect(read).toEqual(packets);
});
