/** Owns the door: that one waits for the host to be let in, was not let in, or that the call is locked. */

import type { Translate } from '../../../main/common/translate.ts';
import type { Cue } from '../../core/call-intents.ts';
import type { DoorAnswer, RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';

const TITLES: Readonly<Record<DoorAnswer, TextKey>> = {
  waiting: 'status.waiting',
  refused: 'door.refused',
  locked: 'door.locked',
};

export class DoorView {
  readonly #t: Translate<TextKey>;
  readonly #playCue: (cue: Cue) => void;
  readonly #document: Document;
  readonly #stage: HTMLElement;
  readonly #section: HTMLElement;
  readonly #title: HTMLElement;
  readonly #text: HTMLElement;
  #shown: DoorAnswer | null = null;

  constructor(root: Document, t: Translate<TextKey>, playCue: (cue: Cue) => void) {
    this.#t = t;
    this.#playCue = playCue;
    this.#document = root;
    this.#stage = byId(root, 'stage', HTMLElement);
    this.#section = byId(root, 'door', HTMLElement);
    this.#title = byId(root, 'door-title', HTMLElement);
    this.#text = byId(root, 'door-text', HTMLElement);
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    const before = this.#shown;
    const door = room?.door ?? null;
    this.#shown = door;
    // Who waits looks elsewhere.
    if (before === 'waiting' && room?.call === 'joined') this.#playCue('joined');
    setHidden(this.#section, door === null);
    setAttribute(this.#stage, 'data-door', door);
    setText(this.#title, door === null ? '' : this.#t(TITLES[door]));
    setText(this.#text, door === null ? '' : this.#t(`door.${door}.text`));
    this.#section.classList.toggle('banner', door !== 'waiting');
    // The button that was pressed is not there any more.
    if (door === 'waiting' && before !== door && this.#focusIsLost) this.#title.focus();
  }

  get #focusIsLost(): boolean {
    const { activeElement, body } = this.#document;
    return activeElement === null || activeElement === body || !activeElement.checkVisibility();
  }
}
