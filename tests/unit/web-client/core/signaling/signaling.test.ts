import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { createTicket } from '../../../../../main/common/e2ee/admission.ts';
import { silentLogger } from '../../../../../main/common/logger.ts';
import { CLOSE_CODES } from '../../../../../main/common/protocol/messages.ts';
import { Signaling } from '../../../../../web-client/core/signaling/signaling.ts';
import { MemoryStorage } from '../../../../support/call/call-world.ts';
import { CryptoWork } from '../../../../support/crypto/crypto-work.ts';
import { nodeCrypto } from '../../../../support/crypto/e2ee-tools.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';
import { FakeSocket } from '../../../../support/wire/fake-socket.ts';

const OWN_ID = new Uint8Array(16).fill(1);
const TOKEN = new Uint8Array(16).fill(3);
const RESUME = toBase64Url(new Uint8Array(32).fill(9));
const ANSWER = toBase64Url(new Uint8Array(32).fill(5));
const HOST_KEY = toBase64Url(new Uint8Array(65).fill(7));
/** Stands for what only the room's host can say; the real proofs are in the tests of e2ee. */
const PROVEN = toBase64Url(new Uint8Array(32).fill(6));
const UNPROVEN = toBase64Url(new Uint8Array(32));
const CHALLENGE = {
  type: 'challenge',
  ...{ versions: [3], version: 3, key: HOST_KEY, nonce: UNPROVEN, proof: PROVEN },
};
/** By the page. */
const SPOKEN = [3, 4];
const BYE = '{"type":"bye"}';
const HELLO = {
  type: 'hello',
  id: toBase64Url(OWN_ID),
  roster: [],
  capacity: 6,
  iceServers: [],
  resume: RESUME,
  proof: PROVEN,
};

const work = new CryptoWork();
let time: ManualTime;
let storage: MemoryStorage;
let lastingStorage: MemoryStorage;
let sockets: FakeSocket[];
let told: string[];
let frames: number;
let signaling: Signaling;
let voicesStand: boolean;
let prove: (json: string) => Promise<string>;

function create(): Signaling {
  const { clock, timers } = time;
  return new Signaling(
    {
      origin: 'https://a.lhr.life',
      link: { token: TOKEN },
      crypto: work.crypto,
      prover: async () => ({
        identity: { id: OWN_ID, key: new Uint8Array(65).fill(4), fp: new Uint8Array(32) },
        open: async (address) => ({
          hello: {
            type: 'hello',
            versions: SPOKEN,
            ...{ key: UNPROVEN, fp: UNPROVEN, nonce: UNPROVEN, proof: UNPROVEN, address },
          },
          verifyHost: async ({ key, proof }) =>
            proof === PROVEN
              ? {
                  ...{ key, answer: ANSWER, bye: BYE },
                  verify: async (frame) => frame.includes(PROVEN),
                  prove: (json) => prove(json),
                }
              : null,
        }),
      }),
      hasConnectedPeers: () => voicesStand,
      createSocket: (url) => {
        const socket = new FakeSocket(url);
        sockets.push(socket);
        return socket;
      },
      storage,
      lastingStorage,
      clock,
      timers,
      random: () => 0.999,
      logger: silentLogger,
    },
    {
      onHello: () => told.push('hello'),
      onMessage: ({ type }) => told.push(type),
      onFrame: () => frames++,
      onOffline: (reason) => told.push(reason === 'lost' ? 'offline' : reason),
      onEnded: (reason) => told.push(`ended ${reason}`),
    },
  );
}

beforeEach(() => {
  time = new ManualTime();
  storage = new MemoryStorage();
  lastingStorage = new MemoryStorage();
  sockets = [];
  told = [];
  frames = 0;
  voicesStand = false;
  prove = async (json) => json;
  signaling = create();
});

afterEach(() => {
  signaling.dispose();
  expect(time.pending).toBe(0);
  expect(sockets.every(({ readyState }) => readyState === 3)).toBe(true);
});

const last = (): FakeSocket => {
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error('there is no socket');
  return socket;
};

