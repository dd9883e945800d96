import { beforeEach, describe, expect, it } from 'vitest';
import { connectionPath } from '../../../../../web-client/core/stats/connection-path.ts';
import {
  type QualitySample,
  qualityBetween,
  readQuality,
} from '../../../../../web-client/core/stats/connection-quality.ts';
import {
  FIRST_LEVELS_MS,
  GOOD_QUALITY_INTERVAL_MS,
  LEVEL_INTERVAL_MS,
  LOUD_INTERVAL_MS,
  type MonitoredPeer,
  PeerMonitor,
  QUALITY_INTERVAL_MS,
  SpeakingDetector,
} from '../../../../../web-client/core/stats/peer-monitor.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const report = (...entries: Readonly<Record<string, unknown>>[]) => ({ values: () => entries });

const INBOUND = {
  id: 'in',
  type: 'inbound-rtp',
  kind: 'audio',
  packetsReceived: 100,
  packetsLost: 2,
  totalSamplesReceived: 48_000,
  concealedSamples: 480,
  jitter: 0.0124,
};
const PAIR = {
  id: 'pair',
  type: 'candidate-pair',
  localCandidateId: 'local',
  remoteCandidateId: 'remote',
  currentRoundTripTime: 0.0456,
  responsesReceived: 7,
};
const LOCAL = { id: 'local', type: 'local-candidate', candidateType: 'host' };
const REMOTE = { id: 'remote', type: 'remote-candidate', candidateType: 'srflx' };
const SAMPLE: QualitySample = {
  packetsReceived: 100,
  packetsLost: 2,
  samplesReceived: 48_000,
  samplesConcealed: 480,
  roundTripMs: 46,
  roundTrips: 7,
  jitterMs: 12,
  path: { kind: 'direct' },
};

describe('quality', () => {
  it.each([
    ['as Chromium tells it', [{ id: 't', type: 'transport', selectedCandidatePairId: 'pair' }, PAIR]],
    ['as Firefox tells it', [{ ...PAIR, selected: true }]],
  ])('is read %s', (_browser, entries) => {
    expect(readQuality(report(INBOUND, LOCAL, REMOTE, ...entries))).toEqual(SAMPLE);
  });

  it('knows a relay at either end', () => {
    const transport = { id: 't', type: 'transport', selectedCandidatePairId: 'pair' };
    const relay = { ...REMOTE, candidateType: 'relay' };
    const pathOf = (...ends: (typeof relay)[]) => readQuality(report(transport, PAIR, ...ends)).path;
    expect(pathOf(LOCAL, relay)).toEqual({ kind: 'relayed', server: null, transport: null });
    const own = { ...LOCAL, candidateType: 'relay' };
    expect(pathOf(own, REMOTE)).toEqual({ kind: 'relayed', server: null, transport: null });
  });

  it.each([
    ['turn:turn.example.org:3478?transport=udp', 'udp', 'turn.example.org', 'udp'],
    ['turns:turn.example.org:443?transport=tcp', 'tls', 'turn.example.org', 'tls'],
    ['turn:[2001:db8::7]:3478', 'tcp', '[2001:db8::7]', 'tcp'],
    ['TURN:192.0.2.7', 'UDP', '192.0.2.7', null],
    ['stun:192.0.2.7', 'udp', null, 'udp'],
    ['https://user@example.org/', '', null, null],
  ])('names the relay of this side: %s', (url, relayProtocol, server, transport) => {
    const local = { candidateType: 'relay', url, relayProtocol };
    expect(connectionPath(local, REMOTE)).toEqual({ kind: 'relayed', server, transport });
  });

  it('is nothing where there is nothing', () => {
    expect(qualityBetween(null, readQuality(report()))).toEqual({
      grade: 'good',
      path: { kind: 'unknown' },
      roundTripMs: null,
      loss: null,
      jitterMs: null,
    });
  });

  it.each([
    ['good', {}],
    ['good', { packetsReceived: 195, packetsLost: 7 }],
    ['weak', { packetsReceived: 190, packetsLost: 12 }],
    ['weak', { roundTripMs: 301 }],
    ['weak', { samplesReceived: 96_000, samplesConcealed: 480 + 1_500 }],
  ])('is %s after %j', (grade, change) => {
    expect(qualityBetween(SAMPLE, { ...SAMPLE, ...change }).grade).toBe(grade);
  });

  it('counts the loss of the interval alone, and none that is made good later', () => {
    expect(qualityBetween(SAMPLE, { ...SAMPLE, packetsReceived: 190, packetsLost: 12 }).loss).toBe(0.1);
    expect(qualityBetween(SAMPLE, { ...SAMPLE, packetsReceived: 190, packetsLost: 1 }).loss).toBe(0);
  });
});

