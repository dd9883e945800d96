/** Servers that are not the room's host, and what a tunnel says in its stead, to pages in a call. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import { createProof } from '../../../main/common/e2ee/admission.ts';
import type { PairState } from '../../../main/common/e2ee/pair-state.ts';
import type { ClientMessage } from '../../../main/common/protocol/messages.ts';
import { type CallPage, CallWorld, ORIGIN } from '../../support/call/call-world.ts';
import { Intruder } from '../../support/call/intruder.ts';
import { randomBytes } from '../../support/crypto/e2ee-tools.ts';
import { FakeRoomServer, type ServerSide } from '../../support/room/fake-room-server.ts';
import { FakeSocket } from '../../support/wire/fake-socket.ts';

const EVIL = 'https://evil.test';
const NEW = 'https://new.lhr.life';

interface Answering {
  connect(url: string): FakeSocket;
}

let world: CallWorld;
/** A guest's: it has the link, T and all, and says that it is the host there. */
let evil: FakeRoomServer;
let mallory: Intruder | null;
let malloryPairs: PairState[];
/** All sockets that were opened away from the page's own address, by what they were told. */
let strayed: FakeSocket[];
/** Who answers elsewhere, and at the room's own address. */
let elsewhere: (url: string) => Answering;
let atHome: Answering;

beforeEach(() => {
  world = new CallWorld();
  evil = new FakeRoomServer(world.link, EVIL, world.time.clock, 6);
  mallory = null;
  malloryPairs = [];
  strayed = [];
  elsewhere = () => evil;
  atHome = world.server;
  world.serverAt = (url) => {
    if (url.startsWith('wss://here.test/')) return atHome;
    return {
      connect: () => {
        const socket = elsewhere(url).connect(url);
        strayed.push(socket);
        return socket;
      },
    };
  };
});

afterEach(async () => {
  mallory?.leave();
  for (const { stream } of malloryPairs) stream.close();
  await world.end();
  expect(world.peers.open).toEqual([]);
});

/** Answers nothing. */
const dead: Answering = {
  connect(url) {
    const socket = new FakeSocket(url);
    queueMicrotask(() => socket.drop(1006));
    return socket;
  },
};

/** Says the same to everyone who comes, whatever he says, and closes. */
const rude = (frame: object | null, code: number): Answering => ({
  connect(url) {
    const socket = new FakeSocket(url);
    socket.onSent = () =>
      queueMicrotask(() => {
        if (frame !== null) socket.receive(frame);
        socket.drop(code);
      });
    queueMicrotask(() => socket.open());
    return socket;
  },
});

/** Passes on what page and true host say, and changes the hello as it likes. */
const relaying = (change: (message: ClientMessage) => Promise<ClientMessage>): Answering => ({
  connect(url) {
    const [near, far] = [new FakeSocket(url), world.server.connect(`${ORIGIN.replace('https', 'wss')}/ws`)];
    near.onSent = (frame) => void change(JSON.parse(frame)).then((said) => far.send(JSON.stringify(said)));
    near.onClosed = (code) => far.close(code);
    far.addEventListener('open', () => near.open());
    far.addEventListener('message', ({ data }) => near.receive(String(data)));
    far.addEventListener('close', ({ code }) => near.drop(code));
    return near;
  },
});

async function pair(): Promise<{ anna: CallPage; boris: CallPage }> {
  const [anna, boris] = await world.joinAll('Anna', 'Boris');
  return { anna, boris };
}

/** Mallory comes in and tells Anna where the host is said to be. */
async function hint(anna: CallPage, ...urls: string[]): Promise<void> {
  mallory ??= await Intruder.join(world, 'Mallory', randomBytes(32));
  malloryPairs = await Promise.all(world.pages.map(({ id }) => mallory?.pair(id) ?? Promise.reject()));
  const { stream } = await mallory.pair(anna.id);
  for (const url of urls) stream.send('pair', { kind: 'moved', url });
  await world.pass(500);
}

async function loseHost(): Promise<void> {
  atHome = dead;
  world.server.dropAll();
  await world.until('it is looked for', () =>
    world.pages.every(({ state }) => state.signaling.phase === 'retrying'),
  );
}

async function findHost(): Promise<void> {
  atHome = world.server;
  await world.until(
    'all are online again',
    () => world.pages.every(({ state }) => state.signaling.phase === 'online'),
    50,
  );
}

const said = () => strayed.flatMap(({ messages }) => messages.map(({ type }) => type));
const peerAsSeen = (page: CallPage, id: string): string => {
  const person = page.state.participants.find((each) => each.id === id);
  return `${person?.name} ${person?.peer.phase} ${person?.trust}`;
};

