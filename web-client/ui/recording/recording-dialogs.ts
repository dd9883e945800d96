/** Owns the two dialogs of a recording: how it is to be made, and whether it is to be thrown away. */

import type { RecordCommand, RecordTracks } from '../../core/state/recording-state.ts';
import { byId, setOpen } from '../shell/dom.ts';

export class RecordDialog {
  readonly #dialog: HTMLDialogElement;
  /** As it was last told. */
  #choosing = false;
  /** Closed now, it is closed by the person, who chose nothing. */
  #open = false;

  constructor(root: Document, onCommand: (command: RecordCommand) => void) {
    this.#dialog = byId(root, 'record-dialog', HTMLDialogElement);
    const choice = (id: string, tracks: RecordTracks) =>
      byId(root, id, HTMLButtonElement).addEventListener('click', () => {
        this.#setOpen(false);
        onCommand({ type: 'start', tracks });
      });
    choice('record-mixed', 'mixed');
    choice('record-each', 'each');
    byId(root, 'record-cancel', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('close', () => {
      if (!this.#open) return;
      this.#open = false;
      onCommand({ type: 'dismiss' });
    });
  }

  render(choosing: boolean): void {
    if (choosing === this.#choosing) return;
    this.#choosing = choosing;
    this.#setOpen(choosing);
  }

  #setOpen(open: boolean): void {
    this.#open = open;
    setOpen(this.#dialog, open);
  }
}

export class DiscardDialog {
  readonly #dialog: HTMLDialogElement;
  #command: RecordCommand | null = null;

  constructor(root: Document, onCommand: (command: RecordCommand) => void) {
    this.#dialog = byId(root, 'record-discard', HTMLDialogElement);
    this.#dialog.addEventListener('close', () => {
      this.#command = null;
    });
    byId(root, 'record-keep', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
    byId(root, 'record-discard-go', HTMLButtonElement).addEventListener('click', () => {
      const command = this.#command;
      this.#dialog.close();
      if (command !== null) onCommand(command);
    });
  }

  ask(command: RecordCommand): void {
    this.#command = command;
    setOpen(this.#dialog, true);
  }
}
