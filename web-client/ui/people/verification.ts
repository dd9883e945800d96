/** Owns the comparison of the verification code with one participant, in words. */

import { VERIFICATION_EMOJI } from '../../../main/common/i18n/emoji.ts';
import type { Language } from '../../../main/common/translate.ts';
import type { ParticipantState, RoomState, TrustState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { type ParticipantRow, participantRows } from './participant-rows.ts';

/** What the dialog shows of one person. */
export interface Comparison {
  readonly row: ParticipantRow;
  readonly trust: TrustState;
  /** The one sentence: what to do, what to wait for, or why it is over. */
  readonly text: TextKey;
  /** null while the code may not be shown. */
  readonly code: readonly number[] | null;
  readonly canMatch: boolean;
  /** Also after a match: it may have been said by mistake. */
  readonly canDiffer: boolean;
}

/** null where there is nobody to compare with: the person, or oneself, is not in the call. */
export function comparisonWith(room: RoomState, id: string): Comparison | null {
  const participant = room.participants.find((other) => other.id === id);
  const row = participantRows(room).find((other) => other.id === id);
  if (room.call === 'out' || participant === undefined || row === undefined) return null;
  const { trust, code } = participant;
  return {
    row,
    trust,
    text: sentence(participant),
    code,
    canMatch: code !== null && trust === 'sealed',
    canDiffer: code !== null,
  };
}

function sentence({ peer, trust, code, codeless }: ParticipantState): TextKey {
  if (peer.phase === 'failed') return `failure.${peer.reason}`;
  if (codeless) return 'verify.none-left';
  if (code === null) return 'verify.waiting';
  return trust === 'verified' ? 'verify.again' : 'verify.how';
}

export interface CodeWord {
  readonly emoji: string;
  readonly word: string;
}

/** The seven pictures in order, with their words. */
export function codeWords(code: readonly number[], language: Language): readonly CodeWord[] {
  return code.flatMap((index) => {
    const entry = VERIFICATION_EMOJI[index];
    return entry === undefined ? [] : [{ emoji: entry.emoji, word: entry[language] }];
  });
}
