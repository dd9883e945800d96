/** How much of a voice is repeated to one person: nothing on a good line, more the more is lost, and for a while after. */

import { beforeEach, describe, expect, it } from 'vitest';
import { VoiceRepeats } from '../../../../../web-client/core/peer/voice-repeats.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const LOOK_MS = 4_000;
const REPORT_MS = 5_000;

let time: ManualTime;
let told: number[];
let ended: number;
let repeats: VoiceRepeats;
let received: number;
let lost: number;

beforeEach(() => {
  time = new ManualTime();
  told = [];
  ended = 0;
  received = 0;
  lost = 0;
  repeats = create(5);
  repeats.attach(sender());
});

function create(most: number, works = true): VoiceRepeats {
  const attach = () => ({ setRepeats: (count: number) => told.push(count), dispose: () => ended++ });
  return new VoiceRepeats({ port: { attach: works ? attach : () => null }, clock: time.clock, most });
}

const sender = () => ({
  replaceTrack: async () => {},
  getParameters: () => ({ encodings: [] }),
  setParameters: async () => {},
});

/** So long a look every four seconds, with what is lost of 200 packets, here and as the other side reports it. */
async function look(times: number, { here = 0, there = 0, voices = 200 } = {}): Promise<void> {
  for (let count = 0; count < times; count++) {
    await time.advance(LOOK_MS);
    received += voices * (1 - here);
    lost += voices * here;
    const reports = Math.floor(time.clock() / REPORT_MS);
    const entries = [
      { type: 'inbound-rtp', kind: 'video', packetsReceived: 0, packetsLost: 1_000 },
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: received, packetsLost: lost },
      { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: there, timestamp: reports * REPORT_MS },
    ];
    repeats.handleStatistics({ values: () => entries });
  }
}

describe('on a good line', () => {
  it('orders nothing, for a lost packet in a while neither', async () => {
    await look(20);
    await look(20, { here: 0.01, there: 0.01 });
    expect(told).toEqual([]);
  });

  it('concludes nothing from a voice of which little comes', async () => {
    await look(20, { here: 0.5, voices: 20 });
    expect(told).toEqual([]);
  });
});

describe('where packets are lost', () => {
  it('repeats more the more the other side reports as lost', async () => {
    await look(2, { there: 0.03 });
    expect(told).toEqual([2]);
    await look(2, { there: 0.1 });
    expect(told).toEqual([2, 5]);
  });

  it('does not wait for that report where it hears of it itself', async () => {
    await look(1);
    await look(1, { here: 0.3 });
    expect(told).toEqual([5]);
  });

  it('goes on for 20 seconds after the last loss, and then sends as before', async () => {
    await look(1);
    await look(1, { here: 0.3 });
    await look(4);
    expect(told).toEqual([5]);
    await look(1);
    expect(told).toEqual([5, 0]);
  });

  it('counts one report once', async () => {
    const sameReport = [{ type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.1, timestamp: 5_000 }];
    for (let count = 0; count < 8; count++) {
      await time.advance(LOOK_MS);
      repeats.handleStatistics({ values: () => sameReport });
    }
    expect(told).toEqual([5, 0]);
  });

  it('never repeats more than the own line is to bear', async () => {
    await look(2, { there: 0.2 });
    repeats.setMost(2);
    repeats.setMost(2);
    expect(told).toEqual([5, 2]);
    repeats.setMost(4);
    expect(told).toEqual([5, 2, 4]);
  });
});

describe('the sender', () => {
  it('is told anew when another takes its place, which ends the one before', async () => {
    await look(2, { there: 0.2 });
    repeats.attach(sender());
    expect([told, ended]).toEqual([[5, 5], 1]);
  });

  it('is told nothing after the end', async () => {
    repeats.dispose();
    repeats.dispose();
    await look(4, { here: 0.3, there: 0.3 });
    expect([told, ended]).toEqual([[], 1]);
  });

  it('may be out of reach', async () => {
    repeats = create(5, false);
    repeats.attach(sender());
    await look(4, { here: 0.3, there: 0.3 });
    expect(told).toEqual([]);
  });
});
