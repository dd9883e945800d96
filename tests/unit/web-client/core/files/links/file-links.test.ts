import { describe, expect, it } from 'vitest';
import type { FileLinkBody } from '../../../../../../main/common/protocol/file-bodies.ts';
import {
  FILE_LINK_IDLE_MS,
  FILE_LINK_OPEN_MS,
  FILE_LINK_SILENT_MS,
  FILE_LINKS_MAX,
  FILE_MESSAGE_MAX_BYTES,
} from '../../../../../../main/common/protocol/file-limits.ts';
import { LOOK_MS } from '../../../../../../web-client/core/files/links/sending-links.ts';
import { FRAME_BYTES, LinkPair } from '../../../../../support/call/link-pair.ts';
import { CHROMIUM_OFFER } from '../../../../../support/call/recorded-descriptions.ts';

const MANY = 1_000;
/** Of a way of some length, before anything is known of it. */
const FIRST_MESSAGE_BYTES = Math.round(131_072 * 0.05);

const channelOf = (side: LinkPair['from'], index = 0) => {
  const channel = side.connections[index]?.channel;
  if (!channel) throw new Error('there is no channel');
  return channel;
};
const change = (type: 'offer' | 'answer', edit: (sdp: string) => string) => (body: FileLinkBody) =>
  body.signal.type === type ? { ...body, signal: { ...body.signal, sdp: edit(body.signal.sdp) } } : body;

describe('links', () => {
  it('bring what is pulled in order, by one connection, and its acks back', async () => {
    const pair = await LinkPair.create();
    const { from, to } = pair;
    await pair.start(5);
    expect(to.messages).toHaveLength(20);
    expect(to.messages.every(({ link, data }) => link === 1 && data.byteLength === FRAME_BYTES)).toBe(true);
    expect(from.messages.map(({ link }) => link)).toEqual([1, 1, 1, 1, 1]);
    expect([from.connections.length, to.connections.length]).toEqual([1, 1]);
    expect([from.links.open, to.links.open]).toEqual([true, true]);
    expect(channelOf(from).label).toBe('file');
    expect(channelOf(from).init).toEqual({ negotiated: true, id: 0, ordered: true, priority: 'low' });
    expect(channelOf(to).binaryType).toBe('arraybuffer');
    expect(pair.network.errors).toEqual([]);
  });

  it('are not made before there is anything to send, and end some seconds after all has gone', async () => {
    const pair = await LinkPair.create();
    const { from, to } = pair;
    await pair.time.advance(60_000);
    expect(pair.network.connections).toEqual([]);
    await pair.start(2);
    from.links.setBusy(false);
    await pair.time.advance(FILE_LINK_IDLE_MS - 1);
    expect(from.links.open).toBe(true);
    await pair.time.advance(2);
    expect([from.links.open, to.links.open, pair.network.open.length]).toEqual([false, false, 0]);
    expect([from.ended, to.ended]).toEqual([[1], [1]]);
    await pair.time.advance(60_000);
    expect(pair.time.pending).toBe(0);
  });

  it('stay where something moves again before that', async () => {
    const pair = await LinkPair.create();
    await pair.start(1);
    pair.from.links.setBusy(false);
    await pair.time.advance(FILE_LINK_IDLE_MS - 1);
    pair.from.links.setBusy(true);
    await pair.time.advance(60_000);
    expect(pair.network.connections).toHaveLength(2);
  });

  it('go by relays alone where the pair’s voice does', async () => {
    const pair = await LinkPair.create();
    pair.from.byRelay = true;
    await pair.start(1);
    expect([pair.from.relayed, pair.to.relayed]).toEqual([[true], [false]]);
  });

  it('tell no address but those of relays where addresses are hidden', async () => {
    const pair = await LinkPair.create();
    pair.from.relayOnly = true;
    await pair.start(1);
    expect(JSON.stringify(pair.from.sent)).not.toMatch(/192\.0\.2\.1/);
    expect(JSON.stringify(pair.to.sent)).toMatch(/192\.0\.2\.1/);
    expect(pair.from.links.relayed).toBe(true);
  });

  it('are more where the line is slow, as long as more bring more', async () => {
    const pair = await LinkPair.create();
    const { from } = pair;
    pair.network.channelsKeep = true;
    await pair.start(MANY);
    const counts: number[] = [];
    for (let step = 0; step < 80; step++) {
      await pair.time.advance(250);
      counts.push(from.connections.length);
      for (const { channel } of from.connections) channel?.setBuffered(channel.bufferedAmount - 30_000);
    }
    expect(new Set(counts)).toEqual(new Set([1, 2, 4, FILE_LINKS_MAX]));
    expect(counts.at(-1)).toBe(FILE_LINKS_MAX);
  });
});