async function welcome(): Promise<FakeSocket> {
  const socket = last();
  socket.open();
  await settle();
  socket.receive(CHALLENGE);
  socket.receive(HELLO);
  await settle();
  return socket;
}

/** Resolves with the first socket there. */
async function begin(page = signaling): Promise<void> {
  page.start();
  await work.done();
}

async function goOnline(): Promise<FakeSocket> {
  await begin();
  return welcome();
}

/** Loses the present socket and waits for the next; how long that took, in ms. */
async function lose(): Promise<number> {
  last().drop();
  const fromMs = time.clock();
  const before = sockets.length;
  while (sockets.length === before) await time.advance(10);
  return time.clock() - fromMs;
}

describe('a socket', () => {
  it('on which nothing can be proven any more is given up, and another one serves', async () => {
    const first = await goOnline();
    prove = () => Promise.reject(new Error('no proof'));
    signaling.send({ type: 'leave' });
    await settle();
    expect([first.readyState, told]).toEqual([3, ['hello', 'offline']]);
    prove = async (json) => json;
    while (sockets.length === 1) await time.advance(10);
    const second = await welcome();
    signaling.send({ type: 'leave' });
    await settle();
    expect(second.messages.at(-1)).toEqual({ type: 'leave' });
  });

  it('answers the challenge, without a token the first time and with it from then on', async () => {
    const first = await goOnline();
    expect(first.messages.map(({ type, resume }) => [type, resume])).toEqual([
      ['hello', undefined],
      ['auth', undefined],
    ]);
    expect(told).toEqual(['hello']);
    expect([...storage.values.values()]).toEqual([`${RESUME}.${HOST_KEY}`]);
    first.drop();
    await time.advance(500);
    const second = await welcome();
    expect(second.messages[1]?.resume).toBe(RESUME);
    const reloaded = create();
    await begin(reloaded);
    await welcome();
    expect(last().messages[1]?.resume).toBe(RESUME);
    reloaded.dispose();
  });

  it('comes back to its place after the tab was lost with its browser, but for a token of the tab’s own', async () => {
    await goOnline();
    const kept = `${RESUME}.${HOST_KEY}`;
    expect([...lastingStorage.values.values()]).toEqual([kept]);
    const resumeSent = async () => {
      const page = create();
      await begin(page);
      const { messages } = await welcome();
      page.dispose();
      return messages[1]?.resume;
    };
    storage.values.clear();
    expect(await resumeSent()).toBe(RESUME);
    const otherTab = `${'B'.repeat(42)}A`;
    lastingStorage.setItem('secret-call.resume', `${otherTab}.${HOST_KEY}`);
    expect(await resumeSent()).toBe(RESUME);
    storage.values.clear();
    lastingStorage.setItem('secret-call.resume', `${otherTab}.${RESUME}`);
    expect(await resumeSent()).toBeUndefined();
  });

  it('forgets the token everywhere once it is over', async () => {
    const socket = await goOnline();
    socket.receive({ type: 'kicked', proof: PROVEN });
    await settle();
    expect(told).toEqual(['hello', 'ended kicked']);
    expect(storage.values.size).toBe(0);
    expect(lastingStorage.values.size).toBe(0);
  });

  it('leaves out a damaged token', async () => {
    for (const damaged of ['x', `x.${HOST_KEY}`, RESUME, `${RESUME}.x`]) {
      for (const place of [storage, lastingStorage]) place.setItem('secret-call.resume', damaged);
      const page = create();
      await begin(page);
      const socket = await welcome();
      expect(socket.messages.map(({ type, resume }) => [type, resume])).toContainEqual(['auth', undefined]);
      page.dispose();
    }
  });

  it('sends nothing of the person’s before the server’s hello, and answers pings after it', async () => {
    await begin();
    signaling.send({ type: 'leave' });
    const socket = await welcome();
    socket.receive({ type: 'ping' });
    await settle();
    signaling.send({ type: 'leave' });
    await settle();
    expect(socket.messages.map(({ type }) => type)).toEqual(['hello', 'auth', 'pong', 'leave']);
  });

  it('is given up after 10 s without a hello, and when nothing comes by it any more', async () => {
    await begin();
    last().open();
    await time.advance(10_000);
    expect(told).toEqual(['offline']);
    expect(last().closedWith).toBe(4000);
    await time.advance(500);
    await welcome();
    expect(frames).toBe(2);
    last().receive({ type: 'pong' });
    expect(frames).toBe(3);
    signaling.lose();
    expect(told).toEqual(['offline', 'hello', 'offline']);
    expect(sockets[1]?.closedWith).toBe(4000);
  });

  it('shows a ticket of the link, and of its place from when it has had one, also after a reload', async () => {
    const ticket = async (secret: Uint8Array<ArrayBuffer>) =>
      toBase64Url(await createTicket(nodeCrypto, secret));
    const linked = await ticket(TOKEN);
    const returning = await ticket(new Uint8Array(32).fill(9));
    const first = await goOnline();
    await work.done();
    first.drop();
    await time.advance(500);
    const reloaded = create();
    await begin(reloaded);
    expect(sockets.map(({ query }) => query)).toEqual([
      `ticket=${linked}`,
      `ticket=${returning}.${linked}`,
      `ticket=${returning}.${linked}`,
    ]);
    reloaded.dispose();
  });

  it('shows where others lead it no more than that it has the link', async () => {
    const first = await goOnline();
    signaling.addOriginOfGuest('boris', 'https://b.lhr.life');
    first.drop();
    await time.advance(500);
    last().drop();
    await time.advance(1_000);
    expect(last().url).toBe('wss://b.lhr.life/ws');
    expect(last().query).toBe(first.query);
  });

  it('says goodbye with the code that frees the place', async () => {
    const socket = await goOnline();
    signaling.dispose();
    expect(socket.closedWith).toBe(1000);
  });
});

