/** All that the server ever sees of a whole call with chat, written to a file and searched for what it must not see. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { fromBase64Url } from '../../../main/common/bytes.ts';
import {
  BOX_OVERHEAD_BYTES,
  BOX_PADDING_STEP_BYTES,
  ROOM_NAME_BOX_BYTES,
} from '../../../main/common/protocol/limits.ts';
import { CallRecord } from '../../support/call/call-record.ts';
import { CallWorld } from '../../support/call/call-world.ts';
import { HostileRelay } from '../../support/call/hostile-relay.ts';
import { referenceNameKey, referencePresharedKey } from '../../support/crypto/reference-e2ee.ts';

const FILE = fileURLToPath(new URL('../../../test-results/server-view.jsonl', import.meta.url));
const NAMES = ['Ariadne Ключ', 'Bartholomew', 'Clementine'] as const;
const TEXTS = [
  'y',
  'The password is swordfish.',
  'Привет, встретимся у маяка',
  `long ${'and longer '.repeat(150)}`,
] as const;
const EMOJI = ['👍', '🎉'] as const;

afterEach(() => vi.restoreAllMocks());

/** A whole call: joining, names, offers, candidates, code, chat and emoji, a hand, a repair, a leave, a lost socket. */
async function wholeCall() {
  const record = new CallRecord();
  const world = new CallWorld();
  const relay = new HostileRelay(world);
  const pages = await world.joinAll(...NAMES);
  const [first, second, third] = pages;
  if (!first || !second || !third) throw new Error('three pages');
  // Without their connections the people's chat goes by the server.
  world.peers.fail('disconnected');
  for (const text of TEXTS) first.session.sendChat(text);
  await world.until('the chat arrived', () =>
    [second, third].every(({ state }) => state.chat.length === TEXTS.length),
  );
  second.session.setChatReaction(second.state.chat[0]?.key ?? '', EMOJI[0], true);
  second.session.react(EMOJI[1]);
  second.session.setHandUp(true);
  await world.until(
    'emoji and hand arrived',
    () => third.state.participants[1]?.handUp === true && third.state.chat[0]?.reactions.length === 1,
  );
  await world.pass(4_000);
  await world.until('all are sealed again', () => world.allSealed(), 50);
  world.server.dropAll();
  await world.until('all are online', () => pages.every(({ state }) => state.signaling.phase === 'online'));
  third.session.leave();
  await world.until('one has left', () => first.state.participants.length === 1);
  const { boxes, frames } = relay;
  const addresses = world.server.sides.map(({ socket }) => socket.url);
  const sdps = record.ends.flatMap(({ sent }) =>
    sent.filter((body) => /^(?:offer|answer) /.test(body ?? '')),
  );
  const { link } = world;
  await world.end();
  return { boxes, frames, addresses, sdps, link, pages };
}

/** The file's text, and all binary in it as bytes; searched as latin1, where each byte is a character. */
function searchable(file: string): string {
  const binary = [...file.matchAll(/"([\w-]{4,})"/g)].flatMap(([, text]) => fromBase64Url(text ?? '') ?? []);
  return [file, ...binary.map((bytes) => Buffer.from(bytes).toString('latin1'))].join('\n');
}

/** How some bytes would look, wherever they stood. */
const looksOf = (bytes: Uint8Array): string[] => [
  Buffer.from(bytes).toString('latin1'),
  Buffer.from(bytes).toString('hex'),
  Buffer.from(bytes).toString('base64').replace(/=+$/, ''),
  Buffer.from(bytes).toString('base64url'),
];

it('holds no name, text, description, candidate, address or secret; boxes fall on steps of 256', async () => {
  const { boxes, frames, addresses, sdps, link, pages } = await wholeCall();
  await mkdir(path.dirname(FILE), { recursive: true });
  await writeFile(FILE, `${[...addresses.map((url) => JSON.stringify({ url })), ...frames].join('\n')}\n`);
  const seen = searchable(await readFile(FILE, 'utf8'));

  // What it does see: the ids, and each kind of box.
  expect(pages.every(({ id }) => seen.includes(id))).toBe(true);
  expect(new Set(boxes.map(({ type }) => type)).size).toBeGreaterThanOrEqual(6);
  expect(boxes.filter(({ type }) => type === 'chat').length).toBeGreaterThanOrEqual(2 * TEXTS.length);
  expect(sdps.length).toBeGreaterThanOrEqual(6);

  const words = [
    ...NAMES,
    ...EMOJI,
    'handUp',
    ...TEXTS.filter((text) => text.length > 3),
    'Ключ',
    'swordfish',
    'маяка',
    'and longer',
  ];
  const encoded = words.flatMap((word) => [
    word,
    JSON.stringify(word).slice(1, -1),
    ...looksOf(Buffer.from(word)),
  ]);
  const signaling = [
    'm=audio',
    'sha-256',
    'candidate:',
    'typ host',
    '192.0.2.1',
    'ice-ufrag',
    'usernameFragment',
  ];
  const fingerprints = pages.map(({ certificate }) => certificate.fingerprint);
  const { secret, token } = link;
  const secrets = [secret, token, referencePresharedKey(secret), referenceNameKey(secret)].flatMap(looksOf);
  for (const needle of [...encoded, ...signaling, ...fingerprints, ...secrets]) {
    expect(seen.includes(needle), needle).toBe(false);
  }

  for (const { box } of boxes) {
    expect((box.length - BOX_OVERHEAD_BYTES) % BOX_PADDING_STEP_BYTES).toBe(0);
  }
  const chatSizes = new Set(boxes.filter(({ type }) => type === 'chat').map(({ box }) => box.length));
  expect(chatSizes.size).toBe(2);
  const names = frames.flatMap((frame) =>
    [...frame.matchAll(/"name":"([\w-]+)"/g)].map(([, box]) => box ?? ''),
  );
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) expect(fromBase64Url(name)).toHaveLength(ROOM_NAME_BOX_BYTES);
});
