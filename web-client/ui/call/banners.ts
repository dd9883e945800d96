/** Owns the banners of a call: a tap that the browser wants before it plays a voice, and the hint about the own microphone. */

import type { Translate } from '../../../main/common/translate.ts';
import type { MicrophoneHint } from '../../core/state/audio-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';

/** Silent, or muted while one talks. It can be waved away. */
export class MicrophoneHintView {
  readonly #t: Translate<TextKey>;
  readonly #hint: HTMLElement;
  readonly #title: HTMLElement;
  readonly #text: HTMLElement;
  readonly #unmute: HTMLButtonElement;
  readonly #elsewhere: HTMLElement;
  #shown: MicrophoneHint | null = null;
  #waved: MicrophoneHint | null = null;

  constructor(root: Document, t: Translate<TextKey>, intents: Pick<PageIntents, 'setMicrophoneMuted'>) {
    this.#t = t;
    this.#hint = byId(root, 'hint', HTMLElement);
    this.#title = byId(root, 'hint-title', HTMLElement);
    this.#text = byId(root, 'hint-text', HTMLElement);
    this.#unmute = byId(root, 'hint-unmute', HTMLButtonElement);
    this.#elsewhere = byId(root, 'microphone-toggle', HTMLElement);
    this.#unmute.addEventListener('click', () => intents.setMicrophoneMuted(false));
    byId(root, 'hint-dismiss', HTMLButtonElement).addEventListener('click', () => {
      this.#waved = this.#shown;
      this.#draw(null);
    });
  }

  /** What was waved away stays away until its reason has passed once. `room` is null where there is no call. */
  render(room: RoomState | null): void {
    const microphone = room?.call === 'joined' ? room.microphone : null;
    const hint = microphone?.phase === 'live' ? microphone.hint : null;
    if (hint !== this.#waved) this.#waved = null;
    this.#draw(this.#waved === null ? hint : null);
  }

  #draw(hint: MicrophoneHint | null): void {
    this.#shown = hint;
    if (hint === null && this.#hint.matches(':focus-within')) this.#elsewhere.focus();
    setHidden(this.#hint, hint === null);
    setText(this.#title, hint === null ? '' : this.#t(`hint.${hint}.title`));
    setText(this.#text, hint === null ? '' : this.#t(`hint.${hint}.text`));
    setHidden(this.#unmute, hint !== 'talking-muted');
  }
}

/** The browser wants a tap before it plays a voice. */
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
