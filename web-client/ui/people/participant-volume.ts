/** Owns a participant's volume here: the button that mutes, the slider, and the way back to 100 %. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { part, setAttribute, setDisabled, setHidden, setText } from '../shell/dom.ts';
import { type ParticipantRow, spokenName } from './participant-rows.ts';

export type VolumeIntents = Pick<PageIntents, 'setMutedHere' | 'setVolume'>;

/** The slider counts in percent; 100 is the voice as it came. */
const PLAIN_PERCENT = 100;
const MAX_PERCENT = 200;

export class ParticipantVolume {
  readonly #t: Translate<TextKey>;
  readonly #card: HTMLElement;
  readonly #mute: HTMLButtonElement;
  readonly #muteIcon: SVGUseElement;
  readonly #more: HTMLButtonElement;
  readonly #slider: HTMLInputElement;
  readonly #value: HTMLButtonElement;
  #muted = false;
  #maxPercent = MAX_PERCENT;

  constructor(card: HTMLElement, t: Translate<TextKey>, id: string, intents: VolumeIntents) {
    this.#t = t;
    this.#card = card;
    this.#mute = part(card, 'mute', HTMLButtonElement);
    this.#muteIcon = part(card, 'mute-icon', SVGUseElement);
    this.#more = part(card, 'more', HTMLButtonElement);
    this.#slider = part(card, 'volume', HTMLInputElement);
    this.#value = part(card, 'volume-value', HTMLButtonElement);
    const reset = () => intents.setVolume(id, 1);
    this.#mute.addEventListener('click', () => intents.setMutedHere(id, !this.#muted));
    this.#more.addEventListener('click', () => this.#toggle());
    this.#slider.addEventListener('input', () => intents.setVolume(id, Number(this.#slider.value) / 100));
    this.#slider.addEventListener('dblclick', reset);
    this.#value.addEventListener('click', () => {
      reset();
      // The button rests at 100 % and must not take the focus with it.
      this.#slider.focus();
    });
  }

  render(row: ParticipantRow): void {
    const { kind, peerPhase, mutedHere, volume, volumeReach } = row;
    const hidden = kind !== 'other' || peerPhase === 'failed' || peerPhase === 'waiting';
    setHidden(this.#mute, hidden);
    for (const element of [this.#more, this.#slider, this.#value])
      setHidden(element, hidden || volumeReach === 'none');
    if (hidden) return;
    this.#maxPercent = volumeReach === 'full' ? MAX_PERCENT : PLAIN_PERCENT;
    const name = spokenName(row, this.#t('name.unknown'));
    this.#renderMute(mutedHere, name);
    this.#renderVolume(Math.round(volume * 100), name);
  }

  #renderMute(muted: boolean, name: string): void {
    this.#muted = muted;
    setAttribute(this.#muteIcon, 'href', muted ? '#icon-sound-off' : '#icon-sound');
    this.#mute.classList.toggle('button-off', muted);
    const label = this.#t(muted ? 'people.unmute-name' : 'people.mute-name', { name });
    setAttribute(this.#mute, 'aria-label', label);
    setAttribute(this.#mute, 'title', label);
  }

  #renderVolume(percent: number, name: string): void {
    const shown = this.#t('percent', { value: percent });
    setAttribute(this.#slider, 'max', String(this.#maxPercent));
    if (this.#slider.valueAsNumber !== percent) this.#slider.value = String(percent);
    setAttribute(this.#slider, 'aria-label', this.#t('volume.of', { name }));
    setAttribute(this.#slider, 'aria-valuetext', shown);
    const fill = `${(percent / this.#maxPercent) * 100}%`;
    if (this.#slider.style.getPropertyValue('--fill') !== fill)
      this.#slider.style.setProperty('--fill', fill);
    setAttribute(this.#slider, 'data-changed', percent === PLAIN_PERCENT ? null : '');
    setText(this.#value, shown);
    setAttribute(this.#value, 'aria-label', this.#t('volume.reset', { name, value: shown }));
    setDisabled(this.#value, percent === PLAIN_PERCENT);
    setAttribute(this.#more, 'aria-label', this.#t('volume.show', { name }));
    this.#more.classList.toggle('button-on', percent !== PLAIN_PERCENT);
  }

  /** Only narrow screens have the button; on others the slider always stands. */
  #toggle(): void {
    const open = this.#card.classList.toggle('sound-open');
    setAttribute(this.#more, 'aria-expanded', String(open));
    if (open) this.#slider.focus();
  }
}
