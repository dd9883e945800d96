/** Owns which messages stand in the list, and which of them begin a group with a head of its own. */

import type { ChatMessage } from '../../core/chat-state.ts';

export interface ChatRow {
  readonly message: ChatMessage;
  /** Another author or another minute than the message above. */
  readonly startsGroup: boolean;
}

const MINUTE_MS = 60_000;

/** The newest `limit` messages. The one at `dividerKey` begins a group, for a line stands above it. */
export function chatRows(
  messages: readonly ChatMessage[],
  limit: number,
  dividerKey: string | null,
): readonly ChatRow[] {
  const shown = messages.slice(-limit);
  return shown.map((message, index) => {
    const above = shown[index - 1];
    const joins =
      above !== undefined &&
      message.key !== dividerKey &&
      above.author === message.author &&
      above.authorName === message.authorName &&
      minuteOf(above) === minuteOf(message);
    return { message, startsGroup: !joins };
  });
}

function minuteOf({ atMs }: ChatMessage): number {
  return Math.floor(atMs / MINUTE_MS);
}
