/** Owns a new call before each test for files to be sent in: making them, sending them, and whether what came is what was sent. */

import { FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type { FileTransfer } from '../../../web-client/core/state/files-state.ts';
import type { CallPage, CallWorld } from '../call/call-world.ts';
import { worldForEachTest } from '../call/world-for-each-test.ts';
import { randomBytes } from '../crypto/e2ee-tools.ts';

export const shownFiles = (page: CallPage): readonly FileTransfer[] => page.state.files;
export const onlyFile = (page: CallPage): FileTransfer => {
  const [file, ...more] = shownFiles(page);
  if (file === undefined || more.length > 0) throw new Error(`${shownFiles(page).length} files`);
  return file;
};
export const filePhases = (page: CallPage): string[] =>
  shownFiles(page).map(({ phase, why }) => [phase, why].filter(Boolean).join(' '));
export const hasFile = (page: CallPage, phase: string): boolean =>
  shownFiles(page).some((file) => file.phase === phase);

export class FileCall {
  readonly world: CallWorld;
  /** By name. */
  readonly #made = new Map<string, Uint8Array>();

  constructor(world: CallWorld) {
    this.world = world;
  }

  fileOf(name: string, sizeBytes: number, type = ''): File {
    const bytes = new Uint8Array(sizeBytes);
    for (let at = 0; at < sizeBytes; at += 65_536) bytes.set(randomBytes(Math.min(64, sizeBytes - at)), at);
    this.#made.set(name, bytes);
    return new File([bytes], name, { type });
  }

  /** Sends from the first to the others, each of whom accepts. */
  async sendAccepted(file: File, sender: CallPage, ...receivers: CallPage[]): Promise<void> {
    sender.session.files?.sendFiles([file], receivers.length === 1 ? (receivers[0]?.id ?? null) : null);
    for (const receiver of receivers) {
      await this.world.until('it is offered', () => hasFile(receiver, 'offered'));
      receiver.session.files?.acceptFile(onlyFile(receiver).key);
    }
  }

  /** Whether what the page saves is the file to the byte. */
  async savesEqual(page: CallPage, name = 'a.bin'): Promise<boolean> {
    page.session.files?.saveFile(onlyFile(page).key);
    await this.world.until('it is saved', () => onlyFile(page).saved === 'saved');
    const saved = page.fileWorker.saved.at(-1) ?? Buffer.alloc(1);
    return Buffer.compare(saved, this.#made.get(name) ?? Buffer.alloc(2)) === 0;
  }

  untilWhole(...pages: CallPage[]): Promise<void> {
    return this.world.until('it is whole', () =>
      pages.every((page) => shownFiles(page).every(({ phase }) => phase === 'whole')),
    );
  }

  /** A part of it came, and more is to come. */
  untilHalf(page: CallPage): Promise<void> {
    return this.world.until('a part has come', () =>
      shownFiles(page).some(({ bytesDone }) => bytesDone > FILE_BLOCK_BYTES),
    );
  }
}

/** To be called where tests are told. `give` is handed each test's own. */
export function fileCallForEachTest(give: (call: FileCall) => void): void {
  worldForEachTest((world) => give(new FileCall(world)));
}
