/** Checks how soon the public address is back once its provider answers again, however it was gone and for how long. */

import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../main/common/logger.ts';
import type { ProbeResult } from '../../../../main/tunnel/probe.ts';
import { TunnelSupervisor } from '../../../../main/tunnel/supervisor.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';
import { FakeTunnelProvider } from '../../../support/tunnel/fake-tunnel-provider.ts';

const A = 'https://a.lhr.life';
const CONNECT_MS = 2_000;
const BACK_WITHIN_MS = 15_000;

function setUp() {
  const time = new ManualTime();
  const provider = new FakeTunnelProvider();
  const answers: { probe: ProbeResult } = { probe: 'answering' };
  const tunnel = new TunnelSupervisor({
    providers: [provider],
    probe: async () => answers.probe,
    watchNetwork: () => ({ dispose: () => {} }),
    logger: silentLogger,
    random: () => 0.999_999_999,
    clock: time.clock,
    timers: time.timers,
  });
  return { time, provider, tunnel, answers };
}

/** How a provider that is away behaves, and what it takes to come to know of it. */
const ABSENCES = {
  'refuses at once': { code: 'tunnel-refused', answersMs: 50 },
  'lets packets vanish': { code: 'tunnel-timeout', answersMs: 10_000 },
  'lets in and gives no address': { code: null, answersMs: null },
} as const;

describe.each(Object.entries(ABSENCES))('a provider that %s', (_name, { code, answersMs }) => {
  it.each([3, 17, 40, 61, 90, 150, 301, 900])(
    'is back within 15 s of answering after %i s',
    async (awayS) => {
      const { time, provider, tunnel } = setUp();
      let backAt = 0;
      provider.onSession = (session) => {
        const connects = time.clock() >= backAt;
        const later = (delayMs: number, act: () => void) => void time.timers.setTimeout(act, delayMs);
        if (connects) later(CONNECT_MS, () => session.onAddress(A));
        else if (code !== null) later(answersMs, () => session.end(code));
      };
      tunnel.start();
      await time.advance(70_000);
      expect(tunnel.status).toEqual({ phase: 'connected', url: A });
      backAt = time.clock() + awayS * 1_000;
      provider.session.end('tunnel-lost');
      await time.advance(awayS * 1_000);
      const since = time.clock();
      while (tunnel.status.phase !== 'connected') await time.advance(100);
      expect(time.clock() - since).toBeLessThanOrEqual(BACK_WITHIN_MS);
    },
  );
});

it('an edge that forgets the tunnel, while the session stands, is noticed in time', async () => {
  const { time, provider, tunnel, answers } = setUp();
  provider.onSession = ({ onAddress }) => void time.timers.setTimeout(() => onAddress(A), CONNECT_MS);
  tunnel.start();
  for (let round = 0; round < 20; round++) {
    await time.advance(70_000 + round * 1_000);
    expect(tunnel.status).toEqual({ phase: 'connected', url: A });
    answers.probe = 'gone';
    const [sessions, since] = [provider.sessions.length, time.clock()];
    while (provider.sessions.length === sessions) await time.advance(100);
    answers.probe = 'answering';
    while (tunnel.status.phase !== 'connected') await time.advance(100);
    expect(time.clock() - since).toBeLessThanOrEqual(BACK_WITHIN_MS);
  }
});
