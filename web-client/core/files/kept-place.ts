/** Owns where a file that comes in is kept, as far as that is known, and whether it can be. */

import { FILE_MEMORY_MAX } from '../../../main/common/protocol/file-limits.ts';
import type { FileTransfer } from '../state/files-state.ts';
import type { FileWorkerPort } from './file-worker-port.ts';

export class KeptPlace {
  readonly #worker: Pick<FileWorkerPort, 'keeps'>;
  readonly #sizeBytes: number;
  readonly #onChange: () => void;
  #keptIn: FileTransfer['keptIn'] = null;

  constructor(worker: Pick<FileWorkerPort, 'keeps'>, sizeBytes: number, onChange: () => void) {
    this.#worker = worker;
    this.#sizeBytes = sizeBytes;
    this.#onChange = onChange;
  }

  /** null while it is not known. */
  get keptIn(): FileTransfer['keptIn'] {
    return this.#keptIn;
  }

  get tooLarge(): boolean {
    return this.#keptIn === 'memory' && this.#sizeBytes > FILE_MEMORY_MAX;
  }

  async look(): Promise<void> {
    this.#keptIn = await this.#worker.keeps;
    this.#onChange();
  }
}
