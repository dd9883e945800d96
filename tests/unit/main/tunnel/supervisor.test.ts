/** Checks the life of the public address: statuses, retries, probes, start and stop. */

import { describe, expect, it } from 'vitest';
import type { TunnelErrorCode, TunnelStatus } from '../../../../main/common/host-api/snapshot.ts';
import { toDisposable } from '../../../../main/common/lifecycle.ts';
import type { LogFields, Logger } from '../../../../main/common/logger.ts';
import type { ProbeResult } from '../../../../main/tunnel/probe.ts';
import { STABLE_MS, TunnelSupervisor } from '../../../../main/tunnel/supervisor.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';
import { FakeTunnelProvider } from '../../../support/tunnel/fake-tunnel-provider.ts';

const A = 'https://a.lhr.life';
const B = 'https://b.lhr.life';

function setUp(...others: FakeTunnelProvider[]) {
  const time = new ManualTime();
  const provider = new FakeTunnelProvider();
  const statuses: TunnelStatus[] = [];
  const logged: (readonly [string, LogFields | undefined])[] = [];
  const note = (event: string, fields?: LogFields): void => void logged.push([event, fields]);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const probes: string[] = [];
  const answers: { probe: ProbeResult } = { probe: 'answering' };
  const watching = new Set<() => void>();
  const tunnel = new TunnelSupervisor({
    providers: [provider, ...others],
    probe: async (url) => {
      probes.push(url);
      return answers.probe;
    },
    watchNetwork: (onSign) => {
      watching.add(onSign);
      return toDisposable(() => watching.delete(onSign));
    },
    logger,
    random: () => 0.999_999_999,
    clock: time.clock,
    timers: time.timers,
  });
  tunnel.onStatus((status) => statuses.push(status));
  return {
    time,
    provider,
    tunnel,
    statuses,
    logged,
    probes,
    answers,
    watching,
    async sign() {
      for (const onSign of watching) onSign();
      await time.advance(0);
    },
    async start() {
      tunnel.start();
      await time.advance(0);
    },
    async connect(url: string) {
      provider.session.onAddress(url);
      await time.advance(0);
    },
    async end(code: TunnelErrorCode) {
      provider.session.end(code);
      await time.advance(0);
    },
  };
}

