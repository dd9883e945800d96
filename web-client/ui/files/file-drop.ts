/** Owns files that are dropped onto the page or pasted into it: for everyone, or dropped onto a card for that person. */

import type { TextKey } from '../../i18n/en.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';
import type { SendBar } from './file-sender.ts';

export interface FileDropOptions {
  readonly document: Document;
  readonly t: (text: TextKey, parameters?: { readonly name: string }) => string;
  /** null where files can be sent. */
  readonly bar: () => SendBar | null;
  /** null: nobody of this id to send to. */
  readonly nameOf: (id: string) => string | null;
  readonly send: (files: readonly File[], to: string | null) => void;
  readonly announce: (text: TextKey) => void;
}

/** What was given, and whether folders were among it, of which a browser reads nothing as one file. */
export interface GivenFiles {
  readonly files: readonly File[];
  readonly folders: boolean;
}

type DroppedItem = Pick<DataTransferItem, 'kind' | 'getAsFile' | 'webkitGetAsEntry'>;

export function givenFiles(items: Iterable<DroppedItem>): GivenFiles {
  const files: File[] = [];
  let folders = false;
  for (const item of items) {
    if (item.kind !== 'file') continue;
    if (item.webkitGetAsEntry()?.isDirectory === true) folders = true;
    else files.push(...[item.getAsFile()].filter((file) => file !== null));
  }
  return { files, folders };
}

/** A copied part of a document has a picture of itself beside its words: into a field go the words. */
export function isPasteOfFiles(
  { types, files }: Pick<DataTransfer, 'types'> & { readonly files: { readonly length: number } },
  intoField: boolean,
): boolean {
  return files.length > 0 && !(intoField && types.includes('text/plain'));
}

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

export class FileDrop {
  readonly #options: FileDropOptions;
  readonly #zone: HTMLElement;
  readonly #words: HTMLElement;
  #card: HTMLElement | null = null;
  #inCall = false;

  constructor(options: FileDropOptions) {
    const { document: root } = options;
    this.#options = options;
    this.#zone = byId(root, 'files-drop', HTMLElement);
    this.#words = byId(root, 'files-drop-text', HTMLElement);
    root.addEventListener('dragenter', (event) => this.#handleDrag(event));
    root.addEventListener('dragover', (event) => this.#handleDrag(event));
    root.addEventListener('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) this.#end();
    });
    root.addEventListener('drop', (event) => this.#handleDrop(event));
    root.addEventListener('paste', (event) => this.#handlePaste(event));
  }

  /** Outside of a call the page does with files what a browser does. */
  setInCall(inCall: boolean): void {
    this.#inCall = inCall;
    if (!inCall) this.#end();
  }

  /** A file that a browser opens in the place of the page would end the call: none is left to it. */
  #handleDrag(event: DragEvent): void {
    if (!this.#inCall || !holdsFiles(event)) return;
    event.preventDefault();
    const bar = this.#options.bar();
    const open = bar === null && !this.#hasDialog;
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = open ? 'copy' : 'none';
    if (this.#hasDialog) {
      this.#end();
      return;
    }
    this.#setCard(open ? this.#cardAt(event.target) : null);
    this.#zone.classList.toggle('drop-barred', bar !== null);
    setText(this.#words, this.#wordsFor(bar));
    setHidden(this.#zone, false);
  }

  #handleDrop(event: DragEvent): void {
    if (!this.#inCall || !holdsFiles(event)) return;
    event.preventDefault();
    const to = this.#card?.dataset.person ?? null;
    const barred = this.#hasDialog;
    this.#end();
    if (!barred) this.#take(givenFiles(event.dataTransfer?.items ?? []), to);
  }

  #handlePaste(event: ClipboardEvent): void {
    const { clipboardData, target } = event;
    if (!this.#inCall || this.#hasDialog || clipboardData === null) return;
    const intoField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!isPasteOfFiles(clipboardData, intoField)) return;
    event.preventDefault();
    this.#take(givenFiles(clipboardData.items), null);
  }

  #take({ files, folders }: GivenFiles, to: string | null): void {
    if (folders) this.#options.announce('file.folder');
    else if (files.length === 0) this.#options.announce('file.none');
    this.#options.send(files, to);
  }

  get #hasDialog(): boolean {
    return this.#options.document.querySelector('dialog:modal') !== null;
  }

  #cardAt(target: EventTarget | null): HTMLElement | null {
    const card = target instanceof Element ? target.closest<HTMLElement>('[data-person]') : null;
    return card !== null && this.#options.nameOf(card.dataset.person ?? '') !== null ? card : null;
  }

  #wordsFor(bar: SendBar | null): string {
    const { t, nameOf } = this.#options;
    if (bar !== null) return t(`file.bar.${bar}`);
    const name = this.#card === null ? null : nameOf(this.#card.dataset.person ?? '');
    return name === null ? t('file.drop.all') : t('file.drop.one', { name });
  }

  #setCard(card: HTMLElement | null): void {
    if (card === this.#card) return;
    this.#card?.removeAttribute('data-drop');
    card?.setAttribute('data-drop', '');
    this.#card = card;
    this.#zone.classList.toggle('drop-one', card !== null);
  }

  #end(): void {
    this.#setCard(null);
    setHidden(this.#zone, true);
  }
}
