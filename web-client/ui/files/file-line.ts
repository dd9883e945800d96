/** Owns the line of one person's transfer in an entry: who, how far, in words, and the buttons for what can be done. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type { FileTransfer } from '../../core/state/files-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { FILE_ACTS, type FileAct, fileActs, fileShare, fileWords } from './file-words.ts';

export type FileLineIntents = Pick<
  PageIntents,
  'acceptFile' | 'declineFile' | 'pauseFile' | 'cancelFile' | 'saveFile' | 'showSavedFile'
>;

export interface FileLineContext {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  readonly language: () => Language;
  readonly intents: FileLineIntents;
}

export interface FileLineNames {
  /** From whom, or to whom. */
  readonly who: string;
  readonly file: string;
  /** Id of the element with the file's name, which tells what a button is about. */
  readonly fileId: string;
}

const ACTIONS: Readonly<Record<FileAct, (intents: FileLineIntents, key: string) => void>> = {
  accept: (intents, key) => intents.acceptFile(key),
  decline: (intents, key) => intents.declineFile(key),
  pause: (intents, key) => intents.pauseFile(key, true),
  resume: (intents, key) => intents.pauseFile(key, false),
  cancel: (intents, key) => intents.cancelFile(key),
  save: (intents, key) => intents.saveFile(key),
  'show-in-folder': (intents, key) => intents.showSavedFile(key),
};

export class FileLine {
  readonly element: HTMLElement;
  readonly #context: FileLineContext;
  readonly #who: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #progress: HTMLElement;
  readonly #state: HTMLElement;
  readonly #acts: HTMLElement;
  readonly #buttons: ReadonlyMap<FileAct, HTMLButtonElement>;
  #shown: { readonly transfer: FileTransfer; readonly who: string } | null = null;

  constructor(context: FileLineContext, key: string) {
    this.#context = context;
    this.element = cloneTemplate(context.document, 'file-line-template');
    this.#who = part(this.element, 'who', HTMLElement);
    this.#bar = part(this.element, 'bar', HTMLProgressElement);
    this.#progress = part(this.element, 'progress', HTMLElement);
    this.#state = part(this.element, 'state', HTMLElement);
    this.#acts = part(this.element, 'acts', HTMLElement);
    this.#buttons = new Map(FILE_ACTS.map((act) => [act, part(this.element, act, HTMLButtonElement)]));
    for (const [act, button] of this.#buttons) button.addEventListener('click', () => this.#act(act, key));
    fillTexts(this.element, context.t);
  }

  render(transfer: FileTransfer, { who, file, fileId }: FileLineNames): void {
    if (this.#shown?.transfer === transfer && this.#shown.who === who) return;
    this.#shown = { transfer, who };
    const { t, language } = this.#context;
    setText(this.#who, who);
    setAttribute(this.element, 'aria-label', who);
    setAttribute(this.element, 'data-phase', transfer.phase);
    const words = fileWords(transfer, t, language());
    setText(this.#state, words.state);
    setAttribute(this.#state, 'data-tone', words.tone);
    setText(this.#progress, words.progress.join('\n'));
    this.#renderBar(fileShare(transfer), words.progress, t('file.progress', { file }));
    this.#renderActs(transfer, fileId);
  }

  /** The next state is shown in other words. */
  handleLanguage(): void {
    this.#shown = null;
    fillTexts(this.element, this.#context.t);
  }

  #renderBar(share: number | null, progress: readonly string[], label: string): void {
    setHidden(this.#bar, share === null);
    if (share === null) return;
    if (this.#bar.value !== share) this.#bar.value = share;
    const percent = this.#context.t('percent', { value: Math.floor(share * 100) });
    setAttribute(this.#bar, 'aria-label', label);
    const parts = progress.length === 0 ? [] : [progress.join(' · ')];
    setAttribute(this.#bar, 'aria-valuetext', [percent, ...parts].join(', '));
  }

  #renderActs(transfer: FileTransfer, fileId: string): void {
    const acts = fileActs(transfer);
    const { activeElement } = this.#context.document;
    let lost = false;
    for (const [act, button] of this.#buttons) {
      const wanted = acts.includes(act);
      if (!wanted && button === activeElement) lost = true;
      setHidden(button, !wanted);
      setAttribute(button, 'aria-describedby', fileId);
    }
    const save = this.#buttons.get('save');
    if (save !== undefined) {
      setAttribute(save, 'aria-disabled', transfer.saved === 'saving' ? 'true' : null);
      setAttribute(save, 'data-busy', transfer.saved === 'saving' ? '' : null);
      save.classList.toggle('button-primary', transfer.saved !== 'saved');
    }
    setHidden(this.#acts, acts.length === 0);
    if (lost) this.#keepFocus(acts[0], fileId);
  }

  /** On what can be pressed now in the place of what is gone, or else on the file's name. */
  #keepFocus(next: FileAct | undefined, fileId: string): void {
    const button = next === undefined ? undefined : this.#buttons.get(next);
    (button ?? this.#context.document.getElementById(fileId))?.focus();
  }

  #act(act: FileAct, key: string): void {
    if (act === 'save' && this.#shown?.transfer.saved === 'saving') return;
    ACTIONS[act](this.#context.intents, key);
  }
}
