/** What a call does by itself while the host is out of reach, and two of it lose each other. */

import { describe, expect, it, vi } from 'vitest';
import { toBase64Url } from '../../../../main/common/bytes.ts';
import { Keyring } from '../../../../main/common/e2ee/keyring.ts';
import type { MeshBody } from '../../../../main/common/protocol/bodies.ts';
import type { RosterEntry } from '../../../../main/common/protocol/messages.ts';
import {
  ABSENT_MS,
  INTRODUCED_GRACE_MS,
  RESERVE_AFTER_MS,
} from '../../../../main/common/protocol/peer-limits.ts';
import { Passing } from '../../../../web-client/core/mesh/passing.ts';
import { WithoutHost } from '../../../../web-client/core/mesh/without-host.ts';
import { Peer } from '../../../../web-client/core/peer/peer.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';
import { worldForEachTest } from '../../../support/call/world-for-each-test.ts';
import { nodeCrypto, randomBytes, textCoder } from '../../../support/crypto/e2ee-tools.ts';

/** From one end of a line to the other; an answer takes as long again. */
const SLOW_MS = 1_500;

type PassedBody = Extract<MeshBody, { readonly kind: 'passed' }>;

let world: CallWorld;
worldForEachTest((made) => {
  world = made;
});

async function loseHost(): Promise<void> {
  world.server.up = false;
  world.server.dropAll();
  await world.pass(1_000);
}

/** The connection of the two fails; they could find each other again. */
async function part(one: string, other: string): Promise<void> {
  world.peers.reaches = (a, b) => ![one, other].every((name) => [a, b].includes(name));
  world.peers.failBetween(one, other, 'failed');
  await world.pass(100);
  expect(world.allSealed()).toBe(false);
  world.peers.reaches = () => true;
  world.peers.connect();
}

async function bringHostBack(): Promise<void> {
  world.server.up = true;
  for (const page of world.pages) page.wake();
  await world.until('all are online', () =>
    world.pages.every(({ state }) => state.signaling.phase === 'online'),
  );
}

async function timeTo(what: string, holds: () => boolean): Promise<number> {
  const fromMs = world.time.clock();
  await world.until(what, holds, 20);
  return world.time.clock() - fromMs;
}

/** What the passers do in the place of passing a box on. */
function passBy(deed: (body: PassedBody, tell: (body: PassedBody) => void) => void): PassedBody[] {
  const passed: PassedBody[] = [];
  const { tell } = Peer.prototype;
  vi.spyOn(Peer.prototype, 'tell').mockImplementation(function (this: Peer, body) {
    if (body.kind !== 'passed') return tell.call(this, body);
    passed.push(body);
    return deed(body, (other) => tell.call(this, other));
  });
  return passed;
}

const phaseOf = (other: CallPage, page: CallPage) =>
  page.state.participants.find(({ id }) => id === other.id)?.peer.phase;

