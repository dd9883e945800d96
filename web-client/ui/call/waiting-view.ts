/** Owns who asks to come in, as the host sees it in the own room's call in the app, and the answer to each. */

import type { CallBridge } from '../../../main/common/call-api/bridge.ts';
import type { WaitingPerson } from '../../../main/common/host-api/snapshot.ts';
import { idsToTellApart } from '../../../main/common/names/short-id.ts';
import { displayName } from '../../../main/common/names/visible-text.ts';
import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { participantRows } from '../people/participant-rows.ts';
import type { Announcer } from '../shell/announcer.ts';
import { byId, cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';

export interface WaitingViewOptions {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  readonly app: Pick<CallBridge, Answer>;
  readonly announcer: Pick<Announcer, 'announce'>;
}

const ANSWERS = ['admit', 'refuse'] as const;
export type Answer = (typeof ANSWERS)[number];

export class WaitingView {
  readonly #options: WaitingViewOptions;
  readonly #section: HTMLElement;
  readonly #title: HTMLElement;
  readonly #list: HTMLElement;
  readonly #full: HTMLElement;
  readonly #items = new Map<string, HTMLElement>();
  #people: readonly WaitingPerson[] = [];
  #room: RoomState | null = null;

  constructor(options: WaitingViewOptions) {
    const { document } = options;
    this.#options = options;
    this.#section = byId(document, 'waiting', HTMLElement);
    this.#title = byId(document, 'waiting-title', HTMLElement);
    this.#list = byId(document, 'waiting-list', HTMLElement);
    this.#full = byId(document, 'waiting-full', HTMLElement);
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    this.#room = room;
    const joined = room?.call === 'joined' ? room : null;
    const people = joined === null ? [] : this.#people;
    const gone = new Set(this.#items.keys());
    for (const { id } of people) gone.delete(id);
    const hadFocus = this.#section.contains(this.#options.document.activeElement);
    for (const id of gone) {
      this.#items.get(id)?.remove();
      this.#items.delete(id);
    }
    const newcomers = joined === null ? [] : this.#draw(people, joined);
    setHidden(this.#section, people.length === 0);
    if (people.length === 0) setHidden(this.#full, true);
    // Whoever was answered takes the focus along.
    if (hadFocus && gone.size > 0) this.#keepFocus(people.length > 0);
    const { t, announcer } = this.#options;
    if (newcomers.length > 0) announcer.announce(t('waiting.names', { name: newcomers.join(', ') }));
  }

  handleLanguage(): void {
    for (const item of this.#items.values()) fillTexts(item, this.#options.t);
    this.render(this.#room);
  }

  setPeople(people: readonly WaitingPerson[]): void {
    this.#people = people;
    setHidden(this.#full, true);
    this.render(this.#room);
  }

  /** Gives the names of those who were not shown before. */
  #draw(people: readonly WaitingPerson[], room: RoomState): string[] {
    if (people.length === 0) return [];
    const { t } = this.#options;
    const named = people.map(({ id, name }) => ({
      id,
      name: displayName(name ?? '') ?? t('name.unknown'),
    }));
    // Who waits may have the name of somebody inside.
    const marks = idsToTellApart([...participantRows(room), ...named]);
    return named.flatMap(({ id, name }) => {
      const mark = marks.get(id) ?? '';
      const known = this.#items.get(id);
      const item = known ?? this.#create(id);
      setText(part(item, 'name', HTMLElement), name);
      setText(part(item, 'short-id', HTMLElement), mark);
      const spoken = `${name} ${mark}`.trim();
      for (const answer of ANSWERS)
        setAttribute(
          part(item, answer, HTMLButtonElement),
          'aria-label',
          t(`waiting.${answer}-name`, { name: spoken }),
        );
      return known === undefined ? [spoken] : [];
    });
  }

  #create(id: string): HTMLElement {
    const { document, t } = this.#options;
    const item = cloneTemplate(document, 'waiting-template');
    fillTexts(item, t);
    for (const answer of ANSWERS)
      part(item, answer, HTMLButtonElement).addEventListener('click', () => void this.#answer(answer, id));
    this.#items.set(id, item);
    this.#list.append(item);
    return item;
  }

  /** Who has gone meanwhile is gone from the list as well. */
  async #answer(answer: Answer, id: string): Promise<void> {
    const { app, t } = this.#options;
    const answered = await app[answer](id);
    const isFull = !answered.ok && answered.error === 'room-full';
    setText(this.#full, isFull ? t('waiting.full') : '');
    setHidden(this.#full, !isFull);
  }

  #keepFocus(some: boolean): void {
    const { document } = this.#options;
    if (this.#list.contains(document.activeElement)) return;
    if (some) this.#title.focus();
    else byId(document, 'people-title', HTMLElement).focus();
  }
}
