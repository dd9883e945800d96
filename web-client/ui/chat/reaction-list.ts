/** Owns the list of reactions below a message: a chip for each emoji, with how many and who. */

import { displayName, isolated } from '../../../main/common/names/visible-text.ts';
import type { ChatReaction } from '../../core/state/chat-state.ts';
import { spokenName } from '../people/participant-rows.ts';
import { cloneTemplate, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatNames } from './chat-names.ts';

const CHIPS_MAX = 20;

interface Chip {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly emoji: HTMLElement;
  readonly count: HTMLElement;
  readonly names: HTMLElement;
  on: boolean;
}

export class ReactionList {
  readonly #context: ChatContext;
  readonly #list: HTMLElement;
  readonly #set: (emoji: string, on: boolean) => void;
  readonly #chips = new Map<string, Chip>();

  constructor(context: ChatContext, list: HTMLElement, set: (emoji: string, on: boolean) => void) {
    this.#context = context;
    this.#list = list;
    this.#set = set;
  }

  render(reactions: readonly ChatReaction[], names: ChatNames): void {
    const shown = reactions.filter(({ by }) => by.length > 0).slice(0, CHIPS_MAX);
    setHidden(this.#list, shown.length === 0);
    this.#drop(new Set(shown.map(({ emoji }) => emoji)));
    for (const reaction of shown) this.#renderChip(this.#chip(reaction.emoji), reaction, names);
  }

  #renderChip(chip: Chip, { emoji, by }: ChatReaction, names: ChatNames): void {
    const { t } = this.#context;
    const people = by.map((id) =>
      id === names.selfId ? t('chat.you') : isolated(spokenName(names.nameOf(id), t('name.unknown'))),
    );
    const named = people.join(', ');
    chip.on = by.includes(names.selfId);
    setText(chip.emoji, shownEmoji(emoji));
    setText(chip.count, String(by.length));
    setText(chip.names, named);
    setAttribute(chip.button, 'title', t('chat.reaction', { emoji: shownEmoji(emoji), names: named }));
    setAttribute(chip.button, 'aria-pressed', String(chip.on));
  }

  #chip(emoji: string): Chip {
    const known = this.#chips.get(emoji);
    if (known !== undefined) return known;
    const element = cloneTemplate(this.#context.document, 'chat-reaction-template');
    const chip: Chip = {
      element,
      button: part(element, 'chip', HTMLButtonElement),
      emoji: part(element, 'emoji', HTMLElement),
      count: part(element, 'count', HTMLElement),
      names: part(element, 'names', HTMLElement),
      on: false,
    };
    chip.button.addEventListener('click', () => this.#set(emoji, !chip.on));
    this.#chips.set(emoji, chip);
    this.#list.append(element);
    return chip;
  }

  #drop(shown: ReadonlySet<string>): void {
    for (const [emoji, { element }] of this.#chips) {
      if (shown.has(emoji)) continue;
      element.remove();
      this.#chips.delete(emoji);
    }
  }
}

/** Somebody else's page chose it: it may be no emoji at all. */
function shownEmoji(emoji: string): string {
  return displayName(emoji) ?? '?';
}
