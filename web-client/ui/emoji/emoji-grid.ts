/** Owns the grid of emoji: sections of buttons, of which the tab key meets one and the arrows reach all. */

import { setAttribute } from '../shell/dom.ts';

export interface EmojiSection {
  readonly title: string;
  readonly emoji: readonly { readonly emoji: string; readonly name: string }[];
}

export class EmojiGrid {
  readonly #root: Document;
  readonly #cells: HTMLElement;
  #reachable: HTMLElement | null = null;

  /** `keepOpen`: another may follow. */
  constructor(root: Document, cells: HTMLElement, pick: (emoji: string, keepOpen: boolean) => void) {
    this.#root = root;
    this.#cells = cells;
    cells.addEventListener('click', ({ target, shiftKey }) => {
      const emoji = target instanceof HTMLElement ? target.closest('.emoji-cell')?.textContent : null;
      if (emoji) pick(emoji, shiftKey);
    });
    cells.addEventListener('keydown', (event) => this.#handleKey(event));
    cells.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement && target.matches('.emoji-cell')) this.#reach(target);
    });
  }

  clear(): void {
    this.#cells.replaceChildren();
    this.#cells.scrollTop = 0;
    this.#reachable = null;
  }

  /** Adds a section at the end. @returns its element, to be scrolled to */
  add({ title, emoji }: EmojiSection): HTMLElement {
    const section = this.#root.createElement('section');
    section.className = 'emoji-section';
    setAttribute(section, 'aria-label', title);
    const heading = this.#root.createElement('h3');
    heading.className = 'emoji-heading';
    heading.textContent = title;
    const row = this.#root.createElement('div');
    row.className = 'emoji-row';
    row.append(...emoji.map((entry) => this.#createCell(entry)));
    section.append(heading, row);
    this.#cells.append(section);
    if (this.#reachable === null) {
      const first = this.#all()[0];
      if (first !== undefined) this.#reach(first);
    }
    return section;
  }

  /** Puts the focus on the first emoji. @returns whether there is one */
  focusFirst(): boolean {
    const first = this.#all()[0];
    first?.focus();
    return first !== undefined;
  }

  get first(): string | null {
    return this.#all()[0]?.textContent ?? null;
  }

  #createCell({ emoji, name }: EmojiSection['emoji'][number]): HTMLButtonElement {
    const cell = this.#root.createElement('button');
    cell.type = 'button';
    cell.className = 'emoji-cell';
    cell.tabIndex = -1;
    cell.textContent = emoji;
    cell.title = name;
    setAttribute(cell, 'aria-label', name);
    return cell;
  }

  #all(): HTMLElement[] {
    return [...this.#cells.querySelectorAll<HTMLElement>('.emoji-cell')];
  }

  #reach(cell: HTMLElement): void {
    if (this.#reachable !== null) this.#reachable.tabIndex = -1;
    cell.tabIndex = 0;
    this.#reachable = cell;
  }

  #handleKey(event: KeyboardEvent): void {
    const { activeElement } = this.#root;
    if (!(activeElement instanceof HTMLElement) || !this.#cells.contains(activeElement)) return;
    const next = this.#target(event.key, activeElement);
    if (next === undefined) return;
    event.preventDefault();
    next?.focus();
  }

  /** Where the key leads from the cell; null: nowhere, undefined: the key is not for the grid. */
  #target(key: string, cell: HTMLElement): HTMLElement | null | undefined {
    const all = this.#all();
    const at = all.indexOf(cell);
    switch (key) {
      case 'ArrowRight':
        return all[at + 1] ?? null;
      case 'ArrowLeft':
        return all[at - 1] ?? null;
      case 'ArrowDown':
        return this.#vertical(all.slice(at + 1), cell);
      case 'ArrowUp':
        return this.#vertical(all.slice(0, Math.max(0, at)).reverse(), cell);
      case 'Home':
        return all.find((other) => other.offsetTop === cell.offsetTop) ?? null;
      case 'End':
        return all.findLast((other) => other.offsetTop === cell.offsetTop) ?? null;
      case 'PageDown':
        return this.#inSection(cell.closest('section')?.nextElementSibling ?? null);
      case 'PageUp':
        return this.#inSection(cell.closest('section')?.previousElementSibling ?? null);
      default:
        return undefined;
    }
  }

  /** In the next line the cell that stands nearest in the column; the cells come in the order they are passed. */
  #vertical(following: readonly HTMLElement[], { offsetTop, offsetLeft }: HTMLElement): HTMLElement | null {
    const next = following.find((other) => other.offsetTop !== offsetTop);
    if (next === undefined) return null;
    const line = following.filter((other) => other.offsetTop === next.offsetTop);
    const distance = (other: HTMLElement) => Math.abs(other.offsetLeft - offsetLeft);
    return line.reduce((nearest, other) => (distance(other) < distance(nearest) ? other : nearest));
  }

  #inSection(section: Element | null): HTMLElement | null {
    return section?.querySelector<HTMLElement>('.emoji-cell') ?? null;
  }
}
