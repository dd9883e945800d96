/** Owns a participant's card: name, microphone, volume, peer connection, and the button with the trust. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TrustState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { renderBadge } from '../shell/badge.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { isSameRow, type ParticipantRow, spokenName } from './participant-rows.ts';
import { ParticipantVolume, type VolumeIntents } from './participant-volume.ts';
import { peerWords, qualityLevel } from './quality.ts';

export interface ParticipantIntents extends VolumeIntents {
  showVerification(id: string): void;
  /** Opens the chooser of files for them. */
  sendFilesTo(id: string): void;
  /** `anchor` is the button that asked for the numbers. */
  showQuality(id: string, anchor: HTMLElement): void;
  /** Tells what the badge of the app on one's own card means; null where the app does not bring the page. */
  readonly showVerifiedApp: ((anchor: HTMLElement) => void) | null;
}

export const TRUST_ICONS: Readonly<Record<TrustState, string>> = {
  checking: '#icon-checking',
  sealed: '#icon-seal',
  verified: '#icon-verified',
  failed: '#icon-alert',
};

export class ParticipantCard {
  readonly element: HTMLElement;
  readonly #document: Document;
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
  readonly #peer: HTMLButtonElement;
  readonly #peerText: HTMLElement;
  readonly #trust: HTMLButtonElement;
  readonly #trustIcon: SVGUseElement;
  readonly #trustText: HTMLElement;
  readonly #trustAct: HTMLElement;
  readonly #send: HTMLButtonElement;
  readonly #warning: HTMLElement;
  readonly #sound: ParticipantVolume;
  readonly #showVerifiedApp: ParticipantIntents['showVerifiedApp'];
  #app: HTMLElement | null = null;
  /** What stands on the card. */
  #shown: { readonly row: ParticipantRow; readonly ownState: TextKey } | null = null;

  constructor(root: Document, t: Translate<TextKey>, id: string, intents: ParticipantIntents) {
    this.#document = root;
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
    this.#peer = part(this.element, 'peer', HTMLButtonElement);
    this.#peerText = part(this.element, 'peer-text', HTMLElement);
    this.#trust = part(this.element, 'trust', HTMLButtonElement);
    this.#trustIcon = part(this.element, 'trust-icon', SVGUseElement);
    this.#trustText = part(this.element, 'trust-text', HTMLElement);
    this.#trustAct = part(this.element, 'trust-act', HTMLElement);
    this.#send = part(this.element, 'send', HTMLButtonElement);
    this.#warning = part(this.element, 'warning', HTMLElement);
    this.#sound = new ParticipantVolume(this.element, t, id, intents);

    this.#showVerifiedApp = intents.showVerifiedApp;
    this.#trust.addEventListener('click', () => intents.showVerification(id));
    this.#peer.addEventListener('click', () => intents.showQuality(id, this.#peer));
    this.#send.addEventListener('click', () => intents.sendFilesTo(id));
  }

  /** `ownState` is what the own card says of the microphone. */
  render(row: ParticipantRow, ownState: TextKey): void {
    const shown = this.#shown;
    if (shown !== null && shown.ownState === ownState && isSameRow(shown.row, row)) return;
    this.#shown = { row, ownState };
    const name = row.name ?? this.#t('name.unknown');
    renderBadge(this.#badge, row.id, name);
    setText(this.#name, name);
    setAttribute(this.#name, 'title', name);
    setHidden(this.#you, row.kind !== 'self');
    setText(this.#shortId, row.shortId);
    setAttribute(this.#shortId, 'title', this.#t('people.short-id', { id: row.shortId }));
    setAttribute(this.element, 'data-kind', row.kind);
    setAttribute(this.element, 'data-peer', row.peerPhase);
    setAttribute(this.element, 'data-speaking', row.speaking ? '' : null);
    this.#renderVoice(row, ownState);
    this.#renderPeer(row);
    this.#renderTrust(row);
    this.#renderSend(row);
    this.#sound.render(row);
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
    if (own && this.#showVerifiedApp !== null) this.#app ??= this.#addBadge(this.#showVerifiedApp);
    setText(this.#own, own ? this.#t(ownState) : '');
    const facts = [
      ...(silent === null || own ? [] : [this.#t(`person.mic-${silent}`)]),
      ...(handUp ? [this.#t('person.hand-up')] : []),
    ];
    setText(this.#spoken, facts.join('. '));
  }

  /** Only where it is true does it stand in the document at all. */
  #addBadge(show: (anchor: HTMLElement) => void): HTMLElement {
    const badge = cloneTemplate(this.#document, 'own-app-template');
    fillTexts(badge, this.#t);
    badge.addEventListener('click', () => show(badge));
    this.#own.after(badge);
    return badge;
  }

  #renderPeer(row: ParticipantRow): void {
    const { peerPhase, grade, obstacle } = row;
    setHidden(this.#peer, peerPhase === null);
    if (peerPhase === null) return;
    const state = this.#t(peerWords(peerPhase, grade, obstacle));
    setAttribute(this.#peer, 'data-level', qualityLevel(peerPhase, grade));
    setText(this.#peerText, state);
    const name = spokenName(row, this.#t('name.unknown'));
    setAttribute(this.#peer, 'aria-label', this.#t('quality.open', { state, name }));
  }

  #renderTrust(row: ParticipantRow): void {
    const { trust } = row;
    setHidden(this.#trust, trust === null);

    if (trust !== null) {
      const state = this.#t(`trust.${trust}`);
      const name = spokenName(row, this.#t('name.unknown'));
      setAttribute(this.#trust, 'data-trust', trust);
      setAttribute(this.#trustIcon, 'href', TRUST_ICONS[trust]);
      setText(this.#trustText, state);
      setHidden(this.#trustAct, trust !== 'sealed');
      const label = trust === 'sealed' ? 'verify.open' : 'verify.details';
      setAttribute(this.#trust, 'aria-label', this.#t(label, { state, name }));
    }
    const warning = this.#warningText(row);
    const text = warning ?? this.#calmText(row);
    setHidden(this.#warning, text === null);
    setText(this.#warning, text ?? '');
    setAttribute(this.#warning, 'data-tone', warning === null ? 'calm' : null);
  }

  #renderSend(row: ParticipantRow): void {
    setHidden(this.#send, !row.takesFiles);
    // Where they can be dropped for this one alone.
    setAttribute(this.element, 'data-person', row.takesFiles ? row.id : null);
    const label = this.#t('file.send-to', { name: spokenName(row, this.#t('name.unknown')) });
    setAttribute(this.#send, 'aria-label', label);
    setAttribute(this.#send, 'title', label);
  }

  #warningText({ failure, tamperedBoxes }: ParticipantRow): string | null {
    if (failure !== null) return this.#t(`failure.${failure}`);
    return tamperedBoxes > 0 ? this.#t('people.tampered', { count: tamperedBoxes }) : null;
  }

  #calmText({ obstacle, introduced, volumeReach }: ParticipantRow): string | null {
    if (obstacle !== null) return this.#t(`obstacle.${obstacle}`);
    if (introduced) return this.#t('people.introduced');
    return volumeReach === 'full' ? null : this.#t(`volume.${volumeReach}`);
  }
}
