import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHAT_MAX_UNITS } from '../../../../main/common/protocol/limits.ts';
import { REACTION_SHOWN_MS } from '../../../../web-client/core/messaging/transient-reaction.ts';
import type { ChatMessage } from '../../../../web-client/core/state/chat-state.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
});
afterEach(async () => {
  await world.end();
});

const joinAll = <Names extends string[]>(...names: Names) => world.joinAll(...names);

const texts = ({ state }: CallPage) => state.chat.map(({ authorName, text }) => `${authorName}: ${text}`);
const last = ({ state }: CallPage): ChatMessage | undefined => state.chat.at(-1);

describe('chat', () => {
  it('reaches everyone once, in order, and says when all have it', async () => {
    const [anna, boris, clara] = await joinAll('Anna', 'Boris', 'Clara');
    anna.session.sendChat('Hello');
    anna.session.sendChat('How are you?');
    expect(anna.state.chat.map(({ delivery }) => delivery)).toEqual(['sending', 'sending']);
    await world.until('all have it', () => anna.state.chat.every(({ delivery }) => delivery === 'sent'));
    for (const page of [anna, boris, clara])
      expect(texts(page)).toEqual(['Anna: Hello', 'Anna: How are you?']);
    expect(last(boris)).toMatchObject({ own: false, author: anna.id, delivery: null, missedBy: [] });
  });

  it('goes on while the way to the host is lost', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    world.server.up = false;
    world.server.dropAll();
    await world.until('Anna is offline', () => anna.state.signaling.phase === 'retrying');
    anna.session.sendChat('Still here?');
    await world.until('Boris reads it', () => texts(boris).length === 1);
    boris.session.sendChat('Yes');
    await world.until('both have it', () => last(anna)?.text === 'Yes' && last(boris)?.delivery === 'sent');
  });

  it('says whom a message did not reach', async () => {
    const [anna, boris, clara] = await joinAll('Anna', 'Boris', 'Clara');
    const borisId = boris.id;
    for (const connection of boris.connections) connection.channel?.close();
    boris.session.dispose();
    anna.session.sendChat('Boris?');
    await world.until('it is settled', () => last(anna)?.delivery === 'not-delivered', 50);
    expect(last(anna)?.missedBy).toEqual([borisId]);
    expect(texts(clara)).toEqual(['Anna: Boris?']);
  });

  it('keeps what was written as the last one left, and says that nobody has it', async () => {
    const anna = await world.join('Anna');
    anna.session.sendChat('Anybody?');
    expect(anna.state.chat).toMatchObject([{ text: 'Anybody?', delivery: 'not-delivered', missedBy: [] }]);
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['too much', 'x'.repeat(CHAT_MAX_UNITS + 1)],
  ])('sends nothing for %s', async (_what, text) => {
    const anna = await world.join('Anna');
    anna.session.sendChat(text);
    expect(anna.state.chat).toEqual([]);
  });

  it('does not send before joining, and keeps what was said over Leave', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    anna.session.sendChat('Bye');
    await world.until('Boris reads it', () => texts(boris).length === 1);
    anna.session.leave();
    anna.session.sendChat('Too late');
    expect(texts(anna)).toEqual(['Anna: Bye']);
  });

  it('gives what is said after coming back to those who are there', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    anna.session.leave();
    await world.until('Boris is alone', () => boris.state.participants.length === 0);
    anna.session.join('Anna');
    await world.until('both are sealed again', () => world.allSealed());
    anna.session.sendChat('Back');
    await world.until('Boris reads it', () => texts(boris).length === 1);
    expect(last(boris)?.key).toBe(`${anna.id}:1`);
  });
});

describe('reactions', () => {
  it('are put to messages by anyone and taken away again', async () => {
    const [anna, boris, clara] = await joinAll('Anna', 'Boris', 'Clara');
    anna.session.sendChat('Cake?');
    await world.until('all read it', () => [boris, clara].every((page) => texts(page).length === 1));
    const key = last(anna)?.key ?? '';
    boris.session.setChatReaction(key, '👍', true);
    boris.session.setChatReaction(key, '👍', true);
    await world.until('Clara sees it', () => last(clara)?.reactions.length === 1);
    clara.session.setChatReaction(key, '👍', true);
    await world.until('Anna sees both', () => last(anna)?.reactions[0]?.by.length === 2);
    expect(last(anna)?.reactions).toEqual([{ emoji: '👍', by: [boris.id, clara.id] }]);
    boris.session.setChatReaction(key, '👍', false);
    clara.session.setChatReaction(key, '👍', false);
    await world.until('both are gone', () => last(anna)?.reactions.length === 0);
  });

  it('show an emoji to all for a few seconds', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    anna.session.react('👏');
    expect(anna.state.self.reaction?.emoji).toBe('👏');
    await world.until('Boris sees it', () => boris.state.participants[0]?.reaction?.emoji === '👏');
    anna.session.react('👏');
    await world.until('Boris sees the next', () => boris.state.participants[0]?.reaction?.serial === 2);
    await world.pass(REACTION_SHOWN_MS + 500);
    expect([anna.state.self.reaction, boris.state.participants[0]?.reaction]).toEqual([null, null]);
  });
});

