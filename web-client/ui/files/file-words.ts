/** Owns what an entry says of one person's transfer, and what can be done with it, by its state. */

import { FILE_MEMORY_MAX } from '../../../main/common/protocol/file-limits.ts';

import { assertNever } from '../../../main/common/result.ts';
import type { Language, Translate } from '../../../main/common/translate.ts';
import type { FileTransfer } from '../../core/state/files-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { sizeText, speedText, timeLeftText } from './file-amounts.ts';
import { fileInSentence } from './file-names.ts';

export const FILE_ACTS = [
  'accept',
  'decline',
  'pause',
  'resume',
  'save',
  'show-in-folder',
  'cancel',
] as const;

/** The name of a button. */
export type FileAct = (typeof FILE_ACTS)[number];

export type FileTone = 'calm' | 'good' | 'problem';

export interface FileWords {
  /** Sentences that stay while the state does. */
  readonly state: string;
  /** What changes all the time, beside the bar: how far it is, and how fast it goes once that is known. */
  readonly progress: readonly string[];
  readonly tone: FileTone;
}

export function fileActs({
  direction,
  phase,
  pausedBy,
  tooLargeForMemory,
  canShow,
}: FileTransfer): readonly FileAct[] {
  switch (phase) {
    case 'unready':
      return [];
    case 'offered':
      if (direction === 'out') return ['cancel'];
      return tooLargeForMemory ? ['decline'] : ['accept', 'decline'];
    case 'moving':
    case 'waiting':
      return ['pause', 'cancel'];
    case 'paused':
      return pausedBy === 'here' ? ['resume', 'cancel'] : ['cancel'];
    case 'checking':
      return ['cancel'];
    case 'whole':
      if (direction === 'out') return [];
      return canShow ? ['save', 'show-in-folder'] : ['save'];
    case 'ended':
      return [];
    default:
      return assertNever(phase);
  }
}

/** Between 0 and 1; null where there is nothing to be shown of it. */
export function fileShare({ phase, bytesDone, size }: FileTransfer): number | null {
  if (phase === 'unready' || phase === 'offered' || phase === 'whole' || phase === 'ended') return null;
  return size === 0 ? 1 : Math.min(1, bytesDone / size);
}

export function fileWords(transfer: FileTransfer, t: Translate<TextKey>, language: Language): FileWords {
  return {
    state: stateText(transfer, t, language),
    progress: progressLines(transfer, t, language),
    tone: toneOf(transfer),
  };
}

function toneOf({ phase, why, saved, fault, direction, tooLargeForMemory }: FileTransfer): FileTone {
  if (fault || phase === 'unready') return 'problem';
  if (phase === 'whole')
    return saved === 'no' || saved === 'saving' || saved === 'saved' ? 'good' : 'problem';
  if (phase === 'offered') return direction === 'in' && tooLargeForMemory ? 'problem' : 'calm';
  if (phase !== 'ended') return 'calm';
  return why === 'cancelled-here' || (why === 'declined' && direction === 'in') ? 'calm' : 'problem';
}

function stateText(transfer: FileTransfer, t: Translate<TextKey>, language: Language): string {
  const { direction, phase, pausedBy, fault, why, keptIn, tooLargeForMemory } = transfer;
  switch (phase) {
    case 'unready':
      return t(`file.${direction}.unready`);
    case 'offered':
      if (direction === 'out') return t('file.out.offered');
      if (fault) return t('file.in.fault');
      if (tooLargeForMemory) return t('file.in.too-large', { limit: sizeText(FILE_MEMORY_MAX, language) });
      return keptIn === 'memory' ? t('file.in.memory') : '';
    case 'moving':
      return keptIn === 'memory' ? t('file.in.memory') : '';
    case 'paused':
      if (fault) return t('file.paused.fault');
      return t(pausedBy === 'here' ? 'file.paused.here' : 'file.paused.there');
    case 'waiting':
      return t('file.waiting');
    case 'checking':
      return t(`file.${direction}.checking`);
    case 'whole':
      return direction === 'out' ? t('file.out.whole') : wholeText(transfer, t);
    case 'ended':
      return t(`file.${direction}.ended.${why ?? 'gone'}`);
    default:
      return assertNever(phase);
  }
}

function wholeText({ saved, savedName, keptIn }: FileTransfer, t: Translate<TextKey>): string {
  switch (saved) {
    case 'no':
      return t(keptIn === 'memory' ? 'file.in.whole-memory' : 'file.in.whole');
    case 'saving':
      return t('file.in.saving');
    case 'saved':
      return savedName === null
        ? t('file.in.saved')
        : t('file.in.saved-as', { file: fileInSentence(savedName) });
    case 'failed':
    case 'no-space':
    case 'no-folder':
      return t(`file.in.save.${saved}`);
    default:
      return assertNever(saved);
  }
}

function progressLines(transfer: FileTransfer, t: Translate<TextKey>, language: Language): readonly string[] {
  const { phase, bytesDone, size, bytesPerSecond, secondsLeft } = transfer;
  if (fileShare(transfer) === null || phase === 'checking') return [];
  const amounts = { done: sizeText(bytesDone, language), size: sizeText(size, language) };
  if (phase !== 'moving') return bytesDone === 0 ? [] : [t('file.kept-part', amounts)];
  const pace = [
    // Before the first block has come there is no speed yet.
    ...(bytesPerSecond === null || bytesPerSecond < 1 ? [] : [speedText(bytesPerSecond, t, language)]),
    ...(secondsLeft === null ? [] : [timeLeftText(secondsLeft, t, language)]),
  ].join(' · ');
  return [t('file.done-of', amounts), ...(pace === '' ? [] : [pace])];
}
