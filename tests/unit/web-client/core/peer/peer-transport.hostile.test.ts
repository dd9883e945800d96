/** Holds a transport against descriptions and candidates that no page of ours sends. */

import { describe, expect, it } from 'vitest';
import { CANDIDATES_PER_GENERATION } from '../../../../../main/common/protocol/limits.ts';
import { expectConnectedOnce, pairForEachTest } from '../../../../support/call/pair-for-each-test.ts';
import type { TransportMessage, TransportPair } from '../../../../support/call/transport-pair.ts';

let pair: TransportPair;
pairForEachTest((fresh) => {
  pair = fresh;
});

describe('a description', () => {
  const swapped = (message: TransportMessage): TransportMessage =>
    message.type === 'offer' || message.type === 'answer'
      ? {
          ...message,
          body: { ...message.body, sdp: message.body.sdp.replaceAll('BB', 'CC').replaceAll('AA', 'CC') },
        }
      : message;

  it.each(['a', 'b'] as const)('with another fingerprint never reaches the browser of %s', async (name) => {
    const victim = pair[name];
    victim.tamper = swapped;
    await pair.connect();
    expect(victim.refused).toEqual(['fingerprint']);
    expect(victim.connections).toEqual([]);
    const [made] = pair.network.connections.filter((connection) => connection.name.startsWith(`${name}#`));
    expect(made?.remoteUfrag ?? null).toBeNull();
    expect(pair.phases).not.toContain('connected');
  });

  it('with another fingerprint is refused at a restart too', async () => {
    await pair.connect();
    pair.a.tamper = swapped;
    pair.b.transport.wake();
    await pair.time.advance(100);
    expect(pair.a.refused).toEqual(['fingerprint']);
    expect(pair.a.transport.phase).toBe('off');
  });

  it('of an older epoch is ignored', async () => {
    await pair.connect();
    const [old] = pair.b.sent.filter(({ type }) => type === 'offer');
    pair.b.stop();
    pair.a.stop();
    await pair.connect();
    expectConnectedOnce(pair);
    if (old) pair.a.take(old);
    await pair.time.advance(100);
    expectConnectedOnce(pair);
    expect(pair.network.connections).toHaveLength(4);
  });
});

describe('what another program might send', () => {
  /** All that the browser of `a` was given to look at. */
  const given = (): string[] => {
    const [made] = pair.network.connections.filter(({ name }) => name.startsWith('a#'));
    return made?.given ?? [];
  };
  const candidates = (count: number, address = '192.0.2.9'): TransportMessage => ({
    type: 'ice',
    body: {
      epoch: 1,
      candidates: Array.from({ length: count }, (_, index) => ({
        candidate: `candidate:1 1 udp 1 ${address} ${20_000 + index} typ host`,
        sdpMid: '0',
        sdpMLineIndex: 0,
        usernameFragment: pair.a.connection.remoteUfrag,
      })),
    },
  });

  it('is no address of this computer, alone or in a description', async () => {
    pair.a.tamper = (message) =>
      message.type === 'offer'
        ? {
            ...message,
            body: {
              ...message.body,
              sdp: message.body.sdp
                .replaceAll('c=IN IP4 0.0.0.0', 'c=IN IP4 127.0.0.1')
                .replace('a=mid:', 'a=candidate:1 1 udp 1 127.0.0.1 5000 typ host\r\na=mid:'),
            },
          }
        : message;
    await pair.connect();
    expectConnectedOnce(pair);
    pair.a.take(candidates(1, '127.0.0.1'));
    pair.a.take(candidates(1, 'router.example'));
    await pair.time.advance(1_000);
    expect(given().join(' ')).toContain('192.0.2.1');
    expect(given().join(' ')).not.toMatch(/127\.|router/);
    expect(pair.a.refused).toEqual([]);
  });

  it('is an address of a network that this side is not in', async () => {
    await pair.connect();
    for (const address of ['192.168.1.1', 'fd00::1', '9b5667be-69da-4dc5-92c9-4461b3703196.local'])
      pair.a.take(candidates(1, address));
    pair.a.take(candidates(1, '192.0.2.9'));
    await pair.time.advance(1_000);
    const addresses = given().flatMap((line) => (line.startsWith('candidate:') ? [line.split(' ')[4]] : []));
    expect(new Set(addresses)).toEqual(new Set(['192.0.2.1', '192.0.2.9']));
  });

  it('is a list of candidates without end: some reach the browser, and the call goes on', async () => {
    await pair.connect();
    const before = given().length;
    pair.a.take(candidates(CANDIDATES_PER_GENERATION + 40));
    await pair.time.advance(10_000);
    expect(given().length - before).toBeLessThanOrEqual(CANDIDATES_PER_GENERATION);
    expectConnectedOnce(pair);
  });

  it('is a call with pictures, which ends the transport before the browser sees it', async () => {
    pair.a.tamper = (message) =>
      message.type === 'offer'
        ? {
            ...message,
            body: { ...message.body, sdp: `${message.body.sdp}m=video 9 UDP/TLS/RTP/SAVPF 96\r\n` },
          }
        : message;
    await pair.connect();
    expect(pair.a.refused).toEqual(['not-a-call']);
    expect(given()).toEqual([]);
  });

  it('is a data channel of its own, which is closed with the transport', async () => {
    await pair.connect();
    expect(pair.a.connection.openInBand()).toBe(true);
    expect(pair.a.refused).toEqual(['not-a-call']);
    expect(pair.a.transport.phase).toBe('off');
  });
});