describe('the pace of links', () => {
  /** Bytes a message may have after round trips of 40 ms and one of 900, of which the browser told that late. */
  async function messageBytesWhen(lateMs: number): Promise<number> {
    const pair = await LinkPair.create();
    const { from } = pair;
    pair.network.channelsKeep = true;
    await pair.start(MANY);
    const connection = from.connections[0];
    if (connection === undefined) throw new Error('there is no connection');
    let answers = 0;
    const say = (roundTripMs: number) => {
      connection.stats = [
        {
          ...{ type: 'candidate-pair', selected: true, responsesReceived: ++answers },
          currentRoundTripTime: roundTripMs / 1_000,
        },
      ];
    };
    for (const roundTripMs of [40, 40]) {
      say(roundTripMs);
      await pair.time.advance(LOOK_MS);
    }
    say(900);
    const { stats } = connection;
    connection.getStats = () =>
      new Promise((resolve) => pair.time.timers.setTimeout(() => resolve({ values: () => stats }), lateMs));
    await pair.time.advance(LOOK_MS + lateMs);
    return from.links.messageMaxBytes;
  }

  it('is slower where an answer was long on its way, and not where the browser itself was late', async () => {
    const [onTime, late] = [await messageBytesWhen(10), await messageBytesWhen(60)];
    expect(onTime).toBeLessThan(late);
    expect(late).toBeGreaterThan(FIRST_MESSAGE_BYTES);
  });
});

describe('a link that fails', () => {
  it('is told, and another is made', async () => {
    const pair = await LinkPair.create();
    const { from, to } = pair;
    await pair.start(1);
    pair.network.fail('failed');
    await pair.time.advance(2_000);
    expect([from.ended, to.ended]).toEqual([[1], [1]]);
    from.left = 1;
    from.links.wake();
    await pair.time.advance(100);
    expect(to.messages.at(-1)?.link).toBe(2);
    expect(from.refused.concat(to.refused)).toEqual([]);
  });

  it('is given a moment where the browser says that it may come back', async () => {
    const pair = await LinkPair.create();
    await pair.start(1);
    const connections = pair.network.open;
    for (const connection of connections) connection.setConnectionState('disconnected');
    await pair.time.advance(2_000);
    for (const connection of connections) connection.setConnectionState('connected');
    await pair.time.advance(10_000);
    expect(pair.from.ended).toEqual([]);
    for (const connection of connections) connection.setConnectionState('disconnected');
    await pair.time.advance(4_000);
    expect(pair.from.ended).toEqual([1]);
  });

  it('is one that says it stands and brings nothing that is due', async () => {
    const pair = await LinkPair.create();
    pair.network.channelsCarry = false;
    await pair.start(1);
    await pair.time.advance(FILE_LINK_SILENT_MS - 500);
    expect(pair.from.ended).toEqual([]);
    await pair.time.advance(3_000);
    expect(pair.from.ended).toEqual([1]);
  });

  it('is one that never comes about', async () => {
    const pair = await LinkPair.create();
    pair.network.reaches = () => false;
    await pair.start(1);
    await pair.time.advance(FILE_LINK_OPEN_MS + 1_000);
    expect(pair.from.ended).toEqual([1]);
    expect(pair.from.connections.length).toBe(1);
  });

  it('is tried again ever more seldom while nothing comes of it, and at once by the first that carries', async () => {
    const pair = await LinkPair.create();
    pair.network.refuses = () => true;
    await pair.start(1);
    await pair.time.advance(60_000);
    const tries = pair.from.relayed.length;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(20);
    pair.network.refuses = () => false;
    await pair.time.advance(9_000);
    expect(pair.to.messages).toHaveLength(4);
  });

  it('is not made anew before the two can talk again', async () => {
    const pair = await LinkPair.create();
    await pair.start(1);
    pair.from.canTalk = false;
    pair.network.fail('failed');
    await pair.time.advance(30_000);
    expect(pair.from.connections).toEqual([]);
    pair.from.canTalk = true;
    await pair.time.advance(1_500);
    expect(pair.from.links.open).toBe(true);
  });

  it('leaves room for another where the network is cut twice and comes back', async () => {
    const pair = await LinkPair.create();
    const { from, to } = pair;
    await pair.start(1);
    for (const cut of [1, 2]) {
      pair.network.up = false;
      pair.lost = true;
      from.canTalk = false;
      pair.network.fail('failed');
      await pair.time.advance(30_000);
      pair.network.up = true;
      pair.lost = false;
      from.canTalk = true;
      from.left = 1;
      await pair.time.advance(3_000);
      expect(to.messages).toHaveLength(4 * (cut + 1));
    }
  });

  it('is each where the way is to be another one', async () => {
    const pair = await LinkPair.create();
    await pair.start(1);
    pair.from.relayOnly = true;
    pair.from.links.reroute();
    await pair.time.advance(100);
    expect(pair.from.ended).toEqual([1]);
    expect(pair.from.links.open).toBe(true);
    pair.to.links.reroute();
    await pair.time.advance(1_000);
    expect(pair.from.ended).toEqual([1, 2]);
    expect(pair.from.links.open).toBe(true);
  });

  it('ends with the pair, on both sides', async () => {
    for (const end of ['from', 'to'] as const) {
      const pair = await LinkPair.create();
      await pair.start(1);
      pair[end].links.dispose();
      pair.from.links.setBusy(false);
      await pair.time.advance(FILE_LINK_IDLE_MS + 1_000);
      expect(pair.network.open).toEqual([]);
      expect(pair.time.pending).toBe(0);
    }
  });
});

