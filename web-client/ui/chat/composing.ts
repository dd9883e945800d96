/** Owns what can be done with what is typed: sent, or not and why. */

import { CHAT_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import type { RoomState } from '../../core/state/room-state.ts';

/** From here on it is counted before one's eyes. */
export const COUNTED_UNITS = 1_800;

export type Composing =
  /** Nobody would read it. */
  | { readonly kind: 'closed'; readonly reason: 'alone' | 'outside' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'ready'; readonly text: string; readonly units: number }
  | { readonly kind: 'too-long'; readonly units: number; readonly excess: number };

export function composing(
  typed: string,
  room: Pick<RoomState, 'call'> & { readonly participants: readonly unknown[] },
): Composing {
  if (room.call !== 'joined') return { kind: 'closed', reason: 'outside' };
  if (room.participants.length === 0) return { kind: 'closed', reason: 'alone' };
  const text = typed.trim();
  if (text === '') return { kind: 'blank' };
  const units = text.length;
  return units > CHAT_MAX_UNITS
    ? { kind: 'too-long', units, excess: units - CHAT_MAX_UNITS }
    : { kind: 'ready', text, units };
}
