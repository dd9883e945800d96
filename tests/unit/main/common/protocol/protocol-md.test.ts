/** The examples of PROTOCOL.md, read by the code they describe. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseBody } from '../../../../../main/common/protocol/bodies.ts';
import {
  parseClientMessage,
  parseRoomName,
  parseServerMessage,
} from '../../../../../main/common/protocol/codec.ts';
import { CLOSE_CODES, ERROR_CODES, SIGNAL_TYPES } from '../../../../../main/common/protocol/messages.ts';

const text = readFileSync(
  new URL('../../../../../main/common/protocol/PROTOCOL.md', import.meta.url),
  'utf8',
);

/** Objects that follow one another, each beginning in the first column. */
const examples = [...text.matchAll(/^```json (\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].flatMap(
  ([, kind = '', type = '', block = '']) =>
    block
      .trim()
      .split(/\n(?=\{)/)
      .map((source) => {
        const filled = source.replaceAll(/<(\d+) bytes>/g, (_all, size) =>
          Buffer.alloc(Number(size)).toString('base64url'),
        );
        return { kind, type, source: filled, value: JSON.parse(filled) as { type?: string; code?: string } };
      }),
);

const typesOf = (wanted: string) =>
  new Set(examples.filter(({ kind }) => kind === wanted).map(({ value, type }) => value.type ?? type));

const isSignal = (name: string) => SIGNAL_TYPES.some((type) => type === name);

it.each(examples)('reads $kind $type $value.type', ({ kind, type, source, value }) => {
  if (kind === 'page') expect(parseClientMessage(source)).toEqual({ ok: true, value });
  else if (kind === 'server') expect(parseServerMessage(source)).toEqual({ ok: true, value });
  else if (type === 'room-name') expect(parseRoomName(value).ok).toBe(true);
  else
    expect(parseBody(SIGNAL_TYPES.find((name) => name === type) ?? 'ack', value)).toEqual({
      ok: true,
      value,
    });
});

it('has an example of every message and every body', () => {
  const plain = (kind: string) => [...typesOf(kind)].filter((name) => !isSignal(name)).sort();
  expect(plain('page')).toEqual(['auth', 'bye', 'hello', 'leave', 'name', 'ping', 'pong', 'report', 'vouch']);
  expect(plain('server')).toEqual([
    'browser-only',
    'challenge',
    'closed',
    'doubt',
    'error',
    'files',
    'full',
    'hello',
    'ice-servers',
    'kicked',
    'locked',
    'moved',
    'ping',
    'pong',
    'refused',
    'roster',
    'version',
    'waiting',
  ]);
  expect(typesOf('body')).toEqual(new Set([...SIGNAL_TYPES, 'room-name']));
});

it('lists every close code, and every error that closes nothing', () => {
  const rows = [...text.matchAll(/^\| (4\d\d\d) \| (\S+) \|/gm)].map(([, code, name]) => [
    name,
    Number(code),
  ]);
  expect(Object.fromEntries(rows)).toEqual(CLOSE_CODES);
  for (const code of ERROR_CODES) if (!(code in CLOSE_CODES)) expect(text).toContain(`\`${code}\``);
});
