#!/usr/bin/env bash
# Of a WebM file that ends inside a packet, mediabunny gives none of the packets of its last cluster, whole ones neither, and no error.
# Where it ends between two packets it gives all. So who writes as it comes, and reads again what a crash left, makes clusters short.
#
# mediabunny 1.61.0 in Node; append-only, as for a stream: neither segment nor clusters have a size. 120 packets of 20 ms, in clusters of a
# second, so that 20 are in the last one; cut off before the cues, then at the end of packet 110, and some bytes before and after that.
#
#> whole: 120 packets
#> cut before the cues: 120 packets
#> cut behind packet 110: 110 packets
#> cut inside the head of packet 111: 110 packets
#> cut inside the content of packet 111: 100 packets
#> cut inside the content of packet 110: 100 packets
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" mediabunny@1.61.0
cat >"$work/run.mjs" <<'RUN'
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  Input,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';

const CONTENT_BYTES = 40;
const decoderConfig = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 };

const target = new BufferTarget();
const output = new Output({ format: new WebMOutputFormat({ appendOnly: true }), target });
const source = new EncodedAudioPacketSource('opus');
output.addAudioTrack(source);
await output.start();
for (let number = 1; number <= 120; number++) {
  const content = new Uint8Array(CONTENT_BYTES).fill(number);
  await source.add(new EncodedPacket(content, 'key', (number - 1) * 0.02, 0.02), { decoderConfig });
}
await output.finalize();
const file = new Uint8Array(target.buffer);

const endOf = (number) => file.findIndex((_, at) => file.subarray(at, at + CONTENT_BYTES).every((byte) => byte === number)) + CONTENT_BYTES;

async function read(title, length) {
  const input = new Input({ source: new BufferSource(file.slice(0, length)), formats: [WEBM] });
  let count = 0;
  for await (const _ of new EncodedPacketSink(await input.getPrimaryAudioTrack()).packets()) count++;
  console.log(`${title}: ${count} packets`);
}

await read('whole', file.length);
await read('cut before the cues', endOf(120));
await read('cut behind packet 110', endOf(110));
await read('cut inside the head of packet 111', endOf(110) + 2);
await read('cut inside the content of packet 111', endOf(110) + 20);
await read('cut inside the content of packet 110', endOf(110) - 1);
RUN
node "$work/run.mjs" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
