/** Owns the list of recordings: a line for each, drawn in place, so that the focus stays where it was. */

import type { RecordCommand } from '../../core/state/recording-state.ts';
import { byId, cloneTemplate, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { LineAct, RecordingLine } from './recording-lines.ts';

export interface RecordingListHandler {
  readonly onCommand: (command: RecordCommand) => void;
  /** The person is asked first. */
  readonly onAsk: (command: RecordCommand) => void;
}

export class RecordingList {
  readonly #document: Document;
  readonly #handler: RecordingListHandler;
  readonly #list: HTMLElement;
  readonly #items = new Map<string, HTMLElement>();
  #lines: readonly RecordingLine[] = [];

  constructor(root: Document, handler: RecordingListHandler) {
    this.#document = root;
    this.#handler = handler;
    this.#list = byId(root, 'recordings', HTMLElement);
  }

  draw(lines: readonly RecordingLine[]): void {
    this.#lines = lines;
    const focused = this.#focusedKey();
    const keys = new Set(lines.map(({ key }) => key));
    for (const [key, item] of this.#items) {
      if (keys.has(key)) continue;
      item.remove();
      this.#items.delete(key);
    }
    for (const [at, line] of lines.entries()) {
      const item = this.#items.get(line.key) ?? this.#create(line.key);
      if (this.#list.children[at] !== item) this.#list.insertBefore(item, this.#list.children[at] ?? null);
      setAttribute(item, 'data-tone', line.tone);
      setText(part(item, 'title', HTMLElement), line.title);
      setText(part(item, 'text', HTMLElement), line.text);
      this.#drawActs(item, line);
    }
    setHidden(this.#list, lines.length === 0);
    if (focused !== null) this.#keepFocus(focused);
  }

  /** Of the line somebody is at. */
  #focusedKey(): string | null {
    for (const [key, item] of this.#items) if (item.contains(this.#document.activeElement)) return key;
    return null;
  }

  /** Where the button that was pressed is gone. */
  #keepFocus(key: string): void {
    if (this.#list.contains(this.#document.activeElement)) return;
    const item = this.#items.get(key);
    if (item !== undefined) part(item, 'title', HTMLElement).focus();
    else byId(this.#document, 'people-title', HTMLElement).focus();
  }

  #create(key: string): HTMLElement {
    const item = cloneTemplate(this.#document, 'recording-template');
    this.#items.set(key, item);
    return item;
  }

  #drawActs(item: HTMLElement, { key, acts }: RecordingLine): void {
    const place = part(item, 'acts', HTMLElement);
    const names = new Set(acts.map(({ name }) => name));
    for (const button of [...place.children])
      if (button instanceof HTMLElement && !names.has(button.dataset.act ?? '')) button.remove();
    for (const [at, act] of acts.entries()) {
      const known = [...place.children].find(
        (button): button is HTMLButtonElement =>
          button instanceof HTMLButtonElement && button.dataset.act === act.name,
      );
      const button = known ?? this.#createButton(key, act.name);
      if (place.children[at] !== button) place.insertBefore(button, place.children[at] ?? null);
      button.className = `button button-small${act.primary ? ' button-primary' : ''}`;
      setText(button, act.text);
      setAttribute(button, 'aria-label', act.label);
    }
    setHidden(place, acts.length === 0);
  }

  #createButton(key: string, name: string): HTMLButtonElement {
    const button = this.#document.createElement('button');
    button.type = 'button';
    button.dataset.act = name;
    button.addEventListener('click', () => this.#press(key, name));
    return button;
  }

  #press(key: string, name: string): void {
    const line = this.#lines.find((other) => other.key === key);
    const act: LineAct | undefined = line?.acts.find((other) => other.name === name);
    if (act?.asksFirst) this.#handler.onAsk(act.command);
    else if (act !== undefined) this.#handler.onCommand(act.command);
  }
}
