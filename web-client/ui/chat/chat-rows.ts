/** Owns which messages in the list begin a group with a head of its own, and which of them read otherwise than before. */

import type { ChatMessage } from '../../core/state/chat-state.ts';
import type { ChatChanges } from './chat-changes.ts';

/** The same object as long as nothing of it changed. */
export interface ChatRow {
  readonly message: ChatMessage;
  /** Another author or another minute than the message above. */
  readonly startsGroup: boolean;
}

const MINUTE_MS = 60_000;

/**
 * The rows of all messages, from those that stand already. The one at `dividerKey` begins a group, for a line stands
 * above it.
 */
export function chatRows(
  standing: readonly ChatRow[],
  { messages, dropped }: ChatChanges,
  dividerKey: string | null,
): readonly ChatRow[] {
  return messages.map((message, index) => {
    const startsGroup = message.key === dividerKey || !joins(messages[index - 1], message);
    const before = standing[dropped.length + index];
    return before?.message === message && before.startsGroup === startsGroup
      ? before
      : { message, startsGroup };
  });
}

function joins(above: ChatMessage | undefined, message: ChatMessage): boolean {
  return (
    above !== undefined &&
    above.author === message.author &&
    above.authorName === message.authorName &&
    minuteOf(above) === minuteOf(message)
  );
}

function minuteOf({ atMs }: ChatMessage): number {
  return Math.floor(atMs / MINUTE_MS);
}
