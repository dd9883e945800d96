/** Owns the popover with the quality of one peer connection: its numbers, which stay true while it is open, and a report to copy. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { WriteClipboard } from '../shell/copy-row.ts';
import { cloneTemplate, fillTexts, part, setAttribute, setHidden, setText } from '../shell/dom.ts';
import type { Overlays } from '../shell/overlays.ts';
import { connectReport } from './connect-report.ts';
import { participantRows, spokenName } from './participant-rows.ts';
import { peerWords, type QualityRow, qualityRows } from './quality.ts';

/** How a report is made and passed on. */
export interface QualityCopying {
  readonly userAgent: string;
  readonly write: WriteClipboard;
}

export class QualityPopover {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #language: () => Language;
  readonly #overlays: Overlays;
  readonly #element: HTMLElement;
  readonly #title: HTMLElement;
  readonly #state: HTMLElement;
  readonly #rows: HTMLElement;
  #room: RoomState | null = null;
  #id: string | null = null;

  readonly #outcome: HTMLElement;
  readonly #copying: QualityCopying;

  constructor(
    root: Document,
    t: Translate<TextKey>,
    language: () => Language,
    overlays: Overlays,
    copying: QualityCopying,
  ) {
    this.#document = root;
    this.#t = t;
    this.#language = language;
    this.#overlays = overlays;
    this.#element = cloneTemplate(root, 'quality-template');
    this.#title = part(this.#element, 'title', HTMLElement);
    this.#state = part(this.#element, 'state', HTMLElement);
    this.#rows = part(this.#element, 'rows', HTMLElement);
    this.#outcome = part(this.#element, 'outcome', HTMLElement);
    this.#copying = copying;
    part(this.#element, 'copy', HTMLButtonElement).addEventListener('click', () => void this.#copy());
  }

  /** Opens after the anchor, inside the person's card, or closes if it is open there. */
  toggle(id: string, anchor: HTMLElement): void {
    const again = this.#id === id && this.#overlays.isOpen(this.#element);
    this.#overlays.close(this.#element);
    if (again) return;
    this.#id = id;
    fillTexts(this.#element, this.#t);
    setText(this.#outcome, '');
    this.#draw();
    anchor.after(this.#element);
    this.#overlays.open(this.#element, { anchor });
  }

  /** To be called before the cards are drawn: one whose person is gone takes the layer with it. */
  render(room: RoomState | null): void {
    this.#room = room;
    if (this.#overlays.isOpen(this.#element)) this.#draw();
  }

  #draw(): void {
    const participant = this.#room?.participants.find(({ id }) => id === this.#id);
    if (this.#room?.call !== 'joined' || participant === undefined) {
      this.#overlays.close(this.#element);
      return;
    }
    const row = participantRows(this.#room).find(({ id }) => id === participant.id);
    const name = row === undefined ? '' : spokenName(row, this.#t('name.unknown'));
    const title = this.#t('quality.title', { name });
    setText(this.#title, title);
    setAttribute(this.#element, 'aria-label', title);
    const obstacle = row?.obstacle ?? null;
    const words = peerWords(participant.peer.phase, participant.quality?.grade ?? null, obstacle);
    setText(this.#state, this.#t(obstacle === null ? words : `obstacle.${obstacle}`));
    // Nothing is measured while nothing gets through.
    setHidden(this.#rows, obstacle !== null);
    this.#drawRows(qualityRows(participant.quality, this.#t, this.#language()));
  }

  async #copy(): Promise<void> {
    const participant = this.#room?.participants.find(({ id }) => id === this.#id);
    if (this.#room === null || participant === undefined) return;
    // Emptied first, so that a second copy is announced like the first.
    setText(this.#outcome, '');
    const outcome = await this.#copying
      .write(connectReport(this.#room, participant, this.#copying.userAgent))
      .then(
        () => 'report.copied' as const,
        () => 'report.refused' as const,
      );
    setText(this.#outcome, this.#t(outcome));
  }

  #drawRows(rows: readonly QualityRow[]): void {
    for (const [index, { term, value }] of rows.entries()) {
      const row = this.#rows.children[index] ?? this.#rows.appendChild(this.#createRow());
      setText(part(row, 'term', HTMLElement), term);
      setText(part(row, 'value', HTMLElement), value);
    }
  }

  #createRow(): HTMLElement {
    return cloneTemplate(this.#document, 'quality-row-template');
  }
}
