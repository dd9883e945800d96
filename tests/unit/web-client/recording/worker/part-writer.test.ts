/** Holds that what is encoded while one file follows another is in the next one, and that nothing stays open, however it ends. */

import { beforeEach, expect, it, vi } from 'vitest';
import { BLOCK_MS } from '../../../../../web-client/recording/timeline/journal.ts';
import { FILE_MS } from '../../../../../web-client/recording/worker/live-files.ts';
import { PartWriter } from '../../../../../web-client/recording/worker/part-writer.ts';
import type { OpenFile } from '../../../../../web-client/recording/worker/recording-folder.ts';
import { FakeDisk } from '../../../../support/files/fake-disk.ts';
import { CONFIG, packetsIn } from '../../../../support/recording/recordings-disk.ts';

const FILE_BLOCKS = FILE_MS / BLOCK_MS;
const RATE = 1_000;

class FakeChunk {
  readonly type = 'key';
  readonly duration = BLOCK_MS * 1_000;
  readonly byteLength = 3;
  readonly timestamp: number;

  constructor(timestamp: number) {
    this.timestamp = timestamp;
  }

  copyTo(into: Uint8Array) {
    into.set([0xf8, 0, (this.timestamp / 1_000 / BLOCK_MS) & 0xff]);
  }
}

/** A packet for each piece of sound, at once; what it makes is told with the first one. */
class FakeEncoder {
  state = 'unconfigured';
  readonly #output: (chunk: FakeChunk, meta?: object) => void;
  #told = false;

  constructor({ output }: { output: (chunk: FakeChunk, meta?: object) => void }) {
    this.#output = output;
  }

  configure() {
    this.state = 'configured';
  }

  encode({ timestamp }: { timestamp: number }) {
    this.#output(new FakeChunk(timestamp), this.#told ? {} : { decoderConfig: CONFIG });
    this.#told = true;
  }

  async flush() {}

  close() {
    this.state = 'closed';
  }
}

class FakeAudioData {
  readonly timestamp: number;

  constructor({ timestamp }: { timestamp: number }) {
    this.timestamp = timestamp;
  }

  close() {}
}

let disk: FakeDisk;
let failures: unknown[];
beforeEach(() => {
  vi.stubGlobal('AudioEncoder', FakeEncoder);
  vi.stubGlobal('AudioData', FakeAudioData);
  vi.stubGlobal('EncodedAudioChunk', FakeChunk);
  vi.stubGlobal('EncodedVideoChunk', class {});
  disk = new FakeDisk();
  failures = [];
});

async function openWriter(beforeNext: () => Promise<void>): Promise<PartWriter> {
  const { folder } = disk.openPage();
  return PartWriter.open({
    rate: RATE,
    bitrate: 1,
    openPiece: async (piece) => {
      if (piece > 0) await beforeNext();
      const file = await folder.getFileHandle(String(piece), { create: true });
      return (await file.createSyncAccessHandle()) as OpenFile;
    },
    onFailed: (error) => failures.push(error),
  });
}

function write(writer: PartWriter, from: number, to: number) {
  for (let block = from; block < to; block++) writer.write(block * BLOCK_MS, new Float32Array(BLOCK_MS));
}

const isClosed = () => [...disk.files.values()].every(({ openedBy }) => openedBy === null);
const told = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => [(from + index) * BLOCK_MS, (from + index) & 0xff]);
const packetsOf = (name: string) =>
  packetsIn(new File([disk.files.get(name)?.bytes ?? new Uint8Array()], name));

it('has what is encoded until the next file is open in that one, also where it ends meanwhile', async () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const writer = await openWriter(() => opened);
  write(writer, 0, FILE_BLOCKS + 5);
  const ending = writer.end();
  open();
  await ending;
  expect(failures).toEqual([]);
  expect([disk.names, isClosed()]).toEqual([['0', '1'], true]);
  expect(await packetsOf('0')).toEqual(told(0, FILE_BLOCKS));
  expect(await packetsOf('1')).toEqual(told(FILE_BLOCKS, FILE_BLOCKS + 5));
  expect(writer.bytes).toBe(disk.usedBytes);
});

it('fails once where there is none, with all in place that was written', async () => {
  const error = new DOMException('full', 'QuotaExceededError');
  const beforeNext = vi.fn(() => Promise.reject(error));
  const writer = await openWriter(beforeNext);
  write(writer, 0, FILE_BLOCKS + 5);
  await vi.waitFor(() => expect(failures).toEqual([error]));
  write(writer, FILE_BLOCKS + 5, FILE_BLOCKS + 10);
  await writer.end();
  expect([failures, disk.names, isClosed()]).toEqual([[error], ['0'], true]);
  expect(beforeNext).toHaveBeenCalledOnce();
  expect(await packetsOf('0')).toEqual(told(0, FILE_BLOCKS));
});
