import { BufferSource, BufferTarget, EncodedPacketSink, Input, WEBM } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { BLOCK_MS, type Journal } from '../../../../../web-client/recording/timeline/journal.ts';
import { finishRecording } from '../../../../../web-client/recording/worker/finish-recording.ts';
import { LiveFiles } from '../../../../../web-client/recording/worker/live-files.ts';
import type { OpenFile } from '../../../../../web-client/recording/worker/recording-folder.ts';
import { FakeDisk } from '../../../../support/files/fake-disk.ts';
import { addBlocks, blocksFrom } from '../../../../support/recording/recordings-disk.ts';

const SILENT = '248,255,254';

const journal = (endMs: number | null): Journal => ({
  mode: 'each',
  startedAt: Date.UTC(2026, 10, 29),
  people: [{ id: 'a', name: 'Anna', presences: [{ part: 1, fromMs: 0, toMs: null }] }],
  leftOut: [],
  endMs,
  finished: false,
  saved: false,
});

/** As it is written while it is recorded: packets that all say `mark`, from one block to another. */
async function part(mark: number, from: number, to: number, cutBytes = 0): Promise<File> {
  const { folder } = new FakeDisk().openPage();
  const handle = await folder.getFileHandle('part', { create: true });
  const files = await LiveFiles.begin(async () => (await handle.createSyncAccessHandle()) as OpenFile);
  await addBlocks(files, mark, blocksFrom(from, to));
  await files.end();
  const whole = await handle.getFile();
  return new File([whole.slice(0, whole.size - cutBytes)], 'part');
}

async function read(target: BufferTarget) {
  const input = new Input({ source: new BufferSource(target.buffer ?? new ArrayBuffer()), formats: [WEBM] });
  const tracks = await input.getAudioTracks();
  return {
    durationMs: Math.round(((await input.getDurationFromMetadata()) ?? 0) * 1_000),
    tags: await input.getMetadataTags(),
    tracks: await Promise.all(
      tracks.map(async (track) => {
        const marks: (number | 'silent')[] = [];
        for await (const { data, timestamp } of new EncodedPacketSink(track).packets()) {
          expect(Math.round(timestamp * 1_000)).toBe(marks.length * BLOCK_MS);
          marks.push(String([...data]) === SILENT ? 'silent' : (data[1] ?? -1));
        }
        return { name: await track.getName(), marks };
      }),
    ),
  };
}

const silent = (count: number) => new Array<'silent'>(count).fill('silent');
const marked = (mark: number, count: number) => new Array<number>(count).fill(mark);

describe('a recording that is finished', () => {
  it('has a track for each, silent from the beginning to the end where they are not in', async () => {
    const target = new BufferTarget();
    const durationMs = await finishRecording(
      journal(20 * BLOCK_MS),
      [
        { name: 'Anna', files: [await part(1, 0, 20)] },
        { name: 'Борис', files: [await part(2, 5, 8), await part(3, 12, 14)] },
      ],
      target,
    );
    expect(durationMs).toBe(400);
    const { tracks, ...file } = await read(target);
    expect(file.durationMs).toBe(400);
    expect(tracks).toEqual([
      { name: 'Anna', marks: marked(1, 20) },
      {
        name: 'Борис',
        marks: [...silent(5), ...marked(2, 3), ...silent(4), ...marked(3, 2), ...silent(6)],
      },
    ]);
  });

  it('ends where it was stopped, though more was encoded', async () => {
    const target = new BufferTarget();
    await finishRecording(journal(191), [{ name: null, files: [await part(1, 0, 15)] }], target);
    expect(await read(target)).toMatchObject({ durationMs: 200, tracks: [{ marks: marked(1, 10) }] });
  });

  it('is as long as what there is of it where it was cut off, wherever that was', async () => {
    for (const cutBytes of [1, 10, 60, 100, 105]) {
      const target = new BufferTarget();
      const durationMs = await finishRecording(
        journal(null),
        [
          { name: 'Anna', files: [await part(1, 0, 60, cutBytes)] },
          { name: 'Boris', files: [await part(2, 0, 10)] },
        ],
        target,
      );
      const { tracks } = await read(target);
      const length = tracks[0]?.marks.length ?? 0;
      expect(durationMs).toBe(length * BLOCK_MS);
      expect(length).toBeGreaterThanOrEqual(25);
      expect(tracks[0]?.marks).toEqual(marked(1, length));
      expect(tracks[1]?.marks).toEqual([...marked(2, 10), ...silent(length - 10)]);
    }
  });

  it('passes over a part of which not even the beginning was written', async () => {
    const target = new BufferTarget();
    const files = [new File([], 'empty'), await part(1, 2, 4), new File(['nonsense'], 'nonsense')];
    await finishRecording(journal(null), [{ name: 'Anna', files }], target);
    expect((await read(target)).tracks[0]?.marks).toEqual([...silent(2), ...marked(1, 2)]);
  });

  it('is nothing where there is no sound at all', async () => {
    expect(
      await finishRecording(journal(null), [{ name: 'Anna', files: [] }], new BufferTarget()),
    ).toBeNull();
    expect(await finishRecording(journal(null), [], new BufferTarget())).toBeNull();
  });

  it('says in its tags what it is, and who was in when', async () => {
    const target = new BufferTarget();
    await finishRecording(journal(100), [{ name: 'Anna', files: [await part(1, 0, 5)] }], target);
    const { tags } = await read(target);
    expect(tags.title).toBe('Secret Call');
    expect(tags.comment).toContain('00:00:00.000\t+\tAnna');
  });
});