describe('without the host', () => {
  it('two who lost each other are brought together by the third, in their old connection', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    const before = world.peers.open;
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(1_000);
    expect(world.peers.open).toEqual(before);
    expect([anna.heard.has(boris.id), boris.heard.has(anna.id)]).toEqual([true, true]);
  });

  it('two who had a connection anew to make are, too', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    world.peers.reaches = (a, b) => a === 'Clara' || b === 'Clara';
    world.peers.failBetween('Anna', 'Boris', 'failed');
    await world.pass(10_000);
    expect(anna.people).toEqual(['Boris lost checking', 'Clara connected sealed']);
    world.peers.reaches = () => true;
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(15_000);
  });

  it('the chat goes on through the third while the two do not reach each other', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    world.peers.reaches = (a, b) => a === 'Clara' || b === 'Clara';
    world.peers.failBetween('Anna', 'Boris', 'failed');
    await world.pass(1_000);
    anna.session.sendChat('Still here?');
    await world.until('Boris reads it', () => boris.state.chat.length === 1, 20);
    await world.until('Anna knows', () => anna.state.chat[0]?.delivery === 'sent', 20);
  });

  it('lines on which all takes longer than a box is waited for do not fill by themselves', async () => {
    const pages = await world.joinAll('Anna', 'Boris', 'Clara', 'Dora', 'Emil');
    await loseHost();
    let arrived = 0;
    world.peers.arrive = (deliver) => {
      arrived++;
      world.time.timers.setTimeout(deliver, SLOW_MS);
    };
    for (const page of pages) page.session.setHandUp(true);
    await world.pass(15_000);
    // Some 90 new ones by each of the five, all of them sent again some times; seven times as many and growing, if carriers bred.
    expect(arrived).toBeLessThan(2_000);
  });

  it('in a group of five each pair of a broken ring is mended', async () => {
    const names = ['Anna', 'Boris', 'Clara', 'Dora', 'Emil'] as const;
    await world.joinAll(...names);
    await loseHost();
    const apart = (a: string, b: string) =>
      names.some((name, index) => {
        const next = names[(index + 1) % names.length];
        return (a === name && b === next) || (b === name && a === next);
      });
    world.peers.reaches = (a, b) => !apart(a, b);
    for (const [index, name] of names.entries())
      world.peers.failBetween(name, names[(index + 1) % names.length] ?? '', 'failed');
    await world.pass(100);
    expect(world.allSealed()).toBe(false);
    world.peers.reaches = () => true;
    world.peers.connect();
    await world.until('all are sealed', () => world.allSealed(), 20);
  });

  it('one whose own way to the host alone is cut is helped as well', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris', 'Clara');
    const { id } = anna;
    world.server.fromPage = (message) => message;
    const connect = world.server.connect.bind(world.server);
    const annas = world.server.sideOf(id);
    world.serverAt = (url) => ({
      connect: () => {
        const socket = connect(url);
        queueMicrotask(() => queueMicrotask(() => socket.drop(1006)));
        return socket;
      },
    });
    world.server.drop(annas);
    await world.pass(1_000);
    expect(anna.state.signaling.phase).toBe('retrying');
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(5_000);
  });

  it('nothing of it is told while everybody has the host', async () => {
    const told = vi.spyOn(Peer.prototype, 'tell');
    await world.joinAll('Anna', 'Boris', 'Clara');
    await part('Anna', 'Boris');
    await world.until('all are sealed', () => world.allSealed(), 20);
    expect(told).not.toHaveBeenCalled();
  });

  it('it is told no more once everybody has the host again', async () => {
    await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    await bringHostBack();
    await world.pass(1_000);
    const told = vi.spyOn(Peer.prototype, 'tell');
    await part('Anna', 'Boris');
    await world.until('all are sealed', () => world.allSealed(), 20);
    expect(told).not.toHaveBeenCalled();
  });
});

