/** Owns what one does in the call without a word: the own hand, and emoji shown to all. */

import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { Overlays } from '../shell/overlays.ts';

const EMOJI = ['👍', '❤️', '😂', '👏', '🎉', '🤔'] as const;

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export class ReactionBar {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #layers: Overlays;
  readonly #hand: HTMLButtonElement;
  readonly #handLabel: HTMLElement;
  readonly #react: HTMLButtonElement;
  readonly #reactions: HTMLElement;
  readonly #emoji: readonly HTMLButtonElement[];
  #handUp = false;

  constructor(
    root: Document,
    t: Translate<TextKey>,
    intents: Pick<PageIntents, 'react' | 'setHandUp'>,
    layers: Overlays,
  ) {
    this.#document = root;
    this.#t = t;
    this.#layers = layers;
    this.#hand = byId(root, 'hand-toggle', HTMLButtonElement);
    this.#handLabel = byId(root, 'hand-label', HTMLElement);
    this.#react = byId(root, 'react-toggle', HTMLButtonElement);
    this.#reactions = byId(root, 'reactions', HTMLElement);
    this.#emoji = EMOJI.map((emoji) => this.#createEmoji(emoji, intents));
    this.#reactions.append(...this.#emoji);

    this.#hand.addEventListener('click', () => intents.setHandUp(!this.#handUp));
    this.#react.addEventListener('click', () => this.#toggle());
    this.#reactions.addEventListener('keydown', (event) => this.#handleKey(event));
  }

  render({ call, self }: RoomState): void {
    const joined = call === 'joined';
    this.#handUp = self.handUp;
    setHidden(this.#hand, !joined);
    setHidden(this.#react, !joined);
    if (!joined) this.#layers.close(this.#reactions);
    setText(this.#handLabel, this.#t(self.handUp ? 'hand.lower' : 'hand.raise'));
    setAttribute(this.#hand, 'aria-pressed', String(self.handUp));
  }

  #createEmoji(emoji: string, intents: Pick<PageIntents, 'react'>): HTMLButtonElement {
    const button = this.#document.createElement('button');
    button.type = 'button';
    button.className = 'reaction-choice';
    button.textContent = emoji;
    button.addEventListener('click', () => {
      this.#layers.close(this.#reactions);
      intents.react(emoji);
    });
    return button;
  }

  #toggle(): void {
    if (this.#layers.isOpen(this.#reactions)) this.#layers.close(this.#reactions);
    else this.#layers.open(this.#reactions, { anchor: this.#react });
  }

  #handleKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = this.#emoji.findIndex((button) => button.matches(':focus'));
    this.#emoji.at((at + step) % this.#emoji.length)?.focus();
  }
}
