/** Owns the chat state: messages, their delivery and reactions, as the page shows them. */

/** An own message on its way to those who were in when it was sent. */
export type DeliveryState =
  | 'sending'
  /** Everyone has taken it. */
  | 'sent'
  /** It was given up for somebody; the others may have it. */
  | 'not-delivered';

export interface ChatReaction {
  readonly emoji: string;
  /** Ids of those who gave it, first to last; the own one may be among them. */
  readonly by: readonly string[];
}

export interface ChatMessage {
  /** `<author's id>:<the author's number of the message>` */
  readonly key: string;
  /** The author's id. */
  readonly author: string;
  /** As the author was called when the message came; null while that is not known. */
  readonly authorName: string | null;
  readonly own: boolean;
  /** 1 to 2,000 UTF-16 units, as typed: to be made harmless where it is shown. */
  readonly text: string;
  /** Wall clock, milliseconds since 1970, of this page. */
  readonly atMs: number;
  /** null for what others wrote. */
  readonly delivery: DeliveryState | null;
  /** Ids of those an own message did not reach. */
  readonly missedBy: readonly string[];
  readonly reactions: readonly ChatReaction[];
}