describe('a passer', () => {
  it('who drops all is passed over', async () => {
    await world.joinAll('Anna', 'Boris', 'Clara', 'Dora');
    await loseHost();
    const { handlePass } = Passing.prototype;
    const asked = new Set<Passing>();
    vi.spyOn(Passing.prototype, 'handlePass').mockImplementation(function (this: Passing, from, body) {
      asked.add(this);
      const [first] = asked;
      if (this !== first) handlePass.call(this, from, body);
    });
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(5_000);
    expect(asked.size).toBe(2);
  });

  it.each<[string, (tell: () => void, held: (() => void)[]) => void]>([
    [
      'repeats boxes',
      (tell) => {
        for (let times = 0; times < 5; times++) tell();
      },
    ],
    [
      'puts them in another order',
      (tell, held) => {
        held.unshift(tell);
        if (held.length >= 3) for (const next of held.splice(0)) next();
      },
    ],
  ])('who %s is survived', async (_what, deed) => {
    await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    const held: (() => void)[] = [];
    const passed = passBy((body, tell) => deed(() => tell(body), held));
    await part('Anna', 'Boris');
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(10_000);
    expect(passed.length).toBeGreaterThan(0);
  });

  it.each<[string, (body: PassedBody, clara: string, dora: string) => PassedBody]>([
    ['alters boxes', (body) => ({ ...body, box: `${body.box.slice(0, 60)}AAAA${body.box.slice(64)}` })],
    ['names another type', (body) => ({ ...body, type: body.type === 'chat' ? 'pair' : 'chat' })],
    ['says that they are from somebody else', (body, _, dora) => ({ ...body, from: dora })],
    ['says that they are their own', (body, clara) => ({ ...body, from: clara })],
    ['makes up another version', (body) => ({ ...body, box: `Ag${body.box.slice(2)}` })],
  ])('who %s brings nobody into disrepute, and nothing in', async (_what, alter) => {
    const [anna, boris, clara, dora] = await world.joinAll('Anna', 'Boris', 'Clara', 'Dora');
    await loseHost();
    const passed = passBy((body, tell) => tell(alter(body, clara.id, dora.id)));
    await part('Anna', 'Boris');
    await world.pass(1_500);
    expect(passed.length).toBeGreaterThan(0);
    expect(world.pages.flatMap(({ people }) => people).filter((text) => text.includes('failed'))).toEqual([]);
    expect([phaseOf(anna, boris), phaseOf(boris, anna)]).toEqual(['lost', 'lost']);
    // With the host back, and nobody between, it is as before.
    await bringHostBack();
    await world.until('all are sealed', () => world.allSealed(), 50);
  });

  it('cannot have two barred who have heard of each other, and were never connected', async () => {
    const [anna] = await world.joinAll('Anna', 'Clara');
    world.peers.reaches = (a, b) => a === 'Clara' || b === 'Clara';
    const boris = await world.join('Boris');
    await world.pass(1_000);
    await loseHost();
    const passed = passBy((body, tell) =>
      tell({ ...body, box: `${body.box.slice(0, 60)}AAAA${body.box.slice(64)}` }),
    );
    await world.pass(16_000, 500);
    expect(passed.length).toBeGreaterThan(0);
    expect([phaseOf(anna, boris), phaseOf(boris, anna)]).toEqual(['connecting', 'connecting']);
  });
});

describe('a newcomer', () => {
  /** Boris gets in just before the host goes; of the others Clara alone hears of it. */
  async function joinUnheard() {
    const [anna, clara] = await world.joinAll('Anna', 'Clara');
    const annas = world.server.sideOf(anna.id);
    world.server.toPage = (message, side) => (side === annas && message.type === 'roster' ? null : message);
    const boris = await world.join('Boris');
    await world.until('Clara has Boris', () => phaseOf(boris, clara) === 'connected');
    expect(anna.people).toEqual(['Clara connected sealed']);
    return { anna, boris, clara };
  }

  it('whom the host told one of two is introduced to the other', async () => {
    const { anna, boris } = await joinUnheard();
    await loseHost();
    expect(await timeTo('all are sealed', () => world.allSealed())).toBeLessThan(5_000);
    expect(anna.people).toEqual(['Clara connected sealed', 'Boris connected sealed']);
    expect(anna.events.at(-1)).toEqual({ type: 'joined', id: boris.id, name: 'Boris' });
    expect(anna.heard.has(boris.id)).toBe(true);
    expect(anna.state.participants.map(({ introduced }) => introduced)).toEqual([false, true]);
  });

  it('stays once the host has both in', async () => {
    const { anna } = await joinUnheard();
    await loseHost();
    await world.until('all are sealed', () => world.allSealed(), 20);
    const before = world.peers.open;
    await bringHostBack();
    await world.pass(INTRODUCED_GRACE_MS + 1_000, 500);
    expect(world.allSealed()).toBe(true);
    expect(world.peers.open).toEqual(before);
    expect(anna.state.participants.map(({ introduced }) => introduced)).toEqual([false, false]);
  });

  it('whom the host does not have in goes again after a while', async () => {
    const { anna, boris } = await joinUnheard();
    await loseHost();
    await world.until('all are sealed', () => world.allSealed(), 20);
    world.server.toPage = (message) =>
      'roster' in message
        ? { ...message, roster: message.roster.filter(({ id }) => id !== boris.id) }
        : message;
    await bringHostBack();
    await world.pass(INTRODUCED_GRACE_MS - 2_000, 500);
    expect(phaseOf(boris, anna)).toBe('connected');
    await world.pass(3_000, 500);
    expect(anna.people).toEqual(['Clara connected sealed']);
  });
});

