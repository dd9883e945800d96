/** Owns the own room's door in the host's call in the app: its two switches, and beside them those who ask to come in. */

import type { CallBridge } from '../../../main/common/call-api/bridge.ts';
import type { OwnDoor } from '../../../main/common/call-api/commands.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { type Answer, WaitingView, type WaitingViewOptions } from './waiting-view.ts';

export type OwnDoorCommand = 'door' | 'setLocked' | 'setLobby' | Answer;

export interface OwnDoorViewOptions extends WaitingViewOptions {
  readonly app: Pick<CallBridge, 'onEvent' | OwnDoorCommand>;
  /** Whether the call is the own room's, as soon as that is known. */
  readonly onOwn: (isOwn: boolean) => void;
}

export class OwnDoorView {
  readonly #options: OwnDoorViewOptions;
  readonly #waiting: WaitingView;
  readonly #section: HTMLElement;
  readonly #lock: HTMLButtonElement;
  readonly #lobby: HTMLButtonElement;
  readonly #text: HTMLElement;
  /** null where the call is another room's, and while there is none. */
  #door: OwnDoor | null = null;
  #room: RoomState | null = null;

  constructor(options: OwnDoorViewOptions) {
    const { document, app } = options;
    this.#options = options;
    this.#waiting = new WaitingView(options);
    this.#section = byId(document, 'own-door', HTMLElement);
    this.#lock = byId(document, 'own-door-lock', HTMLButtonElement);
    this.#lobby = byId(document, 'own-door-lobby', HTMLButtonElement);
    this.#text = byId(document, 'own-door-text', HTMLElement);
    // What comes of it is told as any change of the door.
    this.#lock.addEventListener('click', () => void app.setLocked(this.#door?.locked !== true));
    this.#lobby.addEventListener('click', () => void app.setLobby(this.#door?.lobby !== true));
    let isTold = false;
    app.onEvent((event) => {
      if (event.type !== 'door') return;
      isTold = true;
      this.#setDoor(event.door);
    });
    void app.door().then((door) => {
      if (!isTold) this.#setDoor(door);
    });
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    this.#room = room;
    const door = room?.call === 'joined' ? this.#door : null;
    setHidden(this.#section, door === null);
    setAttribute(this.#lock, 'aria-pressed', String(door?.locked === true));
    setAttribute(this.#lobby, 'aria-pressed', String(door?.lobby === true));
    const text = this.#textOf(door);
    setText(this.#text, text === null ? '' : this.#options.t(text));
    this.#waiting.render(room);
  }

  handleLanguage(): void {
    this.#waiting.handleLanguage();
    this.render(this.#room);
  }

  #setDoor(door: OwnDoor | null): void {
    this.#door = door;
    this.#options.onOwn(door !== null);
    this.#waiting.setPeople(door?.waiting ?? []);
    this.render(this.#room);
  }

  /** What the door does, as far as it is not open. */
  #textOf(door: OwnDoor | null): TextKey | null {
    if (door?.locked) return 'own-door.locked';
    return door?.lobby ? 'own-door.watched' : null;
  }
}