/** What the page showed since, of itself and of its voice with another. */
function shownSince(page: CallPage, from: number, id: string): Set<string> {
  return new Set(
    page.states.slice(from).map(({ call, signaling, participants }) => {
      const person = participants.find((each) => each.id === id);
      const online = signaling.phase === 'ended' ? 'ended' : 'going on';
      return `${call}, ${online}, ${person?.peer.phase} ${person?.trust}`;
    }),
  );
}
const UNDISTURBED = new Set(['joined, going on, connected sealed']);

describe('a guest’s server, to which its guest leads', () => {
  const readdressed = async (message: ClientMessage) => {
    if (message.type !== 'hello') return message;
    const [key, fp, nonce] = [message.key, message.fp, message.nonce].map(
      (text) => fromBase64Url(text) ?? new Uint8Array(),
    );
    if (!key || !fp || !nonce) throw new Error('three');
    const claim = { key, fp, nonce, address: ORIGIN };
    const proof = toBase64Url(await createProof(world.work.crypto, world.link.token, claim));
    return { ...message, address: ORIGIN, proof };
  };
  const servers: readonly (readonly [string, () => Answering])[] = [
    ['has a room and the link', () => evil],
    ['passes everything on to the true host', () => relaying(async (message) => message)],
    ['passes it on, and names the host’s address in the hello', () => relaying(readdressed)],
    ['says closed', () => rude({ type: 'closed' }, 4412)],
    ['says kicked', () => rude({ type: 'kicked' }, 4411)],
    ['says that the link is over', () => rude({ type: 'error', code: 'auth-failed' }, 4403)],
    ['says that another page took the place', () => rude({ type: 'error', code: 'replaced' }, 4410)],
    ['says that it takes no such browser', () => rude({ type: 'browser-only' }, 4406)],
    ['closes with 4412', () => rude(null, 4412)],
    ['closes with 4410', () => rude(null, 4410)],
    ['speaks another version', () => rude({ type: 'version', versions: [2] }, 4426)],
    ['speaks nothing known', () => rude({}, 1000)],
  ];

  it.each(servers)('%s: it gets a hello, and no call ends by it', async (_what, server) => {
    const { anna, boris } = await pair();
    await hint(anna, EVIL);
    elsewhere = server;
    const from = anna.states.length;
    await loseHost();
    await world.until('it is asked', () => strayed.length > 0, 50);
    await world.pass(5_000);
    expect(new Set(said())).toEqual(new Set(['hello']));
    // It was not the host, and is left alone for a minute.
    expect(strayed).toHaveLength(1);
    await hint(anna, EVIL);
    await world.pass(20_000);
    expect(strayed).toHaveLength(1);
    expect(peerAsSeen(anna, boris.id)).toBe('Boris connected sealed');
    expect(shownSince(anna, from, boris.id)).toEqual(UNDISTURBED);
    expect(anna.storage.values.size).toBe(1);
    await findHost();
    expect(peerAsSeen(anna, boris.id)).toBe('Boris connected sealed');
  });

  it('ends no session of one who is alone either', async () => {
    const anna = await world.join('Anna');
    await hint(anna, EVIL);
    elsewhere = () => rude({ type: 'closed' }, 4412);
    mallory?.leave();
    await loseHost();
    await world.until('it is asked', () => strayed.length > 0, 50);
    await world.pass(1_000);
    expect(anna.state.signaling.phase).toBe('retrying');
    await findHost();
  });

  it('is no way to the true host’s new address, of which another tells: four false ones do not hide it', async () => {
    const { anna, boris } = await pair();
    world.server.origins.add(NEW);
    elsewhere = (url) => (url.startsWith('wss://new.lhr.life/') ? world.server : evil);
    const entry = world.server.sideOf(boris.id);
    // Only Boris hears it from the host, and tells Anna.
    world.server.send(entry, { type: 'moved', url: NEW });
    await world.pass(500);
    await hint(anna, ...['one', 'two', 'three', 'four'].map((name) => `https://${name}.test`));
    atHome = dead;
    world.server.dropAll();
    await world.until(
      'Anna is online again',
      () => world.server.open.some(({ pageId }) => pageId === anna.id),
      50,
    );
    expect(world.server.sideOf(anna.id).socket.url).toBe('wss://new.lhr.life/ws');
    expect(strayed.filter(({ url }) => !url.includes('new')).length).toBeLessThanOrEqual(2);
    expect(peerAsSeen(anna, boris.id)).toBe('Boris connected sealed');
  });
});