describe('somebody who introduces whom they like', () => {
  /** Of somebody who has the link and never was in. */
  async function inventedEntry(): Promise<RosterEntry> {
    const keyring = await Keyring.create(
      { crypto: nodeCrypto, text: textCoder },
      world.link.secret,
      randomBytes(32),
    );
    const { id, key, fp } = keyring.identity;
    const name = await keyring.sealName('Mallory');
    return { id: toBase64Url(id), key: toBase64Url(key), fp: toBase64Url(fp), name: toBase64Url(name) };
  }

  /** Anna and Clara are in, without the host; and what the others' pages hear of Clara's. */
  async function hearClara() {
    const handled = vi.spyOn(WithoutHost.prototype, 'handle');
    const [anna, clara] = await world.joinAll('Anna', 'Clara');
    await loseHost();
    const hearing = new Set(
      handled.mock.contexts.filter((_, index) => handled.mock.calls[index]?.[0] === clara.id),
    );
    const hear = (body: MeshBody) => {
      for (const page of hearing) (page as WithoutHost).handle(clara.id, body);
    };
    const introduce = async (entry: RosterEntry) => {
      hear({ kind: 'reach', ids: [clara.id, anna.id, entry.id], offline: true });
      hear({ kind: 'introduce', entry });
      await world.pass(200);
    };
    return { anna, clara, hear, introduce };
  }

  it('brings in a card that says that nobody is connected, and no voice', async () => {
    const { anna, introduce } = await hearClara();
    await introduce(await inventedEntry());
    expect(anna.people).toEqual(['Clara connected sealed', 'Mallory connecting checking']);
    expect(anna.heard.size).toBe(1);
  });

  it('brings in nobody who was not asked for', async () => {
    const { anna, hear } = await hearClara();
    hear({ kind: 'introduce', entry: await inventedEntry() });
    await world.pass(200);
    expect(anna.people).toEqual(['Clara connected sealed']);
  });

  it('brings in no more than there are places', async () => {
    world = new CallWorld(3);
    const { anna, introduce } = await hearClara();
    for (let count = 0; count < 5; count++) await introduce(await inventedEntry());
    expect(anna.people).toEqual(['Clara connected sealed', 'Mallory connecting checking']);
  });

  it('brings in nobody under an id that is not of the key and certificate beside it, nor oneself', async () => {
    const { anna, introduce } = await hearClara();
    const entry = await inventedEntry();
    await introduce({ ...entry, fp: (await inventedEntry()).fp });
    await introduce({ ...entry, id: anna.id });
    expect(anna.people).toEqual(['Clara connected sealed']);
  });

  it('brings back nobody whom one saw leave', async () => {
    const told: RosterEntry[] = [];
    world.server.toPage = (message) => {
      if ('roster' in message) told.push(...message.roster);
      return message;
    };
    const boris = await world.join('Boris');
    const { anna, introduce } = await hearClara();
    expect(anna.people).toContain('Boris connected sealed');
    await bringHostBack();
    boris.session.leave();
    await world.until('Boris is gone', () => anna.people.length === 1);
    world.pages.splice(world.pages.indexOf(boris), 1);
    boris.session.dispose();
    await loseHost();
    const entry = told.find(({ id }) => id === boris.id);
    if (entry) await introduce(entry);
    expect(entry && anna.people).toEqual(['Clara connected sealed']);
  });

  it('brings in nobody while the host is there', async () => {
    const { anna, introduce } = await hearClara();
    await bringHostBack();
    await introduce(await inventedEntry());
    expect(anna.people).toEqual(['Clara connected sealed']);
    expect(anna.events.map(({ type }) => type)).toEqual(['joined']);
  });
});

