/** Owns what stands in a page that receives and sends files for a test, with the real worker and the real disk. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { openFileFrame, sealFileFrame } from '../../../main/common/e2ee/file-frame.ts';
import { FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type {
  ReceivedFile,
  ReceivingFile,
  SendingFile,
} from '../../../web-client/core/files/file-worker-port.ts';
import { openFileDesk } from '../../../web-client/open-file-desk.ts';
import type { FileDeskReport, FileDeskTest } from './file-desk-test.ts';

const PIECE_BYTES = 262_144 - 42;
const FILE = 1;
const LINK = 1;
const NAME = 'film.mkv';
const from = new Uint8Array(16).fill(1);
const to = new Uint8Array(16).fill(2);

const desk = openFileDesk();
/** As any page of these two would have it. */
const key = crypto.subtle.importKey('raw', new Uint8Array(32).fill(3), 'AES-GCM', false, [
  'encrypt',
  'decrypt',
]);

let chosen: SendingFile | null = null;
let receiving: ReceivingFile | null = null;
let received: ReceivedFile | null = null;

const termsOf = async () => ({ key: await key, ackKey: await key, from, to, file: FILE });
const offerOf = (number: number, size: number) => ({
  resume: new Uint8Array(32).fill(number),
  senderId: 'anna',
  name: NAME,
  size,
  mime: '',
});

/** Made over again for each block, so that the page holds no more than what it is tested for. */
const words = new Uint32Array(FILE_BLOCK_BYTES / 4);

/** Of no block the same as another; good until the next. */
function blockOf(block: number, sizeBytes: number): Bytes {
  for (let at = 0, word = block + 1; at < words.length; at++) {
    word = Math.imul(word, 1_664_525) + 1_013_904_223;
    words[at] = word;
  }
  return new Uint8Array(words.buffer, 0, Math.min(FILE_BLOCK_BYTES, sizeBytes - block * FILE_BLOCK_BYTES));
}

async function digestOf(sizeBytes: number): Promise<Bytes> {
  const digests: number[] = [];
  for (let block = 0; block * FILE_BLOCK_BYTES < sizeBytes; block++)
    digests.push(...new Uint8Array(await crypto.subtle.digest('SHA-256', blockOf(block, sizeBytes))));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(digests)));
}

async function take(into: ReceivingFile, block: number, sizeBytes: number): Promise<string> {
  const whole = blockOf(block, sizeBytes);
  const direction = { key: await key, from, to };
  const takes = [];
  for (let offset = 0; offset < whole.length; offset += PIECE_BYTES) {
    const content = whole.subarray(offset, offset + PIECE_BYTES);
    const frame = await sealFileFrame(crypto, direction, {
      type: 'data',
      file: FILE,
      block,
      offset,
      content,
    });
    takes.push(into.take(LINK, frame));
  }
  const last = (await Promise.all(takes)).at(-1);
  if (last === undefined || !last.ok) return last?.error ?? 'nothing';
  const back = { key: await key, from: to, to: from };
  const ack = last.value && (await openFileFrame(crypto, back, new Uint8Array(last.value)));
  return ack?.type === 'ack' && ack.block === block ? 'acknowledged' : 'no ack';
}

const test: FileDeskTest = {
  keeps: async () => (await desk.keeps) ?? 'nobody knows',
  async open(number, sizeBytes) {
    const opened = await desk.openReceiving(offerOf(number, sizeBytes), await termsOf());
    receiving = opened.ok ? opened.value : null;
    return opened.ok ? opened.value.have.ranges() : opened.error;
  },
  async take(block, sizeBytes) {
    return receiving === null ? 'not open' : take(receiving, block, sizeBytes);
  },
  async takeMissing(sizeBytes) {
    if (receiving === null) return 'not open';
    for (const block of receiving.have.missing(Math.ceil(sizeBytes / FILE_BLOCK_BYTES))) {
      const taken = await take(receiving, block, sizeBytes);
      if (taken !== 'acknowledged') return taken;
    }
    return 'acknowledged';
  },
  async finish(sizeBytes) {
    const finished = await receiving?.finish(await digestOf(sizeBytes));
    if (finished === undefined || !finished.ok) return finished?.error ?? 'not open';
    received = finished.value;
    return `${received.file.name} ${received.file.size}`;
  },
  async partials() {
    const kept = await desk.partials();
    return kept.map(
      ({ name, size, have, whole }): FileDeskReport => ({ name, size, have: have.ranges(), whole }),
    );
  },
  async openWhole() {
    const [kept] = await desk.partials();
    received = kept === undefined ? null : await desk.openWhole(kept);
    return received === null ? null : received.file.size;
  },
  async isWhole(sizeBytes) {
    if (received?.file.size !== sizeBytes) return false;
    for (let block = 0; block * FILE_BLOCK_BYTES < sizeBytes; block++) {
      const from = block * FILE_BLOCK_BYTES;
      const found = new Uint8Array(await received.file.slice(from, from + FILE_BLOCK_BYTES).arrayBuffer());
      const wanted = blockOf(block, sizeBytes);
      if (found.length !== wanted.length || !found.every((byte, at) => byte === wanted[at])) return false;
    }
    return true;
  },
  async plainDigest() {
    const bytes = (await received?.file.arrayBuffer()) ?? new ArrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  },
  async save() {
    return received !== null && (await desk.save(received)).ok;
  },
  async discard() {
    await (received ?? receiving)?.discard();
  },
  async preview(bytes) {
    const file = new File([Uint8Array.from(bytes)], 'picture', { type: 'text/html' });
    const picture = await desk.preview({ file, discard: async () => {} });
    return picture && [picture.width, picture.height];
  },
  async picture(type, width, height) {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.fillRect(0, 0, 9, 9);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer())];
  },
  showChooser() {
    const input = document.createElement('input');
    input.type = 'file';
    document.body.replaceChildren(input);
  },
  async readBlock(block) {
    const [file] = document.querySelector('input')?.files ?? [];
    if (file === undefined) return 'nothing is chosen';
    chosen ??= desk.openSending(file);
    const sealed = await chosen.seal(block, {
      key: await key,
      from,
      to,
      file: FILE,
      messageMaxBytes: 262_144,
    });
    return sealed.ok ? 'read' : sealed.error;
  },
  async endReading() {
    const digest = await chosen?.digest();
    chosen?.dispose();
    chosen = null;
    return digest?.ok ? 'whole' : (digest?.error ?? 'nothing is chosen');
  },
  async send(sizeBytes) {
    const [file] = document.querySelector('input')?.files ?? [];
    if (file === undefined) return 'nothing is chosen';
    const sending = desk.openSending(file);
    const digest = await sending.digest();
    const sealed = await sending.seal(0, { key: await key, from, to, file: FILE, messageMaxBytes: 262_144 });
    sending.dispose();
    if (!digest.ok) return digest.error;
    const isSame = (await digestOf(sizeBytes)).every((byte, at) => byte === digest.value[at]);
    return `${isSame ? 'same' : 'other'} ${sealed.ok ? sealed.value.length : sealed.error}`;
  },
};
window.fileDesk = test;