describe('trying again', () => {
  it('is fast at first, then slower, and fast again after a good while', async () => {
    await begin();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) waits.push(await lose());
    expect(waits).toEqual([250, 500, 1_000, 1_500, 4_000, 8_000, 15_000, 15_000, 15_000]);
    await welcome();
    await time.advance(6_000);
    expect(await lose()).toBe(250);
  });

  it('does not become faster by sockets that break at once', async () => {
    await begin();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      await welcome();
      waits.push(await lose());
    }
    expect(waits).toEqual([250, 500, 1_000, 1_500]);
  });

  it('stays fast for who is in the call: a host that starts again finds them back in two seconds', async () => {
    await begin();
    signaling.want();
    for (let attempt = 0; attempt < 60; attempt++) await lose();
    expect(await lose()).toBe(1_500);
    for (let attempt = 0; attempt < 70; attempt++) await lose();
    expect(await lose()).toBe(15_000);
  });

  it('happens at once when the network is back, and only once', async () => {
    await begin();
    for (let attempt = 0; attempt < 6; attempt++) await lose();
    last().drop();
    await settle();
    signaling.wake();
    await time.advance(9_000);
    expect(sockets).toHaveLength(8);
  });

  it.each(['id-taken', 'auth-timeout', 'rate-limited'] as const)('follows %s', async (code) => {
    const socket = await goOnline();
    socket.receive({ type: 'error', code });
    socket.drop(CLOSE_CODES[code]);
    await time.advance(1_000);
    expect(told).toEqual(['hello', 'offline']);
    expect(sockets).toHaveLength(2);
  });
});

