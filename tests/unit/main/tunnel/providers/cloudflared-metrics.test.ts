/** Checks when an address of cloudflared counts, and when it is given up. */

import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../../../../../main/tunnel/http-get.ts';
import {
  followMetrics,
  NOT_READY_LIMIT_MS,
} from '../../../../../main/tunnel/providers/cloudflared-metrics.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

function follow() {
  const time = new ManualTime();
  const stop = new AbortController();
  const addresses: string[] = [];
  const answers: Record<'/quicktunnel' | '/ready', HttpAnswer | null> = {
    '/quicktunnel': null,
    '/ready': null,
  };
  let over = false;
  void followMetrics({
    read: async (path) => answers[path],
    clock: time.clock,
    timers: time.timers,
    signal: stop.signal,
    onAddress: (url) => addresses.push(url),
  }).then(() => {
    over = true;
  });
  return {
    time,
    stop,
    addresses,
    isOver: () => over,
    name: (hostname: string) => {
      answers['/quicktunnel'] = { status: 200, body: JSON.stringify({ hostname }) };
    },
    ready: (ready: boolean) => {
      answers['/ready'] = { status: ready ? 200 : 503, body: '' };
    },
  };
}

describe('followMetrics', () => {
  it('announces the address once, when it has a name and a connection', async () => {
    const { time, addresses, name, ready } = follow();
    await time.advance(2_000);
    name('');
    ready(false);
    await time.advance(2_000);
    name('a.trycloudflare.com');
    await time.advance(2_000);
    expect(addresses).toEqual([]);
    ready(true);
    await time.advance(60_000);
    expect(addresses).toEqual(['https://a.trycloudflare.com']);
  });

  it('gives up an address whose connection stays away, and not one that comes back', async () => {
    const { time, isOver, name, ready } = follow();
    name('a.trycloudflare.com');
    ready(true);
    await time.advance(10_000);
    ready(false);
    await time.advance(NOT_READY_LIMIT_MS - 10_000);
    ready(true);
    await time.advance(10_000);
    ready(false);
    await time.advance(NOT_READY_LIMIT_MS - 10_000);
    expect(isOver()).toBe(false);
    await time.advance(20_000);
    expect(isOver()).toBe(true);
    expect(time.pending).toBe(0);
  });

  it('ends on abort without a timer left', async () => {
    const { time, stop, isOver } = follow();
    await time.advance(1_200);
    stop.abort();
    await time.advance(0);
    expect(isOver()).toBe(true);
    expect(time.pending).toBe(0);
  });
});
