/** Owns the dialog in which two people compare their verification code, and what they answer. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { byId, cloneTemplate, part, setAttribute, setHidden, setOpen, setText } from '../shell/dom.ts';
import { TRUST_ICONS } from './participant-card.ts';
import { spokenName } from './participant-rows.ts';
import { type Comparison, codeWords, comparisonWith } from './verification.ts';

export interface VerificationHandler {
  verify(id: string, matches: boolean): void;
  announce(text: TextKey, name: string): void;
}

/** Stays open while the connection is repaired; closes when it is answered, or when there is nobody to compare with. */
export class VerificationDialog {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #language: () => Language;
  readonly #handler: VerificationHandler;
  readonly #dialog: HTMLDialogElement;
  readonly #title: HTMLElement;
  readonly #state: HTMLElement;
  readonly #stateIcon: SVGUseElement;
  readonly #stateText: HTMLElement;
  readonly #text: HTMLElement;
  readonly #code: HTMLElement;
  readonly #meaning: HTMLElement;
  readonly #different: HTMLButtonElement;
  readonly #match: HTMLButtonElement;
  readonly #close: HTMLButtonElement;
  readonly #elsewhere: HTMLElement;
  #room: RoomState | null = null;
  #id = '';
  #name = '';
  #shown: readonly number[] | null = null;
  #shownIn: Language | null = null;
  /** What the answer just given has to come to before it is said to have been taken. */
  #expected: 'verified' | 'failed' | null = null;

  constructor(root: Document, t: Translate<TextKey>, language: () => Language, handler: VerificationHandler) {
    this.#document = root;
    this.#t = t;
    this.#language = language;
    this.#handler = handler;
    this.#dialog = byId(root, 'verify-dialog', HTMLDialogElement);
    this.#title = byId(root, 'verify-title', HTMLElement);
    this.#state = byId(root, 'verify-state', HTMLElement);
    this.#stateIcon = byId(root, 'verify-state-icon', SVGUseElement);
    this.#stateText = byId(root, 'verify-state-text', HTMLElement);
    this.#text = byId(root, 'verify-text', HTMLElement);
    this.#code = byId(root, 'verify-code', HTMLElement);
    this.#meaning = byId(root, 'verify-meaning', HTMLElement);
    this.#different = byId(root, 'verify-different', HTMLButtonElement);
    this.#match = byId(root, 'verify-match', HTMLButtonElement);
    this.#close = byId(root, 'verify-close', HTMLButtonElement);
    this.#elsewhere = byId(root, 'people-title', HTMLElement);
    this.#different.addEventListener('click', () => this.#answer(false));
    this.#match.addEventListener('click', () => this.#answer(true));
    this.#close.addEventListener('click', () => this.#dialog.close());
  }

  show(id: string): void {
    this.#id = id;
    this.#expected = null;
    const comparison = this.#comparison();
    if (comparison === null) return;
    this.#draw(comparison);
    setOpen(this.#dialog, true);
  }

  /** `room` is null where there is no call any more. */
  render(room: RoomState | null): void {
    this.#room = room;
    if (!this.#dialog.open) return;
    const comparison = this.#comparison();
    if (comparison === null) this.#leave(room !== null && room.call !== 'out');
    else if (comparison.trust === this.#expected) this.#confirm(comparison.trust);
    else this.#draw(comparison);
  }

  #comparison(): Comparison | null {
    return this.#room === null ? null : comparisonWith(this.#room, this.#id);
  }

  #answer(matches: boolean): void {
    this.#expected = matches ? 'verified' : 'failed';
    this.#handler.verify(this.#id, matches);
  }

  /** The card the dialog was opened from is gone, so the focus goes to the list. */
  #leave(inCall: boolean): void {
    this.#dialog.close();
    if (!inCall) return;
    this.#elsewhere.focus();
    this.#handler.announce('verify.gone', this.#name);
  }

  /** Closed first: what is said beside an open dialog is not read out. */
  #confirm(trust: 'verified' | 'failed'): void {
    this.#dialog.close();
    this.#handler.announce(`verify.${trust}`, this.#name);
  }

  #draw({ row, trust, text, code, canMatch, canDiffer }: Comparison): void {
    this.#name = spokenName(row, this.#t('name.unknown'));
    setText(this.#title, this.#t('verify.title', { name: this.#name }));
    setAttribute(this.#state, 'data-trust', trust);
    setAttribute(this.#stateIcon, 'href', TRUST_ICONS[trust]);
    setText(this.#stateText, this.#t(`trust.${trust}`));
    setText(this.#text, this.#t(text));
    this.#drawCode(code);
    setHidden(this.#meaning, code === null);
    this.#moveFocusFrom(this.#different, canDiffer);
    this.#moveFocusFrom(this.#match, canMatch);
    setHidden(this.#different, !canDiffer);
    setHidden(this.#match, !canMatch);
  }

  #drawCode(code: readonly number[] | null): void {
    setHidden(this.#code, code === null);
    const language = this.#language();
    if (code === this.#shown && language === this.#shownIn) return;
    this.#shown = code;
    this.#shownIn = language;
    const items = codeWords(code ?? [], language).map(({ emoji, word }) => {
      const item = cloneTemplate(this.#document, 'code-template');
      setText(part(item, 'emoji', HTMLElement), emoji);
      setText(part(item, 'word', HTMLElement), word);
      return item;
    });
    this.#code.replaceChildren(...items);
  }

  /** A button that goes must not take the focus with it. */
  #moveFocusFrom(button: HTMLButtonElement, stays: boolean): void {
    if (!stays && this.#document.activeElement === button) this.#title.focus();
  }
}
