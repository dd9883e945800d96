/** Owns the list of participants: one item each, kept in place while it lasts, so that focus and reading stay. */

import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { microphoneText } from '../page-state.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { ParticipantCard, type ParticipantIntents } from './participant-card.ts';
import { participantRows, verifiedCount } from './participant-rows.ts';

/** So many have large cards, and so many middling ones, where there is room for such. */
const FEW = 3;
const SOME = 6;
/** Large, and in a square where they do not fit into one row. */
const FOUR = 4;

/** All of a room that the list tells of: what else changes, as the chat does, costs it nothing. */
const DRAWN = ['call', 'capacity', 'self', 'microphone', 'participants', 'filesAllowed'] as const;

export class PeopleView {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #intents: ParticipantIntents;
  readonly #section: HTMLElement;
  readonly #count: HTMLElement;
  readonly #verified: HTMLElement;
  readonly #verifiedText: HTMLElement;
  readonly #list: HTMLElement;
  readonly #items = new Map<string, ParticipantCard>();
  /** What is drawn; null: nothing in these words. */
  #drawn: Pick<RoomState, (typeof DRAWN)[number]> | null = null;

  constructor(root: Document, t: Translate<TextKey>, intents: ParticipantIntents) {
    this.#document = root;
    this.#t = t;
    this.#intents = intents;
    this.#section = byId(root, 'people', HTMLElement);
    this.#count = byId(root, 'people-count', HTMLElement);
    this.#verified = byId(root, 'people-verified', HTMLElement);
    this.#verifiedText = byId(root, 'people-verified-text', HTMLElement);
    this.#list = byId(root, 'people-list', HTMLElement);
  }

  render(room: RoomState): void {
    const drawn = this.#drawn;
    if (drawn !== null && DRAWN.every((part) => drawn[part] === room[part])) return;
    this.#drawn = room;
    const rows = participantRows(room);
    const inside = room.call === 'joined';
    setHidden(this.#section, rows.length === 0);
    this.#section.classList.toggle('people-outside', !inside);
    const counted = inside && room.capacity > 0;
    setText(
      this.#count,
      counted ? this.#t('people.count', { count: rows.length, capacity: room.capacity }) : '',
    );
    this.#renderVerified(room);

    setAttribute(this.#list, 'data-size', inside ? sizeOf(rows.length) : null);

    this.#drop(new Set(rows.map((row) => row.id)));
    const ownState = microphoneText(room.microphone);
    for (const [index, row] of rows.entries()) {
      const item = this.#items.get(row.id) ?? this.#create(row.id);
      item.render(row, ownState);
      const standing = this.#list.children[index];
      if (standing !== item.element) this.#list.insertBefore(item.element, standing ?? null);
    }
  }

  handleLanguage(): void {
    this.#drawn = null;
    for (const item of this.#items.values()) item.handleLanguage();
  }

  #renderVerified(room: RoomState): void {
    const verified = verifiedCount(room);
    setHidden(this.#verified, verified === null);
    if (verified === null) return;
    this.#verified.classList.toggle('all-verified', verified.count === verified.total);
    setText(this.#verifiedText, this.#t('people.verified', { ...verified }));
  }

  #create(id: string): ParticipantCard {
    const item = new ParticipantCard(this.#document, this.#t, id, this.#intents);
    this.#items.set(id, item);
    return item;
  }

  #drop(present: ReadonlySet<string>): void {
    for (const [id, item] of this.#items) {
      if (present.has(id)) continue;
      item.element.remove();
      this.#items.delete(id);
    }
  }
}

function sizeOf(people: number): 'four' | 'few' | 'some' | 'many' {
  if (people === FOUR) return 'four';
  if (people <= FEW) return 'few';
  return people <= SOME ? 'some' : 'many';
}
