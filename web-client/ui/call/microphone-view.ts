/** Owns the microphone's button and the help when there is no microphone. */

import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';

export class MicrophoneView {
  readonly #t: Translate<TextKey>;
  readonly #toggle: HTMLButtonElement;
  readonly #icon: SVGUseElement;
  readonly #label: HTMLElement;
  readonly #notice: HTMLElement;
  readonly #title: HTMLElement;
  readonly #text: HTMLElement;
  readonly #retry: HTMLButtonElement;
  #muted = false;

  constructor(root: Document, t: Translate<TextKey>, intents: PageIntents) {
    this.#t = t;
    this.#toggle = byId(root, 'microphone-toggle', HTMLButtonElement);
    this.#icon = byId(root, 'microphone-icon', SVGUseElement);
    this.#label = byId(root, 'microphone-label', HTMLElement);
    this.#notice = byId(root, 'microphone-notice', HTMLElement);
    this.#title = byId(root, 'microphone-notice-title', HTMLElement);
    this.#text = byId(root, 'microphone-notice-text', HTMLElement);
    this.#retry = byId(root, 'microphone-retry', HTMLButtonElement);

    this.#toggle.addEventListener('click', () => intents.setMicrophoneMuted(!this.#muted));
    this.#retry.addEventListener('click', () => intents.retryMicrophone());
  }

  render({ call, microphone }: RoomState): void {
    const inCall = call !== 'out';
    this.#muted = microphone.phase === 'live' && microphone.muted;
    const label = this.#t(this.#muted ? 'microphone.unmute' : 'microphone.mute');
    // Its words may come a moment later than the call.
    setHidden(this.#toggle, !(inCall && microphone.phase === 'live' && label !== ''));
    setText(this.#label, this.#t(this.#muted ? 'dock.unmute' : 'dock.mute'));
    setAttribute(this.#toggle, 'aria-label', label);
    setAttribute(this.#toggle, 'title', label);
    setAttribute(this.#icon, 'href', this.#muted ? '#icon-mic-off' : '#icon-mic');
    this.#toggle.classList.toggle('button-off', this.#muted);

    const problem =
      microphone.phase === 'none' ? microphone.reason : microphone.phase === 'asking' ? 'asking' : null;
    setHidden(this.#notice, !inCall || problem === null);
    setHidden(this.#retry, problem === 'asking');
    this.#notice.classList.toggle('banner-calm', problem === 'asking');
    setText(this.#title, problem === null ? '' : this.#t(`microphone.${problem}.title`));
    setText(this.#text, problem === null ? '' : this.#t(`microphone.${problem}.text`));
  }
}