describe('the host’s new address', () => {
  const atNew = () => world.server.open.filter(({ socket }) => socket.url.startsWith('wss://new.lhr.life/'));
  const allAtNew = () => world.until('all are there', () => atNew().length === world.pages.length, 50);

  beforeEach(() => {
    world.server.origins.add(NEW);
    elsewhere = (url) => (url.startsWith('wss://new.lhr.life/') ? world.server : evil);
  });

  it('comes to those who lost all sockets by one who kept it, and costs no connection', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris', 'Clara');
    const made = world.peers.open.length;
    atHome = dead;
    const kept = world.server.sideOf(anna.id);
    for (const side of world.server.open) if (side !== kept) side.socket.drop();
    world.server.send(kept, { type: 'moved', url: NEW });
    await world.until('the others are there', () => atNew().length === 2, 50);
    kept.socket.drop();
    await allAtNew();
    expect(world.allSealed()).toBe(true);
    expect(world.peers.open).toHaveLength(made);
  });

  it('comes, from a page that one guest led there, to all whom he did not tell', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris', 'Clara');
    await hint(anna, NEW);
    await loseHost();
    await world.until('Anna is there', () => atNew().length === 1, 50);
    world.server.send(world.server.sideOf(anna.id), { type: 'moved', url: NEW });
    await allAtNew();
  });

  it('comes to whoever connects later with one who knows it', async () => {
    const anna = await world.join('Anna');
    world.server.send(world.server.sideOf(anna.id), { type: 'moved', url: NEW });
    await world.pass(500);
    await world.join('Boris');
    await world.until('they are sealed', () => world.allSealed());
    await loseHost();
    await allAtNew();
  });

  it('is told once however often the host says so, and costs the socket where another does', async () => {
    const { anna, boris } = await pair();
    const side = world.server.sideOf(anna.id);
    for (let time = 0; time < 200; time++) world.server.send(side, { type: 'moved', url: NEW });
    await world.pass(1_000);
    expect(peerAsSeen(boris, anna.id)).toBe('Anna connected sealed');
    side.socket.receive({ type: 'moved', url: EVIL });
    await world.until('Anna is on another socket', () => side.socket.readyState !== 1);
    await world.pass(5_000);
    expect(strayed.filter(({ url }) => url.includes('evil'))).toEqual([]);
  });
});

describe('a tunnel that puts in words of its own', () => {
  const injected: readonly (readonly [string, (side: ServerSide) => void])[] = [
    ['closed', ({ socket }) => socket.receive({ type: 'closed' })],
    ['kicked', ({ socket }) => socket.receive({ type: 'kicked' })],
    [
      'kicked with a made-up proof',
      ({ socket }) => socket.receive({ type: 'kicked', proof: 'A'.repeat(43) }),
    ],
    [
      'an error, and 4403',
      ({ socket }) => {
        socket.receive({ type: 'error', code: 'auth-failed' });
        socket.drop(4403);
      },
    ],
    ['4412', ({ socket }) => socket.drop(4412)],
    ['4411', ({ socket }) => socket.drop(4411)],
    ['4410', ({ socket }) => socket.drop(4410)],
    ['4403', ({ socket }) => socket.drop(4403)],
    ['4406', ({ socket }) => socket.drop(4406)],
    ['4426', ({ socket }) => socket.drop(4426)],
    ['browser-only', ({ socket }) => socket.receive({ type: 'browser-only' })],
    ['other versions', ({ socket }) => socket.receive({ type: 'version', versions: [2] })],
    ['an empty roster', ({ socket }) => socket.receive({ type: 'roster', roster: [], revision: 99 })],
    ['full', ({ socket }) => socket.receive({ type: 'full', capacity: 2 })],
    ['no JSON', ({ socket }) => socket.receive('{')],
  ];

  it.each(injected)('%s: it costs the socket, and no voice', async (_what, inject) => {
    const { anna, boris } = await pair();
    const from = anna.states.length;
    const sockets = world.server.sides.length;
    // Once a socket, and as often as one likes.
    for (let time = 1; time <= 4; time++) {
      inject(world.server.sideOf(anna.id));
      await world.until('Anna is on another socket', () => world.server.sides.length === sockets + time, 50);
      await world.until('Anna is online', () => anna.state.signaling.phase === 'online', 50);
    }
    expect(shownSince(anna, from, boris.id)).toEqual(UNDISTURBED);
    expect(world.allSealed()).toBe(true);
  });

  it('takes the host’s own words of another moment for it in vain', async () => {
    const frames: string[] = [];
    const { anna, boris } = await pair();
    const side = world.server.sideOf(anna.id);
    const { receive } = side.socket;
    side.socket.receive = (frame) => {
      frames.push(String(frame));
      receive.call(side.socket, frame);
    };
    const clara = await world.join('Clara');
    await world.until('all are sealed', () => world.allSealed());
    const [before] = frames.filter((frame) => frame.includes('"type":"roster"'));
    clara.session.leave();
    await world.until('Clara is gone', () => anna.state.participants.length === 1);
    const from = anna.states.length;
    receive.call(side.socket, before ?? '');
    const { length } = world.server.sides;
    await world.until('Anna is on another socket', () => world.server.sides.length > length, 50);
    await world.until('Anna is online', () => anna.state.signaling.phase === 'online', 50);
    expect(anna.people).toEqual(['Boris connected sealed']);
    expect(shownSince(anna, from, boris.id)).toEqual(UNDISTURBED);
  });

  it('is believed where no voice stands: the page cannot know better', async () => {
    const anna = await world.join('Anna');
    world.server.sideOf(anna.id).socket.receive({ type: 'closed' });
    await world.until('it is over', () => anna.state.signaling.phase === 'ended');
    expect(anna.state.signaling).toEqual({ phase: 'ended', reason: 'host-ended' });
  });

  it('is believed once the last voice has ended', async () => {
    const { anna, boris } = await pair();
    atHome = rude({ type: 'closed' }, 4412);
    world.server.dropAll();
    await world.pass(10_000);
    expect(peerAsSeen(anna, boris.id)).toBe('Boris connected sealed');
    boris.session.dispose();
    await world.until('it is over', () => anna.state.signaling.phase === 'ended', 50);
  });
});