describe('what one tells of oneself', () => {
  const told = ({ state }: CallPage) =>
    state.participants.map(({ microphone, handUp }) => [microphone, handUp]);

  it('is the microphone and the hand, for those who come later as well', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    await world.until('Boris knows', () => told(boris)[0]?.[0] === 'open');
    anna.session.setMicrophoneMuted(true);
    anna.session.setHandUp(true);
    await world.until('Boris sees it', () => told(boris)[0]?.[0] === 'muted' && told(boris)[0]?.[1] === true);
    const clara = await world.join('Clara');
    await world.until('Clara sees it', () => told(clara)[0]?.[0] === 'muted' && told(clara)[0]?.[1] === true);
    expect(anna.state.self.handUp).toBe(true);
  });

  it('is told again to one who comes back, and the hand is down after Leave', async () => {
    const [anna, boris] = await joinAll('Anna', 'Boris');
    anna.session.setHandUp(true);
    await world.until('Boris sees the hand', () => told(boris)[0]?.[1] === true);
    boris.session.leave();
    await world.until('Anna is alone', () => anna.state.participants.length === 0);
    boris.session.join('Boris');
    await world.until('Boris sees the hand again', () => told(boris)[0]?.[1] === true);
    anna.session.leave();
    expect(anna.state.self.handUp).toBe(false);
    await world.until('Boris is alone', () => boris.state.participants.length === 0);
    anna.session.join('Anna');
    await world.until('Boris sees Anna anew', () => told(boris)[0]?.[0] === 'open');
    expect(told(boris)).toEqual([['open', false]]);
  });
});

describe('an error for one person', () => {
  it('ends that person’s step alone', async () => {
    const [anna] = await joinAll('Anna', 'Boris');
    await world.time.advance(1_000);
    const [transceiver] = anna.connections.flatMap((connection) => connection.getTransceivers());
    Object.assign(transceiver?.sender ?? {}, {
      getParameters: () => {
        throw new Error('InvalidStateError');
      },
    });
    const clara = await world.join('Clara');
    await world.until('Anna hears Clara', () => anna.heard.has(clara.id) && clara.heard.has(anna.id));
  });
});

describe('a server that no browser takes', () => {
  it('keeps nobody out, is told once and left out', async () => {
    const wrong = [{ urls: 'turn:turn.example.org' }, { urls: 'stun:stun.example.org:99999' }];
    const refused = { urls: 'stun:odd.example.org' };
    const good = { urls: 'stun:stun.example.org' };
    world.server.toPage = (message) =>
      message.type === 'hello' ? { ...message, iceServers: [...wrong, good, refused] } : message;
    world.peers.refuses = (configuration) => {
      const { iceServers } = configuration as { iceServers: { urls: string }[] };
      return iceServers.some(({ urls }) => urls !== good.urls);
    };
    const pages = await joinAll('Anna', 'Boris', 'Clara');
    for (const page of pages) {
      const told = page.events.filter(({ type }) => type === 'server-left-out');
      expect(told).toEqual(
        [...wrong, refused].map(({ urls: url }) => ({ type: 'server-left-out', url, own: false })),
      );
    }
  });
});

describe('a STUN server of one’s own', () => {
  const urls = (page: CallPage) =>
    page.connections.map(({ configuration }) =>
      (configuration as { iceServers: { urls: string }[] }).iceServers.map((server) => server.urls),
    );

  it('is given to connections that stand and to those to come', async () => {
    const [anna] = await joinAll('Anna', 'Boris');
    anna.session.setStunServer('stun:stun.example.org:3478');
    expect(urls(anna)).toEqual([['stun:stun.example.org:3478']]);
    await world.join('Clara');
    await world.until('all are sealed', () => world.allSealed());
    expect(urls(anna)).toEqual([['stun:stun.example.org:3478'], ['stun:stun.example.org:3478']]);
    anna.session.setStunServer(null);
    expect(urls(anna)).toEqual([[], []]);
  });
});
