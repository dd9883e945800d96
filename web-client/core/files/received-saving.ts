/** Owns how it stands with saving a file that is whole: not yet, at it, saved under a name, or why not. */

import type { FileTransfer } from '../state/files-state.ts';
import type { FileWorkerPort, ReceivedFile, SavedFile } from './file-worker-port.ts';

export class ReceivedSaving {
  readonly #worker: Pick<FileWorkerPort, 'save'>;
  readonly #onChange: () => void;
  #state: FileTransfer['saved'] = 'no';
  #file: SavedFile | null = null;

  constructor(worker: Pick<FileWorkerPort, 'save'>, onChange: () => void) {
    this.#worker = worker;
    this.#onChange = onChange;
  }

  get standing(): Pick<FileTransfer, 'saved' | 'savedName' | 'canShow'> {
    const { name = null, showInFolder = null } = this.#file ?? {};
    return { saved: this.#state, savedName: name, canShow: showInFolder !== null };
  }

  /** Once at a time; again as often as the person likes. */
  async save(received: ReceivedFile): Promise<void> {
    if (this.#state === 'saving') return;
    this.#set('saving');
    const saved = await this.#worker.save(received);
    if (saved.ok) this.#file = saved.value;
    this.#set(saved.ok ? 'saved' : saved.error);
  }

  show(): void {
    this.#file?.showInFolder?.();
  }

  #set(state: FileTransfer['saved']): void {
    this.#state = state;
    this.#onChange();
  }
}
