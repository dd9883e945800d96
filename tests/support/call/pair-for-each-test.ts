/** Owns a new pair of transports before each test, the proof that nothing of it stays behind, and how it stands when all is well. */

import { afterEach, beforeEach, expect } from 'vitest';
import { TransportPair } from './transport-pair.ts';

/** To be called where tests are told. `give` is handed each test's own, and another one whenever what this returns is called. */
export function pairForEachTest(give: (pair: TransportPair) => void): () => void {
  const made: TransportPair[] = [];
  const renew = () => {
    const pair = new TransportPair();
    made.push(pair);
    give(pair);
  };
  beforeEach(renew);
  /** Neither a timer nor an open connection. */
  afterEach(() => {
    for (const { a, b, time, network } of made.splice(0)) {
      a.transport.dispose();
      b.transport.dispose();
      expect(time.pending).toBe(0);
      expect(network.open).toEqual([]);
      expect(network.errors).toEqual([]);
    }
  });
  return renew;
}

export function expectConnectedOnce({ phases, a, b }: TransportPair): void {
  expect(phases).toEqual(['connected', 'connected']);
  expect([a.connections.length, b.connections.length]).toEqual([1, 1]);
  expect([a.transport.channelOpen, b.transport.channelOpen]).toEqual([true, true]);
  for (const { connection } of [a, b]) {
    expect(connection.getTransceivers().map(({ direction, settled }) => [direction, settled])).toEqual([
      ['sendrecv', true],
    ]);
  }
}
