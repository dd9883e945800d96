/** Owns the banner that appears when the browser wants a tap before it plays a voice. */

import type { RoomState } from '../../core/state/room-state.ts';
import type { PageIntents } from '../intents.ts';
import { byId, setHidden } from '../shell/dom.ts';

export class AutoplayBanner {
  readonly #banner: HTMLElement;

  constructor(root: Document, intents: PageIntents) {
    this.#banner = byId(root, 'sound', HTMLElement);
    byId(root, 'sound-unlock', HTMLButtonElement).addEventListener('click', () => intents.unlockSound());
  }

  render({ call, soundBlocked }: RoomState): void {
    setHidden(this.#banner, !(call === 'joined' && soundBlocked));
  }
}
