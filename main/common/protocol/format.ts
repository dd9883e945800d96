/** Owns how a message becomes the text of a frame. */

import type { ServerMessage } from './messages.ts';

/**
 * JSON of a message. Boxes are nearly all of the traffic and need no escaping: type, id and base64url were checked
 * when they came in, so they are put in their places as they are.
 */
export function formatServerMessage(message: ServerMessage): string {
  return 'box' in message
    ? `{"type":"${message.type}","from":"${message.from}","box":"${message.box}"}`
    : JSON.stringify(message);
}