describe('the tunnel', () => {
  it('is off, connecting, connected, off', async () => {
    const { tunnel, start, connect, statuses, provider, time } = setUp();
    expect(tunnel.status).toEqual({ phase: 'off' });
    await start();
    await connect(A);
    expect(tunnel.status).toEqual({ phase: 'connected', url: A });
    await tunnel.stop();
    expect(statuses).toEqual([{ phase: 'connecting' }, { phase: 'connected', url: A }, { phase: 'off' }]);
    expect(provider.running).toBe(0);
    expect(time.pending).toBe(0);
  });

  it('shows a new address of the same session, and the same one only once', async () => {
    const { start, connect, statuses, provider } = setUp();
    await start();
    await connect(A);
    await connect(A);
    await connect(B);
    expect(statuses.slice(1)).toEqual([
      { phase: 'connected', url: A },
      { phase: 'connected', url: B },
    ]);
    expect(provider.sessions).toHaveLength(1);
  });

  it('tries again after 1, 2, 5, 10, 10 seconds', async () => {
    const { time, start, end, tunnel } = setUp();
    const waits: number[] = [];
    await start();
    for (let round = 0; round < 5; round++) {
      await end('network-unreachable');
      if (tunnel.status.phase !== 'waiting') throw new Error(tunnel.status.phase);
      waits.push(tunnel.status.retryInMs);
      await time.advance(tunnel.status.retryInMs - 1);
      expect(tunnel.status.phase).toBe('waiting');
      await time.advance(1);
      expect(tunnel.status.phase).toBe('connecting');
    }
    expect(waits).toEqual([1_000, 2_000, 5_000, 10_000, 10_000]);
  });

  it('presses a provider that has no more addresses less and less', async () => {
    const { time, start, end, tunnel } = setUp();
    const waits: number[] = [];
    await start();
    for (let round = 0; round < 4; round++) {
      await end('tunnel-busy');
      if (tunnel.status.phase !== 'waiting') throw new Error(tunnel.status.phase);
      waits.push(tunnel.status.retryInMs);
      await time.advance(tunnel.status.retryInMs);
    }
    expect(waits).toEqual([10_000, 30_000, 60_000, 60_000]);
  });

  it('takes what a try took off the wait for the next', async () => {
    const { time, start, end, tunnel } = setUp();
    await start();
    for (const waitMs of [1_000, 2_000]) {
      await end('tunnel-refused');
      await time.advance(waitMs);
    }
    await time.advance(3_500);
    await end('tunnel-timeout');
    expect(tunnel.status).toEqual({ phase: 'waiting', code: 'tunnel-timeout', retryInMs: 1_500 });
    await time.advance(1_500);
    await time.advance(40_000);
    await end('tunnel-timeout');
    expect(tunnel.status).toMatchObject({ phase: 'waiting', code: 'tunnel-timeout', retryInMs: 1_000 });
  });

  it('begins with the shortest wait again after a session that lasted, not after one that did not', async () => {
    const { time, start, end, connect, logged } = setUp();
    await start();
    await end('tunnel-refused');
    await time.advance(1_000);
    await connect(A);
    await time.advance(STABLE_MS - 1);
    await end('tunnel-lost');
    expect(logged.at(-1)).toMatchObject(['tunnel-waiting', { failures: 2 }]);
    await time.advance(2_000);
    await connect(A);
    await time.advance(STABLE_MS);
    await end('tunnel-lost');
    expect(logged.at(-1)).toMatchObject(['tunnel-waiting', { failures: 1 }]);
  });

  it('waits for a mute session no longer than four times what an address took before', async () => {
    const { time, start, end, connect, provider } = setUp();
    await start();
    await time.advance(5_000);
    await connect(A);
    await end('tunnel-lost');
    await time.advance(1_000);
    await time.advance(19_999);
    expect(provider.session.signal.aborted).toBe(false);
    await time.advance(1);
    expect(provider.sessions[1]?.signal.aborted).toBe(true);
  });

  it.each(['ssh-not-found', 'cloudflared-not-found', 'host-key-mismatch'] as const)(
    'fails for good with %s, until it is started again',
    async (code) => {
      const { time, start, end, tunnel, provider } = setUp();
      await start();
      await end(code);
      expect(tunnel.status).toEqual({ phase: 'failed', code });
      await time.advance(600_000);
      expect(provider.sessions).toHaveLength(1);
      await start();
      expect(tunnel.status).toEqual({ phase: 'connecting' });
      expect(provider.sessions).toHaveLength(2);
    },
  );

  it('gives a session without an address up in time, and waits until its process is gone', async () => {
    const { time, start, tunnel, provider } = setUp();
    provider.endsOnAbort = false;
    await start();
    await time.advance(provider.connectTimeoutMs - 1);
    expect(provider.session.signal.aborted).toBe(false);
    await time.advance(1);
    expect(provider.session.signal.aborted).toBe(true);
    expect(tunnel.status).toEqual({ phase: 'connecting' });
    provider.session.end('tunnel-lost');
    await time.advance(0);
    expect(tunnel.status).toEqual({ phase: 'waiting', code: 'tunnel-timeout', retryInMs: 1_000 });
  });

  it('takes a provider that throws for a lost session', async () => {
    const { time, tunnel, provider } = setUp();
    provider.run = () => Promise.reject(new Error('disk full'));
    tunnel.start();
    await time.advance(0);
    expect(tunnel.status).toEqual({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 });
  });

  it('logs codes and counts, never an address', async () => {
    const { start, connect, end, logged } = setUp();
    await start();
    await connect(A);
    await connect(B);
    await end('tunnel-lost');
    expect(logged).toEqual([
      ['tunnel-connected', { moved: false }],
      ['tunnel-connected', { moved: true }],
      ['tunnel-waiting', { code: 'tunnel-lost', failures: 1, retryInMs: 1_000, turn: 'again' }],
    ]);
  });
});

