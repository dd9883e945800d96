/** Owns what is said of files to whoever listens: offers, what arrived and what did not, never each per cent. */

import { isolated } from '../../../main/common/names/visible-text.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { Language, Translate } from '../../../main/common/translate.ts';
import type { FileTransfer } from '../../core/state/files-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { Cooldown } from '../shell/cooldown.ts';
import { fileInSentence } from './file-names.ts';
import type { FileNews } from './file-news.ts';
import { fileWords } from './file-words.ts';

/** Long enough for a sentence to be read out. */
export const FILE_ANNOUNCEMENT_GAP_MS = 2_000;

const KINDS = ['offered', 'arrived', 'delivered', 'ended'] as const satisfies readonly (keyof FileNews)[];
const MANY: Readonly<Record<keyof FileNews, TextKey>> = {
  offered: 'file.news.offers',
  arrived: 'file.news.arrived-many',
  delivered: 'file.news.delivered-many',
  ended: 'file.news.ended-many',
};

export interface FileAnnouncerOptions {
  /** Is read out as it changes. */
  readonly region: HTMLElement;
  readonly t: Translate<TextKey>;
  readonly language: () => Language;
  readonly timers: TimersLike;
}

/** One file by its name, several of a short time by their number. */
export class FileAnnouncer {
  readonly #options: FileAnnouncerOptions;
  readonly #pace: Cooldown;
  #waiting: { readonly kind: keyof FileNews; readonly transfer: FileTransfer; readonly person: string }[] =
    [];

  constructor(options: FileAnnouncerOptions) {
    this.#options = options;
    this.#pace = new Cooldown(options.timers, FILE_ANNOUNCEMENT_GAP_MS, () => this.#write());
  }

  announce(news: FileNews, nameOf: (transfer: FileTransfer) => string): void {
    const added = KINDS.flatMap((kind) =>
      news[kind].map((transfer) => ({ kind, transfer, person: nameOf(transfer) })),
    );
    if (added.length === 0) return;
    this.#waiting.push(...added);
    this.#pace.request();
  }

  #write(): void {
    const { region, t } = this.#options;
    const waiting = this.#waiting;
    this.#waiting = [];
    const lines = KINDS.flatMap((kind) => {
      const all = waiting.filter((item) => item.kind === kind);
      const [first] = all;
      if (first === undefined) return [];
      if (all.length > 1) return [t(MANY[kind], { count: all.length })];
      return [this.#one(kind, first.transfer, first.person)];
    });
    // A new node each time: the same words once more are to be read once more.
    const line = region.ownerDocument.createElement('p');
    line.textContent = lines.join('. ');
    region.replaceChildren(line);
  }

  #one(kind: keyof FileNews, transfer: FileTransfer, person: string): string {
    const { t, language } = this.#options;
    if (transfer.phase === 'unready') return fileWords(transfer, t, language()).state;
    const file = fileInSentence(transfer.name);
    const name = isolated(person);
    if (kind === 'offered') return t('file.news.offer', { file, name });
    if (kind === 'arrived') return t('file.news.arrived', { file });
    if (kind === 'delivered') return t('file.news.delivered', { file, name });
    return t('file.news.ended', { file, why: fileWords(transfer, t, language()).state });
  }
}
