/** Owns proof that notifications are few, come once, and bring up what they are about. */

import type { NotificationConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type {
  HostPreferences,
  HostStatus,
  TunnelStatus,
} from '../../../../../main/common/host-api/snapshot.ts';
import { Notifier, TUNNEL_LOST_AFTER_MS } from '../../../../../main/desktop/notifications/notifier.ts';
import { DEFAULT_PREFERENCES } from '../../../../../main/settings.ts';
import { liveStatus, snapshotOf } from '../../../../support/host/host-samples.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

function createStage(preferences: Partial<HostPreferences> = {}) {
  const time = new ManualTime();
  const shown: NotificationConstructorOptions[] = [];
  const log: string[] = [];
  const clicks: (() => void)[] = [];
  const facts = {
    supported: true,
    focused: false,
    inOwnCall: false,
    status: { phase: 'idle' } as HostStatus,
  };
  const snapshot = () =>
    snapshotOf(facts.status, { preferences: { ...DEFAULT_PREFERENCES, ...preferences } });
  const notifier = new Notifier({
    create: (options) => ({
      on: (_event, listener) => clicks.push(listener),
      show: () => void shown.push(options),
      close: () => void log.push('closed'),
    }),
    supported: () => facts.supported,
    snapshot,
    focused: () => facts.focused,
    inOwnCall: () => facts.inOwnCall,
    raiseHost: () => log.push('host'),
    raiseCall: () => log.push('call'),
    clock: time.clock,
    timers: time.timers,
  });
  const show = (status: HostStatus) => {
    facts.status = status;
    notifier.handleSnapshot(snapshot());
  };
  return { notifier, facts, shown, log, clicks, time, show, titles: () => shown.map(({ title }) => title) };
}

const roomOf = (...names: string[]) =>
  liveStatus({ participants: names.map((name) => ({ id: `id of ${name}`, name, reports: 0 })) });
const mention = { kind: 'mentioned', name: 'Anna', text: 'secret' } as const;

describe('somebody who joins', () => {
  it('is told of once, and a click brings up the room', () => {
    const { show, titles, clicks, log } = createStage();
    show(roomOf());
    show(roomOf('Anna'));
    show({ ...roomOf('Anna'), onlookers: 1 });
    expect(titles()).toEqual(['Anna joined']);
    clicks[0]?.();
    expect(log).toEqual(['host']);
  });

  it('is not told of while the app is looked at, nor afterwards', () => {
    const { show, titles, facts } = createStage();
    show(roomOf());
    facts.focused = true;
    show(roomOf('Anna'));
    facts.focused = false;
    show(roomOf('Anna', 'Ben'));
    expect(titles()).toEqual(['Ben joined']);
  });

  it('is told of by the page alone while its call is in this room', () => {
    const { show, titles, facts, notifier, clicks, log, shown } = createStage();
    show(roomOf());
    facts.inOwnCall = true;
    show(roomOf('Anna'));
    notifier.handleCallNotice({ kind: 'joined', name: 'Anna' });
    expect(titles()).toEqual(['Anna joined']);
    expect(shown[0]?.silent).toBe(true);
    clicks[0]?.();
    expect(log).toEqual(['call']);
  });

  it('in a crowd is not told of each', async () => {
    const { show, titles, time, notifier } = createStage();
    show(roomOf());
    show(roomOf(...Array.from({ length: 12 }, (_, index) => `Guest ${index}`)));
    expect(titles().length).toBe(4);
    notifier.handleCallNotice(mention);
    expect(titles().at(-1)).toBe('Anna mentioned you');
    await time.advance(5_000);
    show(roomOf('Late'));
    show(roomOf('Late', 'Later'));
    expect(titles().slice(5)).toEqual(['Late joined']);
  });
});

describe('somebody who waits to be let in', () => {
  const waitedFor = (...names: string[]) =>
    liveStatus({ waiting: names.map((name) => ({ id: `id of ${name}`, name })) });

  it('is told of once, also while one talks in the room, and a click brings up where to answer', () => {
    const { show, titles, clicks, log, facts, shown } = createStage();
    facts.inOwnCall = true;
    show(waitedFor());
    show(waitedFor('Anna'));
    show({ ...waitedFor('Anna'), onlookers: 1 });
    expect(titles()).toEqual(['Anna waits to be let in']);
    expect(shown[0]?.silent).toBe(false);
    clicks[0]?.();
    expect(log).toEqual(['host']);
  });

  it('is not told of while the app is looked at', () => {
    const { show, titles, facts } = createStage();
    facts.focused = true;
    show(waitedFor('Anna'));
    expect(titles()).toEqual([]);
  });

  it('is not told of each in a crowd, and a crowd keeps nobody who joined from being told of', () => {
    const { show, titles } = createStage();
    show(waitedFor(...Array.from({ length: 30 }, (_, index) => `Guest ${index}`)));
    expect(titles().length).toBe(4);
    show(roomOf('Anna'));
    expect(titles().at(-1)).toBe('Anna joined');
  });
});

describe('a mention', () => {
  it('has the text of the message only for who switched that on', () => {
    const quiet = createStage();
    quiet.notifier.handleCallNotice(mention);
    expect(JSON.stringify(quiet.shown)).not.toContain('secret');
    const full = createStage({ notificationTexts: true });
    full.notifier.handleCallNotice(mention);
    expect(full.shown[0]?.body).toBe('secret');
  });
});

describe('the public link', () => {
  const withTunnel = (tunnel: TunnelStatus) => liveStatus({ tunnel });
  const connected = withTunnel({ phase: 'connected', url: 'https://call.example' });
  const waiting = withTunnel({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 });
  const connecting = withTunnel({ phase: 'connecting' });

  it('is told of once when it stays lost, whatever is tried meanwhile', async () => {
    const { show, titles, time } = createStage();
    for (const status of [connecting, connected, waiting, connecting, waiting]) show(status);
    expect(titles()).toEqual([]);
    await time.advance(TUNNEL_LOST_AFTER_MS);
    show(connecting);
    await time.advance(TUNNEL_LOST_AFTER_MS);
    expect(titles()).toEqual(['The public link is out of reach']);
  });

  it.each([
    ['is back soon', connected],
    ['is no longer wanted', { phase: 'idle' } as HostStatus],
  ])('is no news when it %s', async (_what, status) => {
    const { show, titles, time } = createStage();
    for (const next of [connected, waiting, status]) show(next);
    await time.advance(2 * TUNNEL_LOST_AFTER_MS);
    expect(titles()).toEqual([]);
  });
});

it('tells nothing to who switched notifications off', () => {
  const { show, notifier, shown } = createStage({ notifications: false, notificationTexts: true });
  show(roomOf());
  show(roomOf('Anna'));
  notifier.handleCallNotice(mention);
  expect(shown).toEqual([]);
});

it('does without where the system has none', () => {
  const { notifier, facts, shown } = createStage();
  facts.supported = false;
  notifier.handleCallNotice(mention);
  expect(shown).toEqual([]);
});

it('leaves nothing behind at the end', async () => {
  const { show, notifier, log, titles, time } = createStage();
  const lost = liveStatus({ tunnel: { phase: 'failed', code: 'host-key-mismatch' } });
  for (const status of [
    roomOf(),
    roomOf('Anna'),
    liveStatus({ tunnel: { phase: 'connected', url: 'x' } }),
    lost,
  ])
    show(status);
  notifier.dispose();
  notifier.dispose();
  await time.advance(TUNNEL_LOST_AFTER_MS);
  expect(log).toEqual(['closed']);
  expect(titles()).toEqual(['Anna joined']);
});
