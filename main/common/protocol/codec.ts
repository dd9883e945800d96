/** Owns the codec of the wire: the only way from foreign text to a typed message, and from a message to text. Nothing here throws. */

import * as v from 'valibot';
import { fail, ok, type Result } from '../result.ts';
import {
  BOX_MAX_CHARACTERS,
  type ClientMessage,
  clientMessageSchema,
  isBinary,
  roomNameSchema,
  type ServerMessage,
  SIGNAL_TYPES,
  serverMessageSchema,
} from './messages.ts';

function parseText<Output>(
  schema: v.GenericSchema<unknown, Output>,
  text: string,
): Result<Output, 'bad-message'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('bad-message');
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  return parsed.success ? ok(parsed.output) : fail('bad-message');
}

/** A box as pages write it; `to` is 16 bytes in their canonical form. */
const PLAIN_BOX = /^\{"type":"([a-z]+)","to":"([\w-]{21}[AQgw])","box":"([^"\\]*)"\}$/;

/** The short way: boxes are nearly all of the traffic, and that form needs no JSON parser. null: the schema is to say. */
function readPlainBox(text: string): ClientMessage | null {
  const parts = PLAIN_BOX.exec(text);
  const type = SIGNAL_TYPES.find((name) => name === parts?.[1]);
  const [to, box] = [parts?.[2], parts?.[3]];
  if (type === undefined || to === undefined || box === undefined) return null;
  return box.length <= BOX_MAX_CHARACTERS && isBinary(box) ? { type, to, box } : null;
}

/** A text frame from a page. */
export function parseClientMessage(text: string): Result<ClientMessage, 'bad-message'> {
  const box = readPlainBox(text);
  return box === null ? parseText(clientMessageSchema, text) : ok(box);
}

/** A text frame from the server. */
export function parseServerMessage(text: string): Result<ServerMessage, 'bad-message'> {
  return parseText(serverMessageSchema, text);
}

/** The opened JSON of a name's box, which is the only box that is opened before there is a pair. */
export function parseRoomName(value: unknown): Result<string, 'bad-body'> {
  const parsed = v.safeParse(roomNameSchema, value, { abortEarly: true });
  return parsed.success ? ok(parsed.output.name) : fail('bad-body');
}

/**
 * JSON of a message. Boxes are nearly all of the traffic and need no escaping: type, id and base64url were checked
 * when they came in, so they are put in their places as they are.
 */
export function formatServerMessage(message: ServerMessage): string {
  return 'box' in message
    ? `{"type":"${message.type}","from":"${message.from}","box":"${message.box}"}`
    : JSON.stringify(message);
}
