/** Owns the small layer with the numbers of one connection, which stay true while it is open. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { cloneTemplate, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { Overlays } from '../shell/overlays.ts';
import { participantRows, spokenName } from './participant-rows.ts';
import { linkWords, type QualityRow, qualityRows } from './quality.ts';

export class QualityPopover {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #language: () => Language;
  readonly #layers: Overlays;
  readonly #element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #state: HTMLElement;
  readonly #rows: HTMLElement;
  #room: RoomState | null = null;
  #id: string | null = null;

  constructor(root: Document, t: Translate<TextKey>, language: () => Language, layers: Overlays) {
    this.#document = root;
    this.#t = t;
    this.#language = language;
    this.#layers = layers;
    this.#element = cloneTemplate(root, 'quality-template');
    this.#title = part(this.#element, 'title', HTMLElement);
    this.#state = part(this.#element, 'state', HTMLElement);
    this.#rows = part(this.#element, 'rows', HTMLElement);
  }

  /** Opens after the anchor, inside the person's card, or closes if it is open there. */
  toggle(id: string, anchor: HTMLElement): void {
    const again = this.#id === id && this.#layers.isOpen(this.#element);
    this.#layers.close(this.#element);
    if (again) return;
    this.#id = id;
    this.#draw();
    anchor.after(this.#element);
    this.#layers.open(this.#element, { anchor });
  }

  /** To be called before the cards are drawn: one whose person is gone takes the layer with it. */
  render(room: RoomState | null): void {
    this.#room = room;
    if (this.#layers.isOpen(this.#element)) this.#draw();
  }

  #draw(): void {
    const person = this.#room?.participants.find(({ id }) => id === this.#id);
    if (this.#room?.call !== 'joined' || person === undefined) {
      this.#layers.close(this.#element);
      return;
    }
    const line = participantRows(this.#room).find(({ id }) => id === person.id);
    const name = line === undefined ? '' : spokenName(line, this.#t('name.unknown'));
    const title = this.#t('quality.title', { name });
    setText(this.#title, title);
    setAttribute(this.#element, 'aria-label', title);
    const obstacle = line?.obstacle ?? null;
    const words = linkWords(person.peer.phase, person.quality, obstacle);
    setText(this.#state, this.#t(obstacle === null ? words : `obstacle.${obstacle}`));
    // Nothing is measured while nothing gets through.
    setHidden(this.#rows, obstacle !== null);
    this.#drawRows(qualityRows(person.quality, this.#t, this.#language()));
  }

  #drawRows(rows: readonly QualityRow[]): void {
    for (const [index, { term, value }] of rows.entries()) {
      const row = this.#rows.children[index] ?? this.#rows.appendChild(this.#createRow());
      setText(part(row, 'term', HTMLElement), term);
      setText(part(row, 'value', HTMLElement), value);
    }
  }

  #createRow(): HTMLElement {
    return cloneTemplate(this.#document, 'quality-row-template');
  }
}