describe('a socket that may be dead', () => {
  const types = (socket: FakeSocket | undefined) => socket?.messages.map(({ type }) => type);

  it('has another opened beside it, which goes unused where the first shows life', async () => {
    const first = await goOnline();
    signaling.doubt(true);
    last().open();
    await settle();
    expect([types(last()), sockets.length, frames]).toEqual([['hello'], 2, 2]);
    signaling.doubt(false);
    last().receive(CHALLENGE);
    await settle();
    expect([types(last()), last().closedWith, first.closedWith]).toEqual([['hello'], 4000, null]);
    signaling.send({ type: 'leave' });
    await settle();
    expect([types(first)?.at(-1), told, frames]).toEqual(['leave', ['hello'], 2]);
  });

  it('is replaced without a moment’s loss where the other one gets through first', async () => {
    const first = await goOnline();
    signaling.wake();
    const second = await welcome();
    expect([first.closedWith, second.messages[1]?.resume]).toEqual([4000, RESUME]);
    // What the server says to the one it has replaced.
    first.receive({ type: 'error', code: 'replaced', proof: PROVEN });
    first.drop(CLOSE_CODES.replaced);
    signaling.doubt(false);
    signaling.send({ type: 'leave' });
    await settle();
    expect([types(second)?.at(-1), second.closedWith]).toEqual(['leave', null]);
    expect(told).toEqual(['hello', 'hello']);
    await time.advance(60_000);
    expect(sockets).toHaveLength(2);
  });

  it('goes on where the other one gets nowhere, and has a further one opened when it is doubted again', async () => {
    const first = await goOnline();
    signaling.doubt(true);
    last().open();
    await settle();
    last().receive({ type: 'error', code: 'auth-failed' });
    last().drop(CLOSE_CODES['auth-failed']);
    await time.advance(60_000);
    expect([told, first.closedWith, sockets.length]).toEqual([['hello'], null, 2]);
    signaling.doubt(true);
    expect(sockets).toHaveLength(3);
  });

  it('is told once it is given up, while the other one, which then serves, is still on its way', async () => {
    const first = await goOnline();
    signaling.doubt(true);
    signaling.lose();
    expect([told, first.closedWith]).toEqual([['hello', 'offline'], 4000]);
    await time.advance(1_000);
    await welcome();
    expect([told, sockets.length]).toEqual([['hello', 'offline', 'hello'], 2]);
  });

  it('has one opened anew with each sign of the network, for what was opened before may lead nowhere', async () => {
    const first = await goOnline();
    signaling.wake();
    const second = last();
    signaling.doubt(true);
    expect(sockets).toHaveLength(2);
    signaling.wake();
    expect([second.closedWith, sockets.length, first.closedWith]).toEqual([4000, 3, null]);
    await welcome();
    expect([told, first.closedWith]).toEqual([['hello', 'hello'], 4000]);
  });

  it('has nothing opened any more once the call is over', async () => {
    const first = await goOnline();
    signaling.wake();
    first.receive({ type: 'kicked', proof: PROVEN });
    await settle();
    expect(told).toEqual(['hello', 'ended kicked']);
    expect(last().readyState).toBe(3);
    signaling.doubt(true);
    expect(sockets).toHaveLength(2);
  });
});