describe('speech', () => {
  it('begins loud, goes on over the pause between words, and ends', () => {
    let nowMs = 0;
    const detector = new SpeakingDetector(() => nowMs);
    const heard = (atMs: number, level: number | null) => {
      nowMs = atMs;
      return detector.next(level);
    };
    expect([heard(0, 0.015), heard(100, 0.03), heard(200, 0.015), heard(300, 0)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect([heard(650, 0.001), heard(701, null)]).toEqual([true, false]);
  });
});

describe('the watch over voices', () => {
  let time: ManualTime;
  let voices: MonitoredPeer[];
  let changes: number;
  /** What the looks took, beyond the timers. */
  let lookedMs: number;
  let watch: PeerMonitor;
  beforeEach(() => {
    time = new ManualTime();
    voices = [];
    changes = 0;
    lookedMs = 0;
    watch = new PeerMonitor({
      clock: () => time.clock() + lookedMs,
      timers: time.timers,
      peers: () => voices,
      onChange: () => changes++,
    });
  });

  const voice = (id: string, level: number, entries: Readonly<Record<string, unknown>>[] = [INBOUND]) => ({
    id,
    connection: {},
    level: () => level,
    stats: async () => report(...entries),
  });

  it('tells who speaks, once at each change', async () => {
    voices = [voice('a', 0.2), voice('b', 0)];
    watch.start();
    await time.advance(FIRST_LEVELS_MS - 1);
    expect(changes).toBe(0);
    await time.advance(LEVEL_INTERVAL_MS * 2);
    expect([watch.viewOf('a').speaking, watch.viewOf('b').speaking, changes]).toEqual([true, false, 1]);
  });

  it('looks less often where each look takes long', async () => {
    let looks = 0;
    const level = () => {
      looks++;
      lookedMs += 100;
      return 0;
    };
    voices = [{ ...voice('a', 0), level }];
    watch.start();
    await time.advance(FIRST_LEVELS_MS + 999);
    expect(looks).toBe(1);
    await time.advance(1);
    expect(looks).toBe(2);
  });

  it.each([
    ['who speaks', 0.2, 120],
    ['who is silent', 0, 240],
  ])('looks at one %s a bounded number of times a minute', async (_who, level, atMost) => {
    let looks = 0;
    let reports = 0;
    const counted: MonitoredPeer = {
      ...voice('a', level),
      level: () => {
        looks++;
        return level;
      },
      stats: async () => {
        reports++;
        return report(INBOUND);
      },
    };
    voices = [counted];
    watch.start();
    await time.advance(60_000);
    expect(looks).toBeLessThanOrEqual(atMost);
    expect(looks).toBeGreaterThan(atMost * 0.95);
    // The first while it is not known how good the connection is, one more before the answer.
    expect(reports).toBe(2 + Math.floor((60_000 - 2 * QUALITY_INTERVAL_MS) / GOOD_QUALITY_INTERVAL_MS));
  });

  it('asks sooner again once a connection is weak', async () => {
    let reports = 0;
    const weak = { ...PAIR, selected: true, currentRoundTripTime: 0.5 };
    voices = [
      {
        ...voice('a', 0),
        stats: async () => {
          reports++;
          return report(INBOUND, weak);
        },
      },
    ];
    watch.start();
    await time.advance(60_000);
    expect(reports).toBe(60_000 / QUALITY_INTERVAL_MS);
  });

  it('shows speech within a third of a second, and its end within one', async () => {
    const spoken = { level: 0 };
    voices = [{ ...voice('a', 0), level: () => spoken.level }, voice('b', 0.2)];
    watch.start();
    await time.advance(1_000);
    const msUntil = async (speaking: boolean) => {
      let passedMs = 0;
      for (; watch.viewOf('a').speaking !== speaking; passedMs += 10) await time.advance(10);
      return passedMs;
    };
    for (let shiftMs = 0; shiftMs < LOUD_INTERVAL_MS; shiftMs += 70) {
      await time.advance(shiftMs);
      spoken.level = 0.2;
      expect(await msUntil(true)).toBeLessThanOrEqual(300);
      await time.advance(shiftMs);
      spoken.level = 0;
      expect(await msUntil(false)).toBeLessThanOrEqual(1_000);
    }
  });

  it('tells the quality, and a new connection starts anew', async () => {
    voices = [voice('a', 0)];
    watch.start();
    await time.advance(QUALITY_INTERVAL_MS);
    expect(watch.viewOf('a').quality).toMatchObject({ grade: 'good', loss: 0.02, jitterMs: 12 });
    voices = [voice('a', 0)];
    await time.advance(LEVEL_INTERVAL_MS);
    expect(watch.viewOf('a').quality).toBeNull();
  });

  it('tells no noise of a connection, and what goes beyond it within one look', async () => {
    const seconds = { roundTrip: 0.03, jitter: 0.002 };
    const entries = () => [
      { ...INBOUND, jitter: seconds.jitter },
      { ...PAIR, selected: true, currentRoundTripTime: seconds.roundTrip },
    ];
    voices = [{ ...voice('a', 0), stats: async () => report(...entries()) }];
    watch.start();
    await time.advance(2 * QUALITY_INTERVAL_MS + GOOD_QUALITY_INTERVAL_MS);
    const toldBefore = changes;
    for (const roundTrip of [0.031, 0.033, 0.028]) {
      Object.assign(seconds, { roundTrip, jitter: roundTrip / 10 });
      await time.advance(GOOD_QUALITY_INTERVAL_MS);
    }
    expect([changes - toldBefore, watch.viewOf('a').quality?.roundTripMs]).toEqual([0, 30]);
    seconds.roundTrip = 0.036;
    await time.advance(GOOD_QUALITY_INTERVAL_MS);
    expect([changes - toldBefore, watch.viewOf('a').quality?.roundTripMs]).toEqual([1, 36]);
  });

  it('survives statistics that do not come', async () => {
    voices = [{ ...voice('a', 0), stats: () => Promise.reject(new Error('closed')) }];
    watch.start();
    await time.advance(QUALITY_INTERVAL_MS * 2);
    expect(watch.viewOf('a').quality).toBeNull();
  });

  it('stops by itself when nobody is left, and when disposed', async () => {
    voices = [voice('a', 0.2)];
    watch.start();
    await time.advance(FIRST_LEVELS_MS);
    voices = [];
    await time.advance(LOUD_INTERVAL_MS);
    expect([time.pending, watch.viewOf('a').speaking]).toEqual([0, false]);
    voices = [voice('a', 0.2)];
    watch.start();
    watch.dispose();
    expect(time.pending).toBe(0);
  });
});