describe('who is gone', () => {
  it('is gone from the list at once where they said so, and may come in again with the host', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    boris.session.leave();
    await world.pass(200);
    expect([anna.people, clara.people]).toEqual([['Clara connected sealed'], ['Anna connected sealed']]);
    expect(anna.events.at(-1)).toEqual({ type: 'left', id: boris.id, name: 'Boris' });
    expect(boris.connections).toEqual([]);
    await bringHostBack();
    boris.session.join('Boris');
    await world.until('all are sealed', () => world.allSealed(), 20);
  });

  it('and comes in again at once has one connection to each when the host is back', async () => {
    await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    const [, boris] = world.pages;
    boris?.session.leave();
    world.server.up = true;
    boris?.wake();
    boris?.session.join('Boris');
    await bringHostBack();
    await world.pass(200);
    await world.until('all are sealed', () => world.allSealed(), 20);
    expect(world.peers.open).toHaveLength(6);
  });

  /** The page ends without a word to anybody, as where its computer lost its power. */
  async function lose(page: CallPage, name: string): Promise<void> {
    const { reaches } = world.peers;
    world.peers.reaches = (a, b) => a !== name && b !== name && reaches(a, b);
    for (const other of ['Anna', 'Boris', 'Clara']) world.peers.failBetween(name, other, 'failed');
    world.pages.splice(world.pages.indexOf(page), 1);
    page.session.dispose();
    await world.pass(1_000);
  }

  it('is gone from the list once nobody has reached them for two minutes', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    await lose(boris, 'Boris');
    await world.pass(ABSENT_MS - 5_000, 1_000);
    expect(phaseOf(boris, anna)).toBe('lost');
    await world.pass(6_000, 1_000);
    expect([anna.people, clara.people]).toEqual([['Clara connected sealed'], ['Anna connected sealed']]);
    expect(anna.events.at(-1)).toEqual({ type: 'left', id: boris.id, name: 'Boris' });
  });

  it('is not who is reached by somebody else, nor anybody where there is nobody else', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    await loseHost();
    world.peers.reaches = (a, b) => a === 'Clara' || b === 'Clara';
    world.peers.failBetween('Anna', 'Boris', 'failed');
    await world.pass(ABSENT_MS + 5_000, 1_000);
    expect([phaseOf(boris, anna), phaseOf(anna, boris)]).toEqual(['lost', 'lost']);
    await lose(clara, 'Clara');
    await world.pass(ABSENT_MS + 5_000, 1_000);
    expect([phaseOf(boris, anna), phaseOf(clara, anna)]).toEqual(['lost', 'lost']);
  });
});

describe('another address while the host is gone', () => {
  it('finds the other again by what was agreed ahead: sealed, one voice, muted as before', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.session.setMicrophoneMuted(true);
    await loseHost();
    await world.pass(RESERVE_AFTER_MS + 500);
    const heard = () => [anna.heard.get(boris.id), boris.heard.get(anna.id)];
    const before = heard();
    const { microphone } = anna.state;
    world.peers.move('Anna');
    anna.session.sendChat('Moved');
    anna.wake();
    await timeTo('both hear a new connection', () =>
      heard().every((track, index) => track !== before[index]),
    );
    await world.pass(100);
    expect(world.allSealed()).toBe(true);
    expect(boris.state.chat).toMatchObject([{ text: 'Moved' }]);
    await world.pass(1_000);
    expect([anna.heard.size, boris.heard.size]).toEqual([1, 1]);
    expect(anna.state.microphone).toEqual(microphone);
    expect(boris.state.participants.map((other) => other.microphone)).toEqual(['muted']);
  });
});
