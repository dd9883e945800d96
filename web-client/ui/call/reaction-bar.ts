/** Owns the reaction bar: the own hand, and emoji shown to all. */

import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { Overlays } from '../shell/overlays.ts';
import { connectRowKeys } from '../shell/row-keys.ts';

const EMOJI = ['👍', '❤️', '😂', '👏', '🎉', '🤔'] as const;

export class ReactionBar {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #overlays: Overlays;
  readonly #hand: HTMLButtonElement;
  readonly #handLabel: HTMLElement;
  readonly #react: HTMLButtonElement;
  readonly #reactions: HTMLElement;
  #handUp = false;

  constructor(
    root: Document,
    t: Translate<TextKey>,
    intents: Pick<PageIntents, 'react' | 'setHandUp'>,
    overlays: Overlays,
  ) {
    this.#document = root;
    this.#t = t;
    this.#overlays = overlays;
    this.#hand = byId(root, 'hand-toggle', HTMLButtonElement);
    this.#handLabel = byId(root, 'hand-label', HTMLElement);
    this.#react = byId(root, 'react-toggle', HTMLButtonElement);
    this.#reactions = byId(root, 'reactions', HTMLElement);
    const emojiButtons = EMOJI.map((emoji) => this.#createEmoji(emoji, intents));
    this.#reactions.append(...emojiButtons);

    this.#hand.addEventListener('click', () => intents.setHandUp(!this.#handUp));
    this.#react.addEventListener('click', () => this.#toggle());
    connectRowKeys(this.#reactions, emojiButtons);
  }

  render({ call, self }: RoomState): void {
    const joined = call === 'joined';
    this.#handUp = self.handUp;
    setHidden(this.#hand, !joined);
    setHidden(this.#react, !joined);
    if (!joined) this.#overlays.close(this.#reactions);
    setText(this.#handLabel, this.#t(self.handUp ? 'hand.lower' : 'hand.raise'));
    setAttribute(this.#hand, 'aria-pressed', String(self.handUp));
  }

  #createEmoji(emoji: string, intents: Pick<PageIntents, 'react'>): HTMLButtonElement {
    const button = this.#document.createElement('button');
    button.type = 'button';
    button.className = 'reaction-choice';
    button.textContent = emoji;
    button.addEventListener('click', () => {
      this.#overlays.close(this.#reactions);
      intents.react(emoji);
    });
    return button;
  }

  #toggle(): void {
    if (this.#overlays.isOpen(this.#reactions)) this.#overlays.close(this.#reactions);
    else this.#overlays.open(this.#reactions, { anchor: this.#react });
  }
}
