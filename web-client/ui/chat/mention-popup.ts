/** Owns the list of people that opens while a mention is typed, driven from the field. */

import { displayName } from '../../../main/common/names/visible-text.ts';
import { renderBadge } from '../shell/badge.ts';
import { byId, cloneTemplate, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { ChatContext } from './chat-context.ts';
import { type MentionQuery, mentionQuery, mentionText, suggestPeople } from './mention-query.ts';
import type { MentionCandidate } from './mentions.ts';

const OPTION_ID = 'chat-person-';

export class MentionPopup {
  readonly #context: ChatContext;
  readonly #field: HTMLTextAreaElement;
  readonly #list: HTMLElement;
  readonly #insert: (start: number, text: string) => void;
  #everyone: readonly MentionCandidate[] = [];
  #others: readonly MentionCandidate[] = [];
  #found: readonly MentionCandidate[] = [];
  #query: MentionQuery | null = null;
  #active = 0;
  /** The `@` whose list was closed by hand; it stays closed. */
  #dismissed: number | null = null;

  /** `insert` puts the text in the place of what stands between `start` and the caret. */
  constructor(
    context: ChatContext,
    field: HTMLTextAreaElement,
    insert: (start: number, text: string) => void,
  ) {
    this.#context = context;
    this.#field = field;
    this.#insert = insert;
    this.#list = byId(context.document, 'chat-people', HTMLElement);
    setAttribute(field, 'aria-autocomplete', 'list');
    setAttribute(field, 'aria-haspopup', 'listbox');
    setAttribute(field, 'aria-controls', this.#list.id);
    // A press on the list leaves the focus in the field.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => this.#handleClick(event));
    field.addEventListener('blur', () => this.#show(null));
    field.addEventListener('click', () => this.update());
    field.addEventListener('keyup', ({ key }) => {
      if (/^(?:Arrow(?:Left|Right)|Home|End)$/.test(key)) this.update();
    });
  }

  get isOpen(): boolean {
    return this.#found.length > 0;
  }

  setPeople(everyone: readonly MentionCandidate[], selfId: string): void {
    this.#everyone = everyone;
    this.#others = everyone.filter(({ id }) => id !== selfId);
    if (this.isOpen) this.update();
  }

  /** The text or the caret changed. */
  update(): void {
    const { value, selectionStart, selectionEnd } = this.#field;
    const query = selectionStart === selectionEnd ? mentionQuery(value, selectionStart) : null;
    if (query?.start !== this.#dismissed) this.#dismissed = null;
    this.#show(query !== null && query.start !== this.#dismissed ? query : null);
  }

  /** @returns whether the key was meant for the list */
  handleKey(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.isComposing) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.#move(1);
        break;
      case 'ArrowUp':
        this.#move(-1);
        break;
      case 'Enter':
      case 'Tab':
        if (event.shiftKey) return false;
        this.#choose(this.#active);
        break;
      case 'Escape':
        this.#dismissed = this.#query?.start ?? null;
        this.#show(null);
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #show(query: MentionQuery | null): void {
    const found = query === null ? [] : suggestPeople(query.typed, this.#others);
    const same =
      found.length === this.#found.length && found.every((person, at) => person === this.#found[at]);
    this.#query = query;
    if (same) return;
    this.#found = found;
    this.#active = 0;
    setHidden(this.#list, found.length === 0);
    this.#list.replaceChildren(...found.map((person, at) => this.#createOption(person, at)));
    this.#renderActive();
  }

  #createOption({ id, shortId, name }: MentionCandidate, at: number): HTMLElement {
    const { document: root, t } = this.#context;
    const option = cloneTemplate(root, 'chat-person-template');
    const called = (name === null ? null : displayName(name)) ?? t('name.unknown');
    option.id = `${OPTION_ID}${at}`;
    renderBadge(part(option, 'badge', HTMLElement), id, called);
    setText(part(option, 'name', HTMLElement), called);
    setText(part(option, 'short-id', HTMLElement), shortId);
    return option;
  }

  #move(step: number): void {
    this.#active = (this.#active + step + this.#found.length) % this.#found.length;
    this.#renderActive();
  }

  #renderActive(): void {
    for (const [at, option] of [...this.#list.children].entries()) {
      setAttribute(option, 'aria-selected', String(at === this.#active));
      if (at === this.#active) option.scrollIntoView({ block: 'nearest' });
    }
    setAttribute(this.#field, 'aria-activedescendant', this.isOpen ? `${OPTION_ID}${this.#active}` : null);
  }

  #handleClick({ target }: MouseEvent): void {
    const option = target instanceof Element ? target.closest('[role="option"]') : null;
    if (option !== null) this.#choose([...this.#list.children].indexOf(option));
  }

  #choose(at: number): void {
    const person = this.#found[at];
    const query = this.#query;
    this.#show(null);
    if (person !== undefined && query !== null)
      this.#insert(query.start, mentionText(person, this.#everyone));
  }
}
