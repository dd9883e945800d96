/** Owns the only doors through which foreign data becomes a typed message. Nothing here throws. */

import * as v from 'valibot';
import { fail, ok, type Result } from '../result.ts';
import {
  type ClientMessage,
  clientMessageSchema,
  type ServerMessage,
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

/** A text frame from a page. */
export function parseClientMessage(text: string): Result<ClientMessage, 'bad-message'> {
  return parseText(clientMessageSchema, text);
}

/** A text frame from the server. */
export function parseServerMessage(text: string): Result<ServerMessage, 'bad-message'> {
  return parseText(serverMessageSchema, text);
}
