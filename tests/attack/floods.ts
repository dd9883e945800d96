/** Owns what somebody does to the door in a process of its own: idle connections, upgrades, fragments, wrong proofs, and one who is in and never reads. */

import { randomBytes } from 'node:crypto';
import {
  BOX_MAX_BYTES,
  MESSAGES_BURST,
  MESSAGES_PER_SECOND,
  TOKEN_BYTES,
} from '../../main/common/protocol/limits.ts';
import { RawSocket } from '../support/wire/raw-http.ts';
import { anyBox, anyName, BROWSER_AGENT, WirePage } from '../support/wire/wire-page.ts';
import { idle, proveNothing } from './idle-floods.ts';

/** The address by which the host is reached from outside. */
export const OUTSIDE_ORIGIN = 'https://outside.example';

export interface FloodTarget {
  readonly port: number;
  readonly origin: string;
  /** Of those who are in only. */
  readonly token: Uint8Array;
}

export interface Flooded {
  readonly gains: readonly string[];
  readonly notes: readonly string[];
}

export const UPGRADES = 10_000;
export const FRAGMENTS = 131_072;
const FRAGMENTS_OF_SOCKET = 4_096;
export const WRONG_PROOFS = 1_000;
const AT_ONCE = 32;

const NOT_READING_SECONDS = 8;
/** The rate is counted by another clock. */
const SHARE_OF_RATE = 0.9;
const STEP_MS = 100;
/** In which what was sent arrives, and the end behind it. */
const NOTICE_MS = 5_000;

/** What the provider of a tunnel passes on. */
const AS_FROM_OUTSIDE = {
  Host: new URL(OUTSIDE_ORIGIN).host,
  Origin: OUTSIDE_ORIGIN,
  'User-Agent': BROWSER_AGENT,
  'X-Forwarded-For': '203.0.113.7',
};
const UPGRADE = Object.entries({
  ...AS_FROM_OUTSIDE,
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
}).reduce((text, [name, value]) => `${text}${name}: ${value}\r\n`, 'GET /ws HTTP/1.1\r\n');

/** Text of one byte that is not the last of its message, masked with zeros; and such as goes on. */
const FIRST_FRAGMENT = Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x61]);
const FRAGMENT = Buffer.from([0x00, 0x81, 0, 0, 0, 0, 0x61]);

/** So many in all, some at a time. */
async function some(count: number, one: () => Promise<void>): Promise<void> {
  let left = count;
  const inTurn = async () => {
    while (left-- > 0) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, inTurn));
}

/** An open socket from outside; it is left to the server to close it. */
async function upgraded({ port }: FloodTarget): Promise<RawSocket> {
  const raw = await new RawSocket(port).opened();
  raw.write(`${UPGRADE}\r\n`);
  await raw.until('\r\n\r\n');
  return raw;
}

const pause = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

async function upgradeAgainAndAgain(target: FloodTarget): Promise<Flooded> {
  const open = new Set<RawSocket>();
  let refused = 0;
  await some(UPGRADES, async () => {
    const raw = await upgraded(target).catch(() => null);
    if (raw === null) {
      refused++;
      return;
    }
    open.add(raw);
    void raw.ended.then(() => open.delete(raw));
  });
  const notes = [`${refused} were not answered, ${open.size} stood at the end`];
  for (const raw of open) raw.destroy();
  return { gains: [], notes };
}

async function sendFragments(target: FloodTarget): Promise<Flooded> {
  await some(FRAGMENTS / FRAGMENTS_OF_SOCKET, async () => {
    const raw = await upgraded(target);
    raw.write(FIRST_FRAGMENT);
    for (let sent = 1; sent < FRAGMENTS_OF_SOCKET; sent++) raw.write(FRAGMENT);
    await raw.ended;
  });
  return { gains: [], notes: [] };
}

async function proveWrongly(target: FloodTarget): Promise<Flooded> {
  let tried = 0;
  let letIn = 0;
  await some(WRONG_PROOFS, async () => {
    const page = await WirePage.open(target, {
      headers: AS_FROM_OUTSIDE,
      address: OUTSIDE_ORIGIN,
    }).catch(() => null);
    if (page === null) return;
    tried++;
    page.send(page.hello(randomBytes(TOKEN_BYTES)));
    if ((await page.next('error').catch(() => null)) === null) letIn++;
    page.socket.terminate();
  });
  const gains = letIn === 0 ? [] : [`${letIn} wrong proofs were not refused`];
  return { gains, notes: [`${tried} proofs were looked at`] };
}

async function comeIn(target: FloodTarget): Promise<{ readonly page: WirePage; readonly id: string }> {
  const page = await WirePage.open(target);
  await page.prove(target.token);
  const { id } = await page.next('hello');
  page.send({ type: 'name', name: anyName() });
  await page.until('roster', ({ roster }) => roster.some((entry) => entry.id === id));
  return { page, id };
}

/** Another who is in sends all that may be sent. */
async function neverRead(target: FloodTarget): Promise<Flooded> {
  const deaf = await comeIn(target);
  const sender = await comeIn(target);
  deaf.page.socket.pause();
  const box = anyBox(BOX_MAX_BYTES);
  const startMs = performance.now();
  let sent = 0;
  for (let seconds = 0; seconds < NOT_READING_SECONDS; seconds = (performance.now() - startMs) / 1_000) {
    const may = SHARE_OF_RATE * (MESSAGES_BURST + MESSAGES_PER_SECOND * seconds);
    for (; sent < may; sent++) sender.page.send({ type: 'ice', to: deaf.id, box });
    await pause(STEP_MS);
  }
  if (sender.page.socket.readyState !== sender.page.socket.OPEN) throw new Error('the sender was cut off');
  deaf.page.socket.resume();
  const isEnded = await Promise.race([deaf.page.ending.then(() => true), pause(NOTICE_MS).then(() => false)]);
  for (const { page } of [deaf, sender]) page.socket.terminate();
  return {
    gains: isEnded ? [] : ['a socket that reads nothing stays'],
    notes: [`${sent} boxes were sent to it`],
  };
}

const keepUp = async (
  flood: (target: FloodTarget) => Promise<number>,
  target: FloodTarget,
): Promise<Flooded> => ({
  gains: [],
  notes: [`${await flood(target)} were opened in all`],
});

export const FLOODS = {
  'slow-connections': (target) => keepUp(idle, target),
  'silent-sockets': (target) => keepUp(proveNothing, target),
  upgrades: upgradeAgainAndAgain,
  fragments: sendFragments,
  'wrong-proofs': proveWrongly,
  'not-reading': neverRead,
} satisfies Record<string, (target: FloodTarget) => Promise<Flooded>>;
export type FloodName = keyof typeof FLOODS;
