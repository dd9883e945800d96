/** Owns the question of who closes a window while something goes on: what it says, and what each of its buttons means. Pure. */

import type { MessageBoxOptions } from 'electron';
import type { Activity } from './activity.ts';
import type { NativeTexts } from './native-texts.ts';

/** Keep everything going without the window; end it; close nothing. */
export type CloseAnswer = 'keep' | 'end' | 'cancel';

export interface CloseQuestion {
  /** What would end: everything, or the call in its window. */
  readonly ends: 'app' | 'call';
  readonly activity: Activity;
  /** Whether the tray could bring a hidden window back. */
  readonly mayKeep: boolean;
  /** Whether it would be offered then: nobody who quits asks for it. */
  readonly wantsKeeping: boolean;
}

export interface CloseDialog {
  readonly options: MessageBoxOptions;
  /** By the number of the button. */
  readonly answers: readonly CloseAnswer[];
}

export function closeDialog(question: CloseQuestion, t: NativeTexts, platform: NodeJS.Platform): CloseDialog {
  const { mayKeep, wantsKeeping } = question;
  const { message, detail, end } = wordsOf(question, t);
  const keepDetail = t(platform === 'darwin' ? 'quit.keep-detail-menu-bar' : 'quit.keep-detail-tray');
  const remarks = mayKeep ? [keepDetail] : wantsKeeping ? [t('quit.no-tray')] : [];
  const buttons: readonly (readonly [CloseAnswer, string])[] = [
    ...(mayKeep ? [['keep', t('quit.keep')] as const] : []),
    ['end', end],
    ['cancel', t('quit.cancel')],
  ];
  const answers = buttons.map(([answer]) => answer);
  const cancelId = answers.indexOf('cancel');
  return {
    answers,
    options: {
      type: 'question',
      message,
      detail: [detail, ...remarks].join(' '),
      buttons: buttons.map(([, label]) => label),
      // Never the button that ends a call: somebody may press Enter before reading.
      defaultId: mayKeep ? answers.indexOf('keep') : cancelId,
      cancelId,
      noLink: true,
    },
  };
}

interface QuestionWords {
  readonly message: string;
  readonly detail: string;
  readonly end: string;
}

function wordsOf({ ends, activity: { room, call } }: CloseQuestion, t: NativeTexts): QuestionWords {
  if (ends === 'app' && room !== null && room.people > 0) {
    const message = t('quit.message', { count: room.people });
    return { message, detail: t('quit.detail'), end: t('quit.confirm') };
  }
  if (call === null) {
    return { message: t('quit.message-empty'), detail: t('quit.detail-empty'), end: t('quit.confirm-empty') };
  }
  return {
    message:
      call.others === 0 ? t('quit.message-call-alone') : t('quit.message-call', { count: call.others }),
    detail: t(ends === 'app' ? 'quit.detail-call' : 'quit.detail-window'),
    end: t('quit.confirm-call'),
  };
}
