/** Owns one person's line in the list: name, link, trust, and the button that mutes them here. */

import type { Translate } from '../../main/common/translate.ts';
import type { TextKey } from '../i18n/en.ts';
import { initialOf } from './display-name.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from './dom.ts';
import type { PageIntents } from './intents.ts';
import type { PersonLine } from './people.ts';

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
  readonly #trust: HTMLElement;
  readonly #trustText: HTMLElement;
  readonly #warning: HTMLElement;
  readonly #mute: HTMLButtonElement;
  readonly #muteIcon: SVGUseElement;
  readonly #muteText: HTMLElement;
  #muted = false;

  constructor(root: Document, t: Translate<TextKey>, id: string, intents: Pick<PageIntents, 'setMutedHere'>) {
    this.#t = t;
    this.element = cloneTemplate(root, 'person-template');
    fillTexts(this.element, t);
    this.#badge = part(this.element, 'badge', HTMLElement);
    this.#name = part(this.element, 'name', HTMLElement);
    this.#you = part(this.element, 'you', HTMLElement);
    this.#shortId = part(this.element, 'short-id', HTMLElement);
    this.#link = part(this.element, 'link', HTMLElement);
    this.#trust = part(this.element, 'trust', HTMLElement);
    this.#trustText = part(this.element, 'trust-text', HTMLElement);
    this.#warning = part(this.element, 'warning', HTMLElement);
    this.#mute = part(this.element, 'mute', HTMLButtonElement);
    this.#muteIcon = part(this.element, 'mute-icon', SVGUseElement);
    this.#muteText = part(this.element, 'mute-text', HTMLElement);

    setAttribute(this.#badge, 'data-tint', String((id.charCodeAt(0) + id.charCodeAt(1)) % TINTS));
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
    this.#renderMute(line, name);
  }

  #renderLink(line: PersonLine, selfState: TextKey): void {
    const state =
      line.kind === 'self' ? selfState : line.link === null ? null : (`link.${line.link}` as const);
    setHidden(this.#link, state === null);
    setText(this.#link, state === null ? '' : this.#t(state));
  }

  #renderTrust({ trust, failure, tamperedBoxes }: PersonLine): void {
    setHidden(this.#trust, trust === null);
    setAttribute(this.#trust, 'data-trust', trust);
    setText(this.#trustText, trust === null ? '' : this.#t(`trust.${trust}`));
    setHidden(this.#warning, failure === null && tamperedBoxes === 0);
    setText(this.#warning, this.#warningText(failure, tamperedBoxes));
  }

  #warningText(failure: PersonLine['failure'], tamperedBoxes: number): string {
    if (failure !== null) return this.#t(`failure.${failure}`);
    return tamperedBoxes > 0 ? this.#t('people.tampered', { count: tamperedBoxes }) : '';
  }

  #renderMute({ kind, link, mutedHere, ambiguous, shortId }: PersonLine, name: string): void {
    this.#muted = mutedHere;
    setHidden(this.#mute, kind !== 'other' || link === 'failed' || link === 'waiting');
    setText(this.#muteText, this.#t(mutedHere ? 'people.unmute' : 'people.mute'));
    setAttribute(this.#muteIcon, 'href', mutedHere ? '#icon-sound-off' : '#icon-sound');
    this.#mute.classList.toggle('button-off', mutedHere);
    const spoken = ambiguous ? `${name} ${shortId}` : name;
    const label = this.#t(mutedHere ? 'people.unmute-name' : 'people.mute-name', { name: spoken });
    setAttribute(this.#mute, 'aria-label', label);
  }
}