describe('the host itself', () => {
  it.each([
    ['closed', 'host-ended'],
    ['kicked', 'kicked'],
    ['auth-failed', 'link-refused'],
    ['replaced', 'replaced'],
  ] as const)('ends a call whose voices stand: %s', async (close, reason) => {
    const { anna } = await pair();
    world.server.close(world.server.sideOf(anna.id), close);
    await world.until('it is over', () => anna.state.signaling.phase === 'ended');
    expect(anna.state.signaling).toEqual({ phase: 'ended', reason });
    expect(anna.heard.size).toBe(0);
  });
});

describe('what lets a page back to its place', () => {
  it.each<[string, (resume: string) => string | null]>([
    ['takes it out', () => null],
    ['puts another in its place', () => toBase64Url(randomBytes(32))],
  ])('is not lost to a tunnel that %s', async (_what, change) => {
    const { anna, boris } = await pair();
    world.server.fromPage = (message) => (message.type === 'bye' ? null : message);
    boris.session.dispose();
    world.pages.pop();
    let tried = 0;
    atHome = relaying(async (message) => {
      if (message.type !== 'auth') return message;
      tried++;
      const { type, resume = '', ...rest } = message;
      const put = change(resume);
      // The fields stand in their order, the proof last.
      return { type, ...(put === null ? {} : { resume: put }), ...rest };
    });
    const again = world.open('Boris', boris.storage);
    again.session.join('Boris');
    await world.until('it has tried', () => tried >= 3, 50);
    expect(world.server.roster).toEqual([anna.id, boris.id]);
    expect(again.state.call).toBe('joining');
    atHome = world.server;
    await world.until('it is in', () => world.allSealed(), 50);
    expect(world.server.roster).toEqual([anna.id, again.id]);
  });

  it('goes to the host that gave it, also after a reload, and to no other', async () => {
    const { anna } = await pair();
    const [kept] = anna.storage.values.values();
    const resume = kept?.split('.')[0];
    anna.session.dispose();
    world.pages.shift();
    // The tunnel leads to a server of somebody who has the link, and says that it is the host.
    evil.origins.add(ORIGIN);
    atHome = evil;
    const misled = world.open('Anna', anna.storage);
    await world.until('it is let in', () => misled.state.signaling.phase === 'online', 50);
    const [socket] = evil.sides;
    expect(socket?.socket.messages.map(({ type }) => type)).toEqual(['hello', 'auth']);
    expect(socket?.socket.sent.join()).not.toContain(resume);
    misled.session.dispose();
    world.pages.pop();
  });

  it('nor does a page, once let in, take another host for its own', async () => {
    const { anna, boris } = await pair();
    evil.origins.add(ORIGIN);
    atHome = evil;
    world.server.dropAll();
    await world.pass(10_000);
    expect(evil.sides.length).toBeGreaterThan(2);
    expect(new Set(evil.sides.flatMap(({ socket }) => socket.messages.map(({ type }) => type)))).toEqual(
      new Set(['hello']),
    );
    expect(peerAsSeen(anna, boris.id)).toBe('Boris connected sealed');
    await findHost();
  });
});
