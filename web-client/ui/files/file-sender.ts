/** Owns how files are chosen to be sent: the buttons, the browser's chooser, and why it cannot be at the moment. */

import { FILES_CHOSEN_MAX } from '../../../main/common/protocol/file-limits.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';

export type SendBar = 'outside' | 'alone' | 'off';

/** Why files cannot be sent at the moment; null: they can. */
export function sendBar({
  call,
  participants,
  filesAllowed,
}: Pick<RoomState, 'call' | 'filesAllowed'> & { readonly participants: readonly unknown[] }): SendBar | null {
  if (call !== 'joined') return 'outside';
  if (!filesAllowed) return 'off';
  return participants.length === 0 ? 'alone' : null;
}

export interface FileSenderOptions {
  readonly document: Document;
  readonly intents: Pick<PageIntents, 'sendFiles'>;
  readonly t: (text: TextKey) => string;
  /** Shows it for a while. */
  readonly announce: (text: TextKey) => void;
}

export class FileSender {
  readonly #options: FileSenderOptions;
  readonly #input: HTMLInputElement;
  /** In the composer, and where that is not to be seen. */
  readonly #buttons: readonly HTMLButtonElement[];
  /** Below the composer, which may lie over what is shown elsewhere for a while. */
  readonly #note: HTMLElement;
  #composing = false;
  #bar: SendBar | null = 'outside';
  /** Sending was tried and could not be: it is said why until that changes. */
  #refused: SendBar | null = null;
  /** Whom the chooser is open for; null: everyone. */
  #to: string | null = null;

  constructor(options: FileSenderOptions) {
    const { document: root } = options;
    this.#options = options;
    this.#input = byId(root, 'files-input', HTMLInputElement);
    this.#buttons = ['chat-file', 'files-send'].map((id) => byId(root, id, HTMLButtonElement));
    this.#note = byId(root, 'chat-file-note', HTMLElement);
    for (const button of this.#buttons) button.addEventListener('click', () => this.choose(null));
    this.#input.addEventListener('change', () => {
      const files = [...(this.#input.files ?? [])];
      // The same file again is to be told as well.
      this.#input.value = '';
      this.send(files, this.#to);
    });
  }

  get bar(): SendBar | null {
    return this.#bar;
  }

  /** @param composing whether the composer is to be seen: one button is enough */
  render(room: RoomState, composing: boolean): void {
    this.#bar = sendBar(room);
    this.#composing = composing;
    if (this.#refused !== this.#bar) this.#refused = null;
    this.#renderNote();
    const reason = this.#bar === null ? null : this.#options.t(`file.bar.${this.#bar}`);
    for (const button of this.#buttons) {
      setHidden(button, (button.id === 'files-send') === composing);
      // Not disabled: it can be pressed, and says why.
      setAttribute(button, 'aria-disabled', reason === null ? null : 'true');
      setAttribute(
        button,
        'title',
        reason ?? (button.id === 'chat-file' ? this.#options.t('file.send') : null),
      );
    }
  }

  /** To be called inside a tap: browsers open their chooser only then. */
  choose(to: string | null): void {
    if (this.#isBarred()) return;
    this.#to = to;
    this.#input.click();
  }

  send(files: readonly File[], to: string | null): void {
    if (files.length === 0 || this.#isBarred()) return;
    if (files.length > FILES_CHOSEN_MAX) this.#options.announce('file.too-many');
    this.#options.intents.sendFiles(files, to);
  }

  focus(): void {
    this.#buttons.find(({ hidden }) => !hidden)?.focus();
  }

  #isBarred(): boolean {
    if (this.#bar === null) return false;
    this.#refused = this.#bar;
    if (this.#composing) this.#renderNote();
    else this.#options.announce(`file.bar.${this.#bar}`);
    return true;
  }

  #renderNote(): void {
    const shown = this.#composing ? this.#refused : null;
    setText(this.#note, shown === null ? '' : this.#options.t(`file.bar.${shown}`));
  }
}
