/** Owns what came to the chat and what was forgotten of it between two lists of its messages. */

import type { ChatMessage } from '../../core/chat-state.ts';

export interface ChatChanges {
  /** All there are now, first to last. */
  readonly messages: readonly ChatMessage[];
  /** From the beginning, first to last. */
  readonly dropped: readonly ChatMessage[];
  /** At the end, first to last. */
  readonly added: readonly ChatMessage[];
}

/** The log forgets at its beginning and adds at its end; a list of another call has nothing of the one before. */
export function chatChanges(before: readonly ChatMessage[], messages: readonly ChatMessage[]): ChatChanges {
  const first = messages[0]?.key;
  const found = before.findIndex(({ key }) => key === first);
  const dropped = found < 0 ? before : before.slice(0, found);
  return { messages, dropped, added: messages.slice(before.length - dropped.length) };
}