describe('the probe', () => {
  it('asks the address after 5 s and every 10 s', async () => {
    const { time, start, connect, probes } = setUp();
    await start();
    await connect(A);
    await time.advance(4_999);
    expect(probes).toEqual([]);
    await time.advance(20_001);
    expect(probes).toEqual([A, A, A]);
  });

  it('has the session replaced when the tunnel is gone', async () => {
    const { time, start, connect, tunnel, answers, provider } = setUp();
    answers.probe = 'gone';
    await start();
    await connect(A);
    await time.advance(7_000);
    expect(provider.running).toBe(0);
    expect(tunnel.status).toEqual({ phase: 'waiting', code: 'tunnel-not-answering', retryInMs: 1_000 });
    await time.advance(1_000);
    expect(provider.sessions).toHaveLength(2);
  });

  it('asks the new address only, with a new record, once it has changed', async () => {
    const { time, start, connect, tunnel, answers, probes } = setUp();
    answers.probe = 'gone';
    await start();
    await connect(A);
    await time.advance(5_000);
    await connect(B);
    await time.advance(6_999);
    expect(tunnel.status).toEqual({ phase: 'connected', url: B });
    expect(probes).toEqual([A, B]);
  });

  it('leaves the session alone while this computer is offline', async () => {
    const { time, start, connect, tunnel, answers, provider } = setUp();
    await start();
    await connect(A);
    await time.advance(5_000);
    answers.probe = 'offline';
    await time.advance(600_000);
    expect(tunnel.status).toEqual({ phase: 'connected', url: A });
    expect(provider.sessions).toHaveLength(1);
  });
});

describe('a sign that the way out is another one', () => {
  it('has the next try made at once', async () => {
    const { start, end, sign, tunnel, provider } = setUp();
    await start();
    for (let round = 0; round < 6; round++) {
      await end('network-unreachable');
      expect(tunnel.status.phase).toBe('waiting');
      await sign();
      expect(tunnel.status.phase).toBe('connecting');
    }
    expect(provider.sessions).toHaveLength(7);
  });

  it('has the address asked at once, and replaced sooner where it is silent', async () => {
    const { time, start, connect, sign, probes, answers, tunnel } = setUp();
    await start();
    await connect(A);
    await time.advance(6_000);
    expect(probes).toHaveLength(1);
    answers.probe = 'silent';
    await sign();
    expect(probes).toHaveLength(2);
    await time.advance(5_000);
    expect(tunnel.status).toMatchObject({ phase: 'waiting', code: 'tunnel-not-answering' });
  });

  it('leaves a try that is under way alone', async () => {
    const { start, sign, provider } = setUp();
    await start();
    await sign();
    expect([provider.sessions.length, provider.running]).toEqual([1, 1]);
  });

  it('is listened for only while the tunnel runs', async () => {
    const { start, end, watching, tunnel } = setUp();
    expect(watching.size).toBe(0);
    await start();
    expect(watching.size).toBe(1);
    await end('host-key-mismatch');
    expect(watching.size).toBe(0);
    await start();
    await tunnel.stop();
    expect(watching.size).toBe(0);
  });
});

