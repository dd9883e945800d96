/** Checks when a provider gives way to another, and when the chosen one comes back. */

import { describe, expect, it } from 'vitest';
import type { TunnelErrorCode } from '../../../../main/common/host-api/snapshot.ts';
import {
  FAILING_UNTIL_NEXT_MS,
  FAILURES_UNTIL_NEXT,
  Succession,
} from '../../../../main/tunnel/succession.ts';
import { GOOD_ADDRESS_MS } from '../../../../main/tunnel/supervised-session.ts';
import { FakeTunnelProvider } from '../../../support/tunnel/fake-tunnel-provider.ts';

function setUp(...others: FakeTunnelProvider[]) {
  let nowMs = 0;
  const chosen = new FakeTunnelProvider('localhost.run');
  const succession = new Succession([chosen, ...others], () => nowMs);
  const end = (code: TunnelErrorCode, addressMs: number | null = null, passedMs = 10_000) => {
    nowMs += passedMs;
    return succession.handleEnd({ code, lastedMs: 0, connectedAfterMs: null, addressMs });
  };
  return {
    succession,
    end,
    async keepFailing(code: TunnelErrorCode = 'tunnel-timeout') {
      for (let failure = 1; failure < FAILURES_UNTIL_NEXT; failure++) expect(await end(code)).toBe('again');
      return end(code);
    },
  };
}

const cloudflared = () => new FakeTunnelProvider('cloudflared');
const missing = () => Object.assign(cloudflared(), { installed: false });

describe('a provider that keeps failing', () => {
  it('gives way to the next, which is told with the reason', async () => {
    const { succession, keepFailing } = setUp(cloudflared());
    expect(succession.substitute).toBeNull();
    expect(await keepFailing()).toBe('next');
    expect(succession.provider.name).toBe('cloudflared');
    expect(succession.substitute).toEqual({
      provider: 'cloudflared',
      of: 'localhost.run',
      reason: 'tunnel-timeout',
    });
    expect(succession.exhausted).toBe(false);
  });

  it('stays while it only fails quickly: it may be starting again', async () => {
    const { end } = setUp(cloudflared());
    const quickMs = FAILING_UNTIL_NEXT_MS / 10;
    for (let failure = 1; failure <= 10; failure++)
      expect(await end('tunnel-refused', null, quickMs)).toBe('again');
    expect(await end('tunnel-refused', null, quickMs)).toBe('next');
  });

  it.each<[string, ...FakeTunnelProvider[]]>([['none'], ['one whose program is not here', missing()]])(
    'stays where there is no other: %s',
    async (_what, ...others) => {
      const { succession, keepFailing } = setUp(...others);
      expect(await keepFailing()).toBe('again');
      expect(succession.provider.name).toBe('localhost.run');
      expect([succession.exhausted, succession.substitute]).toEqual([true, null]);
    },
  );

  it.each(['tunnel-busy', 'tunnel-unsteady', 'ssh-not-found', 'ssh-unusable'] as const)(
    'gives way at once: %s',
    async (code) => {
      const { end } = setUp(cloudflared());
      expect(await end(code)).toBe('next');
    },
  );

  it('is not hidden by another where somebody may be posing as it', async () => {
    const { end } = setUp(cloudflared());
    expect(await end('host-key-mismatch')).toBe('failed');
  });

  it('counts an address that stood too short as a failure, and one that did not as none', async () => {
    const { end } = setUp(cloudflared());
    for (const [addressMs, turn] of [
      [60_000, 'again'],
      [60_000, 'again'],
      [GOOD_ADDRESS_MS, 'again'],
      [60_000, 'again'],
      [60_000, 'again'],
      [60_000, 'next'],
    ] as const)
      expect(await end('tunnel-lost', addressMs)).toBe(turn);
  });
});

describe('the chosen provider', () => {
  it('comes back once the good address of another is lost', async () => {
    const { succession, keepFailing, end } = setUp(cloudflared());
    await keepFailing();
    expect(await end('tunnel-lost', GOOD_ADDRESS_MS - 1)).toBe('again');
    expect(succession.provider.name).toBe('cloudflared');
    await end('tunnel-lost', GOOD_ADDRESS_MS);
    expect(succession.provider.name).toBe('localhost.run');
    expect(succession.substitute).toBeNull();
  });

  it('comes back when the others fail as well, and then nothing works', async () => {
    const { succession, keepFailing } = setUp(cloudflared());
    await keepFailing();
    expect(await keepFailing('tunnel-refused')).toBe('next');
    expect(succession.provider.name).toBe('localhost.run');
    expect(succession.exhausted).toBe(true);
    await keepFailing();
    expect(succession.exhausted).toBe(true);
  });

  it('is not replaced for long on a computer without a network', async () => {
    const { succession, keepFailing, end } = setUp(cloudflared());
    await keepFailing('network-unreachable');
    expect(await end('network-unreachable')).toBe('next');
    expect(succession.provider.name).toBe('localhost.run');
  });

  it('is tried first again where the way out is another one, unless no try can help it', async () => {
    const { succession, keepFailing } = setUp(cloudflared());
    await keepFailing();
    succession.restart();
    expect(succession.provider.name).toBe('localhost.run');
    const without = setUp(cloudflared());
    await without.end('ssh-not-found');
    without.succession.restart();
    expect(without.succession.provider.name).toBe('cloudflared');
    expect(without.succession.substitute?.reason).toBe('ssh-not-found');
  });

  it('fails for good only when none is left', async () => {
    const { end } = setUp(cloudflared());
    expect(await end('ssh-not-found')).toBe('next');
    expect(await end('cloudflared-not-found')).toBe('failed');
    const { end: alone } = setUp(missing());
    expect(await alone('ssh-not-found')).toBe('failed');
  });
});
