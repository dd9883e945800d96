/** Owns the files of a call: what is offered, sent and received, and what the page shows of it. */

import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import type { FilesContext, FilesPort } from './files-port.ts';

export class Files implements FilesPort {
  readonly #context: FilesContext;

  constructor(context: FilesContext) {
    this.#context = context;
  }

  handleBody(from: string, body: FileBody): void {
    if (body.kind === 'file-offer') this.#context.send(from, { kind: 'file-stop', id: body.id, why: 'off' });
    else if (body.kind === 'file-back') this.#context.send(from, { kind: 'file-gone', resume: body.resume });
  }

  handleExit(): void {}
  leave(): void {}
  sendFiles(): void {}
  acceptFile(): void {}
  declineFile(): void {}
  pauseFile(): void {}
  cancelFile(): void {}
  saveFile(): void {}
  showSavedFile(): void {}
  dismissFile(): void {}

  async previewOf(): Promise<ImageBitmap | null> {
    return null;
  }

  dispose(): void {}
}
