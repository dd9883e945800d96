#!/usr/bin/env bash
# mediabunny's WebM muxer keeps a cue for each cluster until the end also where it only appends, as for a stream without an end: its
# memory grows for as long as it writes, though each packet has long been written, and no option leaves the cues out.
#
# mediabunny 1.61.0 in Node, what is written thrown away at once. Packets of 20 ms in clusters of half a second: what is in use after each
# of four hours, once the garbage is collected, above that after the hour before, by clusters. In Chromium it is half as much.
#
#> hour 2: more than 400 bytes stay of each cluster
#> hour 3: more than 400 bytes stay of each cluster
#> hour 4: more than 400 bytes stay of each cluster
set -euo pipefail
self=$(realpath "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" mediabunny@1.61.0
cat >"$work/run.mjs" <<'RUN'
import { EncodedAudioPacketSource, EncodedPacket, Output, StreamTarget, WebMOutputFormat } from 'mediabunny';

const decoderConfig = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 };
const PACKETS_AN_HOUR = 180_000;
const CLUSTERS_AN_HOUR = 7_200;

const output = new Output({
  format: new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: 0.5 }),
  target: new StreamTarget(new WritableStream({ write() {} })),
});
const source = new EncodedAudioPacketSource('opus');
output.addAudioTrack(source);
await output.start();
let number = 0;
let usedBytes = 0;
const content = new Uint8Array(120);
for (let hour = 1; hour <= 4; hour++) {
  for (let packet = 0; packet < PACKETS_AN_HOUR; packet++, number++)
    await source.add(new EncodedPacket(content, 'key', number * 0.02, 0.02), { decoderConfig });
  gc();
  const { heapUsed } = process.memoryUsage();
  const stay = (heapUsed - usedBytes) / CLUSTERS_AN_HOUR;
  usedBytes = heapUsed;
  if (hour > 1) console.log(`hour ${hour}: ${stay > 400 ? 'more than 400' : Math.round(stay)} bytes stay of each cluster`);
}
RUN
node --expose-gc "$work/run.mjs" | tee >(cat >&2) | diff <(sed -n 's/^#> //p' "$self") -
