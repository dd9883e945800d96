/** Owns making the file that a person gets of what was written while it was recorded: a track each, duration, cues and tags. */

import { EncodedAudioPacketSource, EncodedPacket, Output, type Target, WebMOutputFormat } from 'mediabunny';
import { chaptersText } from '../timeline/chapters.ts';
import { BLOCK_MS, type Journal } from '../timeline/journal.ts';
import { PartReader } from './part-reader.ts';

export interface TrackParts {
  /** null: everyone. */
  readonly name: string | null;
  /** In order. */
  readonly files: readonly File[];
}

/** Opus (RFC 6716, section 3.1): one frame of 20 ms, full band, one channel, and in it nothing. */
const SILENCE = new Uint8Array([0xf8, 0xff, 0xfe]);

/**
 * Whoever is not in is silent in the own track, from the beginning to the end: players, and programs that take a track out,
 * differ in what they make of a track that begins later.
 * @returns the duration in ms; null where there is nothing in it
 */
export async function finishRecording(
  journal: Journal,
  tracks: readonly TrackParts[],
  target: Target,
): Promise<number | null> {
  const readers = await Promise.all(tracks.map(({ files }) => PartReader.open(files)));
  const config = readers.find((reader) => reader.config !== null)?.config;
  if (config == null) return null;
  const output = new Output({ format: new WebMOutputFormat(), target });
  const writers = readers.map((reader, index) => {
    const source = new EncodedAudioPacketSource('opus');
    const name = tracks[index]?.name;
    output.addAudioTrack(source, { decoderConfig: config, ...(name == null ? {} : { name }) });
    return { reader, source };
  });
  output.setMetadataTags(tagsOf(journal));
  await output.start();
  const blocks = journal.endMs === null ? Number.POSITIVE_INFINITY : Math.ceil(journal.endMs / BLOCK_MS);
  let block = 0;
  for (; block < blocks; block++) {
    if (blocks === Number.POSITIVE_INFINITY && readers.every(({ ended }) => ended)) break;
    for (const { reader, source } of writers) {
      const data = (await reader.take(block)) ?? SILENCE;
      await source.add(new EncodedPacket(data, 'key', (block * BLOCK_MS) / 1_000, BLOCK_MS / 1_000));
    }
  }
  await output.finalize();
  return block * BLOCK_MS;
}

function tagsOf(journal: Journal) {
  return {
    title: 'Secret Call',
    date: new Date(journal.startedAt),
    comment: chaptersText(journal, journal.endMs),
  };
}
