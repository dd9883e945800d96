/** Owns the changes between two lists of messages, added and dropped, and how much is drawn in one go. */

import { CHAT_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import type { ChatMessage } from '../../core/state/chat-state.ts';

export interface ChatChanges {
  /** All there are now, first to last. */
  readonly messages: readonly ChatMessage[];
  /** From the beginning, first to last. */
  readonly dropped: readonly ChatMessage[];
  /** At the end, first to last. */
  readonly added: readonly ChatMessage[];
}

/** New messages that are drawn in one go, and the UTF-16 units of their texts: longer would keep the page from all else. */
export const PORTION_MAX_MESSAGES = 20;
export const PORTION_MAX_UNITS = CHAT_MAX_UNITS;

/** The log forgets at its beginning and adds at its end; a list of another call has nothing of the one before. */
export function chatChanges(before: readonly ChatMessage[], messages: readonly ChatMessage[]): ChatChanges {
  const first = messages[0]?.key;
  const found = before.findIndex(({ key }) => key === first);
  const dropped = found < 0 ? before : before.slice(0, found);
  return { messages, dropped, added: messages.slice(before.length - dropped.length) };
}

/** `messages` up to the last that is drawn in one go after those that stand; the same list if these are all. */
export function nextPortion(
  before: readonly ChatMessage[],
  messages: readonly ChatMessage[],
): readonly ChatMessage[] {
  const { added } = chatChanges(before, messages);
  let units = 0;
  const end = added.findIndex(({ text }, index) => {
    units += text.length;
    return index >= PORTION_MAX_MESSAGES || (index > 0 && units > PORTION_MAX_UNITS);
  });
  return end < 0 ? messages : messages.slice(0, messages.length - added.length + end);
}

/** Of `before`, those that are still there, as they are now; the same list if nothing of it changed. */
export function stillStanding(
  before: readonly ChatMessage[],
  messages: readonly ChatMessage[],
): readonly ChatMessage[] {
  const { added } = chatChanges(before, messages);
  const standing = messages.slice(0, messages.length - added.length);
  const same = standing.length === before.length && standing.every((message, at) => message === before[at]);
  return same ? before : standing;
}