describe('another provider', () => {
  const substitute = { provider: 'cloudflared', of: 'localhost.run', reason: 'tunnel-busy' } as const;

  it('takes the place of one that keeps failing, and every status says so', async () => {
    const other = new FakeTunnelProvider('cloudflared');
    const { time, start, end, statuses, provider, tunnel } = setUp(other);
    await start();
    await end('tunnel-busy');
    expect(tunnel.status).toEqual({ phase: 'waiting', code: 'tunnel-busy', retryInMs: 1_000 });
    await time.advance(1_000);
    expect([provider.running, other.running]).toEqual([0, 1]);
    other.session.onAddress(B);
    await time.advance(0);
    other.session.end('tunnel-lost');
    await time.advance(0);
    expect(statuses.slice(2)).toMatchObject([
      { phase: 'connecting', substitute },
      { phase: 'connected', url: B, substitute },
      { phase: 'waiting', code: 'tunnel-lost', substitute },
    ]);
    await tunnel.stop();
    expect([other.running, time.pending]).toEqual([0, 0]);
  });

  it('takes the place of one that has a new address every minute', async () => {
    const other = new FakeTunnelProvider('cloudflared');
    const { time, start, connect, provider, tunnel } = setUp(other);
    await start();
    for (const name of ['a', 'b', 'c', 'd']) {
      expect(provider.running).toBe(1);
      await connect(`https://${name}.lhr.life`);
      await time.advance(60_000);
    }
    expect([provider.running, other.running]).toEqual([0, 1]);
    expect(tunnel.status).toMatchObject({ substitute: { ...substitute, reason: 'tunnel-unsteady' } });
  });

  it('does not: then each new address is shown, for it is better than none', async () => {
    const { time, start, connect, provider, tunnel } = setUp();
    await start();
    for (let minute = 0; minute < 10; minute++) {
      await connect(`https://${minute}.lhr.life`);
      await time.advance(60_000);
    }
    expect(tunnel.status).toEqual({ phase: 'connected', url: 'https://9.lhr.life' });
    expect(provider.sessions).toHaveLength(1);
  });

  it('does not work either: that is said, and the chosen one is tried again', async () => {
    const other = new FakeTunnelProvider('cloudflared');
    const { time, start, end, tunnel, provider } = setUp(other);
    await start();
    await end('tunnel-busy');
    await time.advance(1_000);
    other.session.end('tunnel-busy');
    await time.advance(0);
    expect(tunnel.status).toMatchObject({ phase: 'waiting', exhausted: true, substitute });
    await time.advance(1_000);
    expect(provider.running).toBe(1);
  });
});

describe('start and stop', () => {
  it('run one session, however often start is called', async () => {
    const { start, provider } = setUp();
    await Promise.all([start(), start(), start()]);
    expect(provider.sessions).toHaveLength(1);
  });

  it('stop while connecting, and resolve only once the process is gone', async () => {
    const { time, tunnel, start, provider, statuses } = setUp();
    provider.endsOnAbort = false;
    await start();
    let stopped = 0;
    for (const stop of [tunnel.stop(), tunnel.stop()]) void stop.then(() => stopped++);
    await time.advance(1_000);
    expect([stopped, provider.running]).toEqual([0, 1]);
    provider.session.end('tunnel-refused');
    await time.advance(0);
    expect([stopped, provider.running]).toEqual([2, 0]);
    expect(statuses).toEqual([{ phase: 'connecting' }, { phase: 'off' }]);
    expect(time.pending).toBe(0);
  });

  it('stop while waiting: nothing happens afterwards', async () => {
    const { time, tunnel, start, end, statuses, provider } = setUp();
    await start();
    await end('tunnel-refused');
    await tunnel.stop();
    await time.advance(600_000);
    expect(statuses.map(({ phase }) => phase)).toEqual(['connecting', 'waiting', 'off']);
    expect(provider.sessions).toHaveLength(1);
    expect(time.pending).toBe(0);
  });

  it('take no address from a session that is being ended', async () => {
    const { time, tunnel, start, provider, statuses } = setUp();
    provider.endsOnAbort = false;
    await start();
    const stopping = tunnel.stop();
    provider.session.onAddress(A);
    provider.session.end('tunnel-lost');
    await stopping;
    provider.session.onAddress(A);
    await time.advance(60_000);
    expect(statuses.map(({ phase }) => phase)).toEqual(['connecting', 'off']);
  });

  it('start again only after the stop before has ended its process', async () => {
    const { time, tunnel, start, provider } = setUp();
    provider.endsOnAbort = false;
    await start();
    void tunnel.stop();
    await start();
    expect(provider.sessions).toHaveLength(1);
    provider.sessions[0]?.end('tunnel-lost');
    await time.advance(0);
    expect(provider.sessions).toHaveLength(2);
    expect(tunnel.status).toEqual({ phase: 'connecting' });
  });

  it('end as off after any mix of calls in one turn', async () => {
    const { time, tunnel, provider } = setUp();
    tunnel.start();
    void tunnel.stop();
    tunnel.start();
    void tunnel.stop();
    void tunnel.stop();
    await tunnel.stop();
    await time.advance(0);
    expect([tunnel.status.phase, provider.sessions.length, provider.running]).toEqual(['off', 0, 0]);
  });
});
