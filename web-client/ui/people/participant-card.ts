/** Owns one person's card: who it is, how they are heard and connected, and the button that tells the trust. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TrustState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { renderBadge } from '../shell/badge.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { isSameRow, type ParticipantRow, spokenName } from './participant-rows.ts';
import { ParticipantVolume, type VolumeIntents } from './participant-volume.ts';
import { linkWords, qualityLevel } from './quality.ts';

export interface ParticipantIntents extends VolumeIntents {
  showVerification(id: string): void;
  /** `anchor` is the button that asked for the numbers. */
  showQuality(id: string, anchor: HTMLElement): void;
}

export const TRUST_ICONS: Readonly<Record<TrustState, string>> = {
  checking: '#icon-checking',
  sealed: '#icon-seal',
  verified: '#icon-verified',
  failed: '#icon-alert',
};

export class ParticipantCard {
  readonly element: HTMLElement;
  readonly #t: Translate<TextKey>;
  readonly #badge: HTMLElement;
  readonly #micMark: HTMLElement;
  readonly #micIcon: SVGUseElement;
  readonly #handMark: HTMLElement;
  readonly #reaction: HTMLElement;
  readonly #name: HTMLElement;
  readonly #you: HTMLElement;
  readonly #shortId: HTMLElement;
  readonly #spoken: HTMLElement;
  readonly #own: HTMLElement;
  readonly #link: HTMLButtonElement;
  readonly #linkText: HTMLElement;
  readonly #trust: HTMLButtonElement;
  readonly #trustIcon: SVGUseElement;
  readonly #trustText: HTMLElement;
  readonly #trustAct: HTMLElement;
  readonly #warning: HTMLElement;
  readonly #sound: ParticipantVolume;
  /** What stands on the card. */
  #shown: { readonly line: ParticipantRow; readonly ownState: TextKey } | null = null;

  constructor(root: Document, t: Translate<TextKey>, id: string, intents: ParticipantIntents) {
    this.#t = t;
    this.element = cloneTemplate(root, 'person-template');
    fillTexts(this.element, t);
    this.#badge = part(this.element, 'badge', HTMLElement);
    this.#micMark = part(this.element, 'mic-mark', HTMLElement);
    this.#micIcon = part(this.element, 'mic-icon', SVGUseElement);
    this.#handMark = part(this.element, 'hand-mark', HTMLElement);
    this.#reaction = part(this.element, 'reaction', HTMLElement);
    this.#name = part(this.element, 'name', HTMLElement);
    this.#you = part(this.element, 'you', HTMLElement);
    this.#shortId = part(this.element, 'short-id', HTMLElement);
    this.#spoken = part(this.element, 'spoken', HTMLElement);
    this.#own = part(this.element, 'own', HTMLElement);
    this.#link = part(this.element, 'link', HTMLButtonElement);
    this.#linkText = part(this.element, 'link-text', HTMLElement);
    this.#trust = part(this.element, 'trust', HTMLButtonElement);
    this.#trustIcon = part(this.element, 'trust-icon', SVGUseElement);
    this.#trustText = part(this.element, 'trust-text', HTMLElement);
    this.#trustAct = part(this.element, 'trust-act', HTMLElement);
    this.#warning = part(this.element, 'warning', HTMLElement);
    this.#sound = new ParticipantVolume(this.element, t, id, intents);

    this.#trust.addEventListener('click', () => intents.showVerification(id));
    this.#link.addEventListener('click', () => intents.showQuality(id, this.#link));
  }

  /** `ownState` is what the own card says of the microphone. */
  render(line: ParticipantRow, ownState: TextKey): void {
    const shown = this.#shown;
    if (shown !== null && shown.ownState === ownState && isSameRow(shown.line, line)) return;
    this.#shown = { line, ownState };
    const name = line.name ?? this.#t('name.unknown');
    renderBadge(this.#badge, line.id, name);
    setText(this.#name, name);
    setAttribute(this.#name, 'title', name);
    setHidden(this.#you, line.kind !== 'self');
    setText(this.#shortId, line.shortId);
    setAttribute(this.#shortId, 'title', this.#t('people.short-id', { id: line.shortId }));
    setAttribute(this.element, 'data-kind', line.kind);
    setAttribute(this.element, 'data-link', line.link);
    setAttribute(this.element, 'data-speaking', line.speaking ? '' : null);
    this.#renderVoice(line, ownState);
    this.#renderLink(line);
    this.#renderTrust(line);
    this.#sound.render(line);
  }

  /** The next state is shown in other words. */
  handleLanguage(): void {
    this.#shown = null;
  }

  #renderVoice({ kind, microphone, handUp, reaction }: ParticipantRow, ownState: TextKey): void {
    const silent = microphone === 'muted' || microphone === 'none' ? microphone : null;
    setHidden(this.#micMark, silent === null);
    setAttribute(this.#micIcon, 'href', silent === 'none' ? '#icon-listen' : '#icon-mic-off');
    setHidden(this.#handMark, !handUp);
    // Put in anew for each, so that the same emoji again comes up again.
    if (setAttribute(this.#reaction, 'data-serial', reaction === null ? null : String(reaction.serial))) {
      this.#reaction.replaceChildren();
      if (reaction !== null) {
        const emoji = this.#reaction.appendChild(this.element.ownerDocument.createElement('span'));
        emoji.textContent = reaction.emoji;
      }
    }
    const own = kind === 'self';
    setHidden(this.#own, !own);
    setText(this.#own, own ? this.#t(ownState) : '');
    const told = [
      ...(silent === null || own ? [] : [this.#t(`person.mic-${silent}`)]),
      ...(handUp ? [this.#t('person.hand-up')] : []),
    ];
    setText(this.#spoken, told.join('. '));
  }

  #renderLink(line: ParticipantRow): void {
    const { link, quality, obstacle } = line;
    setHidden(this.#link, link === null);
    if (link === null) return;
    const state = this.#t(linkWords(link, quality, obstacle));
    setAttribute(this.#link, 'data-level', qualityLevel(link, quality));
    setText(this.#linkText, state);
    const name = spokenName(line, this.#t('name.unknown'));
    setAttribute(this.#link, 'aria-label', this.#t('quality.open', { state, name }));
  }

  #renderTrust(line: ParticipantRow): void {
    const { trust } = line;
    setHidden(this.#trust, trust === null);

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
    const warning = this.#warningText(line);
    const text = warning ?? this.#calmText(line);
    setHidden(this.#warning, text === null);
    setText(this.#warning, text ?? '');
    setAttribute(this.#warning, 'data-tone', warning === null ? 'calm' : null);
  }

  #warningText({ failure, tamperedBoxes }: ParticipantRow): string | null {
    if (failure !== null) return this.#t(`failure.${failure}`);
    return tamperedBoxes > 0 ? this.#t('people.tampered', { count: tamperedBoxes }) : null;
  }

  #calmText({ obstacle, volumeReach }: ParticipantRow): string | null {
    if (obstacle !== null) return this.#t(`obstacle.${obstacle}`);
    return volumeReach === 'full' ? null : this.#t(`volume.${volumeReach}`);
  }
}