describe('what no page of ours does', () => {
  const VIDEO = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:9\r\n';

  it.each<['offer' | 'answer', 'from' | 'to']>([
    ['offer', 'to'],
    ['answer', 'from'],
  ])('is an %s of something else', async (type, victim) => {
    for (const [edit, reason] of [
      [(sdp: string) => sdp + VIDEO, 'not-a-call'],
      [() => CHROMIUM_OFFER, 'fingerprint'],
      [(sdp: string) => sdp.replaceAll(/sha-256 ../g, 'sha-256 00'), 'fingerprint'],
    ] as const) {
      const pair = await LinkPair.create();
      pair.tamper = change(type, edit);
      await pair.start(1);
      expect(pair[victim].refused).toEqual([reason]);
      expect(pair[victim].connections).toEqual([]);
      expect(pair.to.messages).toEqual([]);
    }
  });

  it('is another certificate than the pair’s, though the description named the right one', async () => {
    const pair = await LinkPair.create({ impostor: true });
    await pair.start(1);
    expect(pair.from.refused).toEqual(['fingerprint']);
    expect(pair.to.messages).toEqual([]);
  });

  it('is a channel that was not agreed on', async () => {
    const pair = await LinkPair.create();
    await pair.start(1);
    expect(pair.to.connections[0]?.openInBand()).toBe(true);
    expect(pair.to.refused).toEqual(['not-a-call']);
    expect(pair.to.connections).toEqual([]);
  });

  it.each([
    ['more than a message may have', new ArrayBuffer(FILE_MESSAGE_MAX_BYTES + 1)],
    ['a text', 'x'],
  ])('is %s', async (_what, data) => {
    const pair = await LinkPair.create();
    await pair.start(0);
    channelOf(pair.to).deliver(data);
    expect(pair.to.refused).toEqual(['flooding']);
    expect(pair.to.messages).toEqual([]);
  });

  it('is an ack of nothing, or one as long as a frame', async () => {
    for (const bytes of [74, FRAME_BYTES]) {
      const pair = await LinkPair.create();
      await pair.start(0);
      channelOf(pair.from).deliver(new ArrayBuffer(bytes));
      expect(pair.from.refused).toEqual(['flooding']);
      expect(pair.from.messages).toEqual([]);
    }
  });

  it('is one link more than there may be; nothing is taken after that', async () => {
    const pair = await LinkPair.create();
    await pair.start(0);
    const offer = pair.from.sent.find(({ signal }) => signal.type === 'offer');
    if (offer === undefined) throw new Error('there is no offer');
    for (let link = 2; link <= FILE_LINKS_MAX; link++) pair.to.links.handleSignal({ ...offer, link });
    await pair.time.advance(100);
    expect([pair.to.connections.length, pair.to.refused]).toEqual([FILE_LINKS_MAX, []]);
    pair.to.links.handleSignal({ ...offer, link: FILE_LINKS_MAX + 1 });
    await pair.time.advance(100);
    expect([pair.to.connections.length, pair.to.refused]).toEqual([0, ['flooding']]);
    pair.to.links.handleSignal({ ...offer, link: FILE_LINKS_MAX + 2 });
    await pair.time.advance(100);
    expect(pair.to.connections).toEqual([]);
  });

  it('is links faster than any page makes them: they wait their turn', async () => {
    const pair = await LinkPair.create();
    await pair.start(0);
    const offer = pair.from.sent.find(({ signal }) => signal.type === 'offer');
    if (offer === undefined) throw new Error('there is no offer');
    const before = pair.to.relayed.length;
    for (let link = 2; link < 200; link++) {
      pair.to.links.handleSignal({ ...offer, link });
      pair.to.links.handleSignal({ ...offer, link, signal: { type: 'end' } });
    }
    await pair.time.advance(100);
    expect(pair.to.relayed.length - before).toBeLessThanOrEqual(10);
    expect(pair.to.refused).toEqual([]);
  });

  it('is passed over: a second offer of a link, an answer to none, a number that is over', async () => {
    const pair = await LinkPair.create();
    await pair.start(1);
    const [offer] = pair.from.sent;
    const [answer] = pair.to.sent;
    if (!offer || !answer) throw new Error('nothing was signaled');
    pair.to.links.handleSignal(offer);
    pair.to.links.handleSignal({ ...answer, link: 7 });
    pair.from.links.handleSignal({ ...answer, link: 7 });
    pair.from.links.handleSignal(answer);
    pair.to.links.handleSignal({ ...offer, signal: { type: 'end' } });
    pair.to.links.handleSignal(offer);
    await pair.time.advance(100);
    expect(pair.network.errors).toEqual([]);
    expect(pair.to.connections).toEqual([]);
    expect([pair.to.refused, pair.from.refused]).toEqual([[], []]);
  });
});