describe('the end', () => {
  it.each([
    ['auth-failed', 'link-refused'],
    ['browser-only', 'browser-only'],
    ['replaced', 'replaced'],
    ['kicked', 'kicked'],
    ['closed', 'host-ended'],
  ] as const)('comes with close code %s', async (code, reason) => {
    const socket = await goOnline();
    socket.drop(CLOSE_CODES[code]);
    await time.advance(60_000);
    expect(told).toEqual(['hello', `ended ${reason}`]);
    expect(sockets).toHaveLength(1);
    signaling.start();
    signaling.wake();
    await time.advance(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('does not come from a host that does not know the link, while a voice stands: it is said, and tried again', async () => {
    const socket = await goOnline();
    voicesStand = true;
    socket.drop();
    for (let attempt = 0; attempt < 5; attempt++) {
      await time.advance(8_000);
      last().open();
      last().receive({ type: 'error', code: 'auth-failed' });
      last().drop(CLOSE_CODES['auth-failed']);
      await settle();
    }
    expect(told).toEqual(['hello', 'offline', ...Array.from({ length: 5 }, () => 'another-room')]);
    await time.advance(15_000);
    await welcome();
    expect(told.at(-1)).toBe('hello');
  });

  it('comes with the error too where the close code got lost on the way', async () => {
    await begin();
    last().open();
    await settle();
    last().receive(CHALLENGE);
    last().receive({ type: 'error', code: 'auth-failed', proof: PROVEN });
    last().drop(1006);
    await settle();
    expect(told).toEqual(['ended link-refused']);
  });

  it.each([
    ['what is no JSON', '{'],
    ['a hello before the challenge', HELLO],
    ['a roster before the hello', { type: 'roster', roster: [], revision: 1 }],
  ])('comes after three sockets in a row that say %s', async (_what, frame) => {
    await begin();
    for (let attempt = 0; attempt < 3; attempt++) {
      last().open();
      last().receive(frame);
      await time.advance(2_000);
    }
    expect(told).toEqual(['offline', 'offline', 'ended server-broken']);
  });

  it('does not come for a second challenge or hello, which only cost the socket', async () => {
    for (const frame of [CHALLENGE, HELLO]) {
      const socket = frame === CHALLENGE ? await goOnline() : await welcome();
      socket.receive(frame);
      await settle();
      expect(socket.closedWith).toBe(4000);
      await time.advance(1_000);
    }
    expect(told).toEqual(['hello', 'offline', 'hello', 'offline']);
  });
});

describe('a host that speaks other versions', () => {
  const answer = async (versions: readonly number[]) => {
    last().open();
    await settle();
    last().receive({ type: 'version', versions });
    await time.advance(2_000);
  };

  it.each([
    [[1, 2], 'version-old-host'],
    [[5], 'version-old-page'],
    [[2, 5, 900], 'version-old-page'],
  ] as const)('%j ends it, and which side is to be updated is told: %s', async (versions, reason) => {
    await begin();
    await answer(versions);
    expect(told).toEqual([`ended ${reason}`]);
    expect(sockets).toHaveLength(1);
  });

  it('ends nothing while a voice stands, which anybody on the way could have said', async () => {
    voicesStand = true;
    await begin();
    await answer([5]);
    expect(told).toEqual(['offline']);
    await welcome();
    expect(told).toEqual(['offline', 'hello']);
  });

  it('is not believed when it speaks one of the page’s own', async () => {
    await begin();
    for (let attempt = 0; attempt < 3; attempt++) await answer([4, 9]);
    expect(told).toEqual(['offline', 'offline', 'ended server-broken']);
  });

  it('is not believed once a version was agreed on', async () => {
    const socket = await goOnline();
    socket.receive({ type: 'version', versions: [5], proof: PROVEN });
    await time.advance(1_000);
    (await welcome()).receive({ type: 'version', versions: [5] });
    await time.advance(1_000);
    expect(told).toEqual(['hello', 'offline', 'hello', 'offline']);
  });

  it('is as one that is not understood when its word got lost, and only the close code came', async () => {
    await begin();
    for (let attempt = 0; attempt < 3; attempt++) {
      last().open();
      last().drop(CLOSE_CODES.version);
      await time.advance(2_000);
    }
    expect(told).toEqual(['offline', 'offline', 'ended server-broken']);
  });
});

describe('too many who look on', () => {
  it('have the page stand back until it is to be in the call', async () => {
    const socket = await goOnline();
    socket.receive({ type: 'error', code: 'crowded', proof: PROVEN });
    socket.drop(CLOSE_CODES.crowded);
    await settle();
    signaling.wake();
    await time.advance(3_600_000);
    expect(told).toEqual(['hello', 'crowded']);
    expect(sockets).toHaveLength(1);
    expect(signaling.want()).toBe(false);
    expect(sockets).toHaveLength(2);
    await welcome();
    expect(signaling.want()).toBe(true);
  });

  it('are no reason to stand back for who is in the call, and are one again after it', async () => {
    await goOnline();
    signaling.want();
    last().drop(CLOSE_CODES.crowded);
    await settle();
    expect(told).toEqual(['hello', 'offline']);
    await time.advance(500);
    await welcome();
    signaling.send({ type: 'leave' });
    last().drop(CLOSE_CODES.crowded);
    await settle();
    expect(told.at(-1)).toBe('crowded');
  });
});
