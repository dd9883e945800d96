/** Owns one person's line in the list: name, link, the button that tells the trust, and the one that mutes them here. */

import type { Translate } from '../../main/common/translate.ts';
import type { TrustState } from '../core/room-state.ts';
import type { TextKey } from '../i18n/en.ts';
import { initialOf } from './display-name.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from './dom.ts';
import type { PageIntents } from './intents.ts';
import { type PersonLine, spokenName } from './people.ts';

export interface PersonIntents extends Pick<PageIntents, 'setMutedHere'> {
  showVerification(id: string): void;
}

export const TRUST_ICONS: Readonly<Record<TrustState, string>> = {
  checking: '#icon-checking',
  sealed: '#icon-seal',
  verified: '#icon-verified',
  failed: '#icon-alert',
};

/** Tints of the round badges; people of one name get different ones, mostly. */
const TINTS = 8;

export class PersonItem {
  readonly element: HTMLElement;
  readonly #t: Translate<TextKey>;
  readonly #badge: HTMLElement;
  readonly #name: HTMLElement;
  readonly #you: HTMLElement;
  readonly #shortId: HTMLElement;
  readonly #link: HTMLElement;
  readonly #trustLine: HTMLElement;
  readonly #trust: HTMLButtonElement;
  readonly #trustIcon: SVGUseElement;
  readonly #trustText: HTMLElement;
  readonly #trustAct: HTMLElement;
  readonly #warning: HTMLElement;
  readonly #mute: HTMLButtonElement;
  readonly #muteIcon: SVGUseElement;
  readonly #muteText: HTMLElement;
  #muted = false;

  constructor(root: Document, t: Translate<TextKey>, id: string, intents: PersonIntents) {
    this.#t = t;
    this.element = cloneTemplate(root, 'person-template');
    fillTexts(this.element, t);
    this.#badge = part(this.element, 'badge', HTMLElement);
    this.#name = part(this.element, 'name', HTMLElement);
    this.#you = part(this.element, 'you', HTMLElement);
    this.#shortId = part(this.element, 'short-id', HTMLElement);
    this.#link = part(this.element, 'link', HTMLElement);
    this.#trustLine = part(this.element, 'trust-line', HTMLElement);
    this.#trust = part(this.element, 'trust', HTMLButtonElement);
    this.#trustIcon = part(this.element, 'trust-icon', SVGUseElement);
    this.#trustText = part(this.element, 'trust-text', HTMLElement);
    this.#trustAct = part(this.element, 'trust-act', HTMLElement);
    this.#warning = part(this.element, 'warning', HTMLElement);
    this.#mute = part(this.element, 'mute', HTMLButtonElement);
    this.#muteIcon = part(this.element, 'mute-icon', SVGUseElement);
    this.#muteText = part(this.element, 'mute-text', HTMLElement);

    setAttribute(this.#badge, 'data-tint', String((id.charCodeAt(0) + id.charCodeAt(1)) % TINTS));
    this.#trust.addEventListener('click', () => intents.showVerification(id));
    this.#mute.addEventListener('click', () => intents.setMutedHere(id, !this.#muted));
  }

  /** `selfState` is what the own line says of the microphone. */
  render(line: PersonLine, selfState: TextKey): void {
    const name = line.name ?? this.#t('name.unknown');
    setText(this.#badge, initialOf(name));
    setText(this.#name, name);
    setAttribute(this.#name, 'title', name);
    setHidden(this.#you, line.kind !== 'self');
    setText(this.#shortId, line.shortId);
    setAttribute(this.#shortId, 'title', this.#t('people.short-id', { id: line.shortId }));
    setAttribute(this.element, 'data-link', line.link);
    this.#renderLink(line, selfState);
    this.#renderTrust(line);
    this.#renderMute(line);
  }

  #renderLink(line: PersonLine, selfState: TextKey): void {
    const state =
      line.kind === 'self' ? selfState : line.link === null ? null : (`link.${line.link}` as const);
    setHidden(this.#link, state === null);
    setText(this.#link, state === null ? '' : this.#t(state));
  }

  #renderTrust(line: PersonLine): void {
    const { trust, failure, tamperedBoxes } = line;
    setHidden(this.#trustLine, trust === null);

    if (trust !== null) {
      const state = this.#t(`trust.${trust}`);
      const name = spokenName(line, this.#t('name.unknown'));
      setAttribute(this.#trust, 'data-trust', trust);
      setAttribute(this.#trustIcon, 'href', TRUST_ICONS[trust]);
      setText(this.#trustText, state);
      setHidden(this.#trustAct, trust !== 'sealed');
      const label = trust === 'sealed' ? 'verify.open' : 'verify.details';
      setAttribute(this.#trust, 'aria-label', this.#t(label, { state, name }));
    }
    setHidden(this.#warning, failure === null && tamperedBoxes === 0);
    setText(this.#warning, this.#warningText(failure, tamperedBoxes));
  }

  #warningText(failure: PersonLine['failure'], tamperedBoxes: number): string {
    if (failure !== null) return this.#t(`failure.${failure}`);
    return tamperedBoxes > 0 ? this.#t('people.tampered', { count: tamperedBoxes }) : '';
  }

  #renderMute(line: PersonLine): void {
    const { kind, link, mutedHere } = line;
    this.#muted = mutedHere;
    setHidden(this.#mute, kind !== 'other' || link === 'failed' || link === 'waiting');
    setText(this.#muteText, this.#t(mutedHere ? 'people.unmute' : 'people.mute'));
    setAttribute(this.#muteIcon, 'href', mutedHere ? '#icon-sound-off' : '#icon-sound');
    this.#mute.classList.toggle('button-off', mutedHere);
    const name = spokenName(line, this.#t('name.unknown'));
    const label = this.#t(mutedHere ? 'people.unmute-name' : 'people.mute-name', { name });
    setAttribute(this.#mute, 'aria-label', label);
  }
}
