/** Owns what the file worker does with each order: which files it sends and receives, by the page's numbers. */

import { type Bytes, toBase64Url } from '../../main/common/bytes.ts';
import { sealFileFrame } from '../../main/common/e2ee/file-frame.ts';
import type { CryptoLike } from '../../main/common/platform.ts';
import { FILE_FRAME_OVERHEAD_BYTES } from '../../main/common/protocol/file-limits.ts';
import { fail, ok } from '../../main/common/result.ts';
import type { SealTerms } from '../core/files/file-worker-port.ts';
import type { FileOrderHandlers } from './file-orders.ts';
import { type FileStore, finishKept, type KeptFile } from './kept-file.ts';
import { ReceivingBlocks } from './receiving-blocks.ts';
import { BlockCache, SendingBlob } from './sending-blob.ts';

/** Less no browser takes as a message (RFC 8841 has 64 KiB where nothing is said). */
const MESSAGE_MIN_BYTES = 16_384;

interface ReceivedFileInWorker {
  readonly kept: KeptFile;
  /** null where it was whole from the start. */
  readonly blocks: ReceivingBlocks | null;
  isWhole: boolean;
}

export interface FileWorkerDeskOptions {
  readonly crypto: CryptoLike;
  readonly store: FileStore;
  /** As of a file that is sent. */
  readonly noticesChange: boolean;
  readonly preview: (file: Blob) => Promise<ImageBitmap | null>;
  /** Blocks of a file that lie in memory now. */
  readonly onCached: (file: number, blocks: readonly number[]) => void;
}

export function fileOrderHandlers({
  crypto,
  store,
  noticesChange,
  preview,
  onCached,
}: FileWorkerDeskOptions): FileOrderHandlers {
  const cache = new BlockCache(({ id }, blocks) => onCached(id, blocks));
  const sending = new Map<number, SendingBlob>();
  const receiving = new Map<number, ReceivedFileInWorker>();

  const end = async (file: number, ends: (kept: KeptFile) => void | Promise<void>) => {
    const known = receiving.get(file);
    receiving.delete(file);
    known?.blocks?.end();
    if (known !== undefined) await ends(known.kept);
    return null;
  };

  return {
    keeps: () => store.keptIn,
    send: ({ file, blob, sizeBytes }) => {
      sending.set(file, new SendingBlob({ id: file, blob, sizeBytes, cache, crypto, noticesChange }));
      return null;
    },
    seal: async ({ file, block, terms, spare }) => {
      const read = await sending.get(file)?.block(block, toBase64Url(terms.to));
      if (!read?.ok) return read ?? fail('unreadable');
      return ok(await sealBlock(crypto, { block, bytes: read.value }, terms, spare));
    },
    digest: async ({ file }) => (await sending.get(file)?.digest()) ?? fail('unreadable'),
    endSending: ({ file }) => {
      sending.get(file)?.dispose();
      sending.delete(file);
      return null;
    },
    receive: async ({ file, offer, terms }) => {
      const opened = await store.open(offer);
      if (!opened.ok) return opened;
      const kept = opened.value;
      receiving.set(file, { kept, blocks: new ReceivingBlocks({ kept, terms, crypto }), isWhole: false });
      return ok(kept.digests.have.ranges());
    },
    take: async ({ file, link, frame }) =>
      (await receiving.get(file)?.blocks?.take(link, frame)) ?? fail('fault'),
    dropLink: ({ file, link }) => {
      receiving.get(file)?.blocks?.dropLink(link);
      return null;
    },
    finish: async ({ file, digest }) => {
      const known = receiving.get(file);
      if (known === undefined) return fail('fault');
      known.blocks?.end();
      const finished = await finishKept(crypto, known.kept, digest);
      known.isWhole = finished.ok;
      return finished;
    },
    openWhole: async ({ file, offer }) => {
      const found = await store.openWhole(offer);
      if (found === null) return null;
      const finished = await finishKept(crypto, found.file, found.digest);
      if (finished.ok) receiving.set(file, { kept: found.file, blocks: null, isWhole: true });
      else found.file.close();
      return finished.ok ? finished.value : null;
    },
    markSaved: async ({ file }) => {
      await receiving.get(file)?.kept.markSaved();
      return null;
    },
    // What is whole the page still has; nobody else is to take it up meanwhile.
    close: async ({ file }) => (receiving.get(file)?.isWhole ? null : end(file, (kept) => kept.close())),
    discard: ({ file }) => end(file, (kept) => kept.remove()),
    forget: async ({ offer }) => {
      await store.forget(offer);
      return null;
    },
    partials: () => store.partials(),
    preview: ({ file }) => preview(file),
  };
}

/** As few frames as its messages let. */
async function sealBlock(
  crypto: CryptoLike,
  { block, bytes }: { readonly block: number; readonly bytes: Bytes },
  { key, from, to, file, messageMaxBytes }: SealTerms,
  spare: readonly ArrayBuffer[],
): Promise<readonly ArrayBuffer[]> {
  const pieceBytes = Math.max(messageMaxBytes, MESSAGE_MIN_BYTES) - FILE_FRAME_OVERHEAD_BYTES;
  const rooms = [...spare];
  const takeRoom = (lengthBytes: number) => {
    const at = rooms.findIndex(({ byteLength }) => byteLength === lengthBytes);
    return at === -1 ? null : rooms.splice(at, 1)[0];
  };
  const frames: Promise<ArrayBuffer>[] = [];
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
    const content = bytes.subarray(offset, offset + pieceBytes);
    const frame = { type: 'data', file, block, offset, content } as const;
    const room = takeRoom(content.length + FILE_FRAME_OVERHEAD_BYTES);
    frames.push(sealFileFrame(crypto, { key, from, to }, frame, room));
  }
  return Promise.all(frames);
}
