/** Owns a folder of recordings for tests, page after page, and packets in it that tell which they are. */

import { BlobSource, EncodedPacket, EncodedPacketSink, Input, WEBM } from 'mediabunny';
import { BLOCK_MS } from '../../../web-client/recording/timeline/journal.ts';
import type { LiveFiles } from '../../../web-client/recording/worker/live-files.ts';
import { FakeDisk, type FakePageOnDisk } from '../files/fake-disk.ts';

export const CONFIG = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 } as const;

/** Says whose it is, and which. */
export const packetOf = (mark: number, block: number): EncodedPacket =>
  new EncodedPacket(
    Uint8Array.of(0xf8, mark, block & 0xff),
    'key',
    (block * BLOCK_MS) / 1_000,
    BLOCK_MS / 1_000,
  );

export async function addBlocks(files: Pick<LiveFiles, 'add'>, mark: number, blocks: Iterable<number>) {
  for (const block of blocks) await files.add(packetOf(mark, block), CONFIG);
}

export function* blocksFrom(from: number, to: number): Generator<number> {
  for (let block = from; block < to; block++) yield block;
}

/** Each as time in ms and number in it. */
export async function packetsIn(file: Blob): Promise<readonly (readonly [number, number])[]> {
  const track = await new Input({ source: new BlobSource(file), formats: [WEBM] }).getPrimaryAudioTrack();
  const packets: [number, number][] = [];
  if (track === null) return packets;
  for await (const { timestamp, data } of new EncodedPacketSink(track).packets())
    packets.push([Math.round(timestamp * 1_000), data[2] ?? -1]);
  return packets;
}

/** What a page has in hand of the disk's files is free again once it is killed. */
export class RecordingsDisk {
  readonly folders = new Map<string, FakeDisk>();

  openPage(): { readonly parent: FileSystemDirectoryHandle; readonly kill: () => void } {
    const pages = new Map<string, FakePageOnDisk>();
    const { folders } = this;
    const parent = {
      async *keys() {
        yield* folders.keys();
      },
      async getDirectoryHandle(name: string) {
        const disk = folders.get(name) ?? new FakeDisk();
        folders.set(name, disk);
        const page = pages.get(name) ?? disk.openPage();
        pages.set(name, page);
        return { name, ...page.folder };
      },
      async removeEntry(name: string) {
        for (const { openedBy } of folders.get(name)?.files.values() ?? [])
          if (openedBy !== null) throw Object.assign(new Error(name), { name: 'NoModificationAllowedError' });
        folders.delete(name);
      },
    };
    return {
      parent: parent as unknown as FileSystemDirectoryHandle,
      kill: () => {
        for (const page of pages.values()) page.kill();
      },
    };
  }
}
