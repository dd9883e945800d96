/** Owns the card of a file in the list: the file with its picture, size and type, and a line for each person. */

import { isRisky } from '../../../main/common/names/file-name.ts';
import type { FileTransfer } from '../../core/state/files-state.ts';
import type { PageIntents } from '../intents.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { sizeText } from './file-amounts.ts';
import { type FileEntryState, isOver, isSameEntry, isUnsaved } from './file-entries.ts';
import { fileKind, KIND_ICONS } from './file-kind.ts';
import { FileLine, type FileLineContext } from './file-line.ts';
import { type FileNames, shownFileName } from './file-names.ts';

export interface FileCardContext extends FileLineContext {
  readonly intents: FileLineContext['intents'] & Pick<PageIntents, 'dismissFile' | 'previewOf'>;
}

/** Longest side of a preview, in pixels: twice as it is seen, for screens with small ones. */
const PREVIEW_PX = 192;

let serial = 0;

export class FileCard {
  readonly element: HTMLElement;
  readonly #context: FileCardContext;
  readonly #icon: SVGElement;
  readonly #iconUse: SVGUseElement;
  readonly #preview: HTMLCanvasElement;
  readonly #name: HTMLElement;
  readonly #from: HTMLElement;
  readonly #about: HTMLElement;
  readonly #risk: HTMLElement;
  readonly #remove: HTMLButtonElement;
  readonly #lineList: HTMLElement;
  readonly #lines = new Map<string, FileLine>();
  #shown: { readonly entry: FileEntryState; readonly names: FileNames } | null = null;
  /** The file whose preview was asked for. */
  #previewed: string | null = null;

  constructor(context: FileCardContext) {
    this.#context = context;
    this.element = cloneTemplate(context.document, 'file-template');
    fillTexts(this.element, context.t);
    this.#icon = part(this.element, 'icon', SVGElement);
    this.#iconUse = part(this.element, 'icon-use', SVGUseElement);
    this.#preview = part(this.element, 'preview', HTMLCanvasElement);
    this.#name = part(this.element, 'name', HTMLElement);
    this.#from = part(this.element, 'from', HTMLElement);
    this.#about = part(this.element, 'about', HTMLElement);
    this.#risk = part(this.element, 'risk', HTMLElement);
    this.#remove = part(this.element, 'remove', HTMLButtonElement);
    this.#lineList = part(this.element, 'lines', HTMLElement);
    serial += 1;
    this.#name.id = `file-name-${serial}`;
    setAttribute(this.#remove, 'aria-describedby', this.#name.id);
    this.#remove.addEventListener('click', () => this.#dismiss());
  }

  render(entry: FileEntryState, names: FileNames): void {
    const shown = this.#shown;
    if (shown !== null && shown.names === names && isSameEntry(shown.entry, entry)) return;
    this.#shown = { entry, names };
    const { t, language } = this.#context;
    const { transfers, direction } = entry;
    const { name } = entry;
    const kind = fileKind(name);
    const isReady = transfers[0].phase !== 'unready';
    setText(this.#name, isReady ? shownFileName(name) : t('file.unready'));
    setAttribute(this.#name, 'title', name);
    const size = sizeText(entry.size, language());
    setText(this.#about, isReady ? t('file.about', { size, type: t(`file.type.${kind}`) }) : '');
    setText(this.#from, transfers.length > 1 ? '' : whoText(transfers[0], names, t));
    setAttribute(this.element, 'data-direction', direction);
    setAttribute(this.element, 'data-several', transfers.length > 1 ? '' : null);
    setAttribute(
      this.element,
      'data-asks',
      direction === 'in' && transfers[0].phase === 'offered' ? '' : null,
    );
    setAttribute(this.#iconUse, 'href', KIND_ICONS[kind]);
    setHidden(
      this.#risk,
      direction === 'out' || transfers.every(({ phase }) => phase === 'ended') || !isRisky(entry.name),
    );
    this.#renderLines(entry, names);
    this.#renderRemove(entry);
    const pictured = transfers.find(({ hasPreview }) => hasPreview);
    if (pictured !== undefined) void this.#drawPreview(pictured.key, name);
  }

  /** The next state is shown in other words. */
  handleLanguage(): void {
    this.#shown = null;
    fillTexts(this.element, this.#context.t);
    for (const line of this.#lines.values()) line.handleLanguage();
  }

  /** What stays of it when what had the focus is gone. */
  focus(): void {
    this.#name.focus();
  }

  #renderLines({ transfers, name }: FileEntryState, names: FileNames): void {
    const present = new Set(transfers.map(({ key }) => key));
    for (const [key, line] of this.#lines) {
      if (present.has(key)) continue;
      if (line.element.contains(this.#context.document.activeElement)) this.focus();
      line.element.remove();
      this.#lines.delete(key);
    }
    for (const transfer of transfers) {
      let line = this.#lines.get(transfer.key);
      if (line === undefined) {
        line = new FileLine(this.#context, transfer.key);
        this.#lines.set(transfer.key, line);
        this.#lineList.append(line.element);
      }
      const who = whoText(transfer, names, this.#context.t);
      line.render(transfer, { who, file: name, fileId: this.#name.id });
    }
  }

  #renderRemove({ transfers }: FileEntryState): void {
    const over = transfers.every(isOver);
    if (!over && this.#remove === this.#context.document.activeElement) this.focus();
    setHidden(this.#remove, !over);
    const label = this.#context.t(transfers.some(isUnsaved) ? 'file.discard' : 'file.remove');
    setAttribute(this.#remove, 'aria-label', label);
    setAttribute(this.#remove, 'title', label);
  }

  #dismiss(): void {
    for (const { key } of this.#shown?.entry.transfers ?? []) this.#context.intents.dismissFile(key);
  }

  /** Pixels alone come here: whatever else is in the file is run nowhere. */
  async #drawPreview(key: string, file: string): Promise<void> {
    setAttribute(this.#preview, 'aria-label', this.#context.t('file.preview', { file }));
    if (this.#previewed === key) return;
    this.#previewed = key;
    const bitmap = await this.#context.intents.previewOf(key);
    if (bitmap === null) return;
    const scale = Math.min(1, PREVIEW_PX / Math.max(bitmap.width, bitmap.height));
    this.#preview.width = Math.max(1, Math.round(bitmap.width * scale));
    this.#preview.height = Math.max(1, Math.round(bitmap.height * scale));
    this.#preview.getContext('2d')?.drawImage(bitmap, 0, 0, this.#preview.width, this.#preview.height);
    bitmap.close();
    setHidden(this.#preview, false);
    setAttribute(this.#icon, 'hidden', '');
  }
}

function whoText(transfer: FileTransfer, names: FileNames, t: FileLineContext['t']): string {
  return t(transfer.direction === 'in' ? 'file.from' : 'file.to', { name: names.nameOf(transfer) });
}
