import { beforeEach, describe, expect, it } from 'vitest';
import { DESCRIPTION_HOLD_MS, LocalSignals } from '../../../../../web-client/core/peer/local-signals.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let sent: unknown[];
let signals: LocalSignals;
/** The browser's description, which has its candidates as soon as they are told. */
let sdp: string;

beforeEach(() => {
  time = new ManualTime();
  sent = [];
  sdp = 'v=0';
  signals = new LocalSignals(time.timers, (candidates) =>
    sent.push([time.clock(), candidates.map(({ candidate }) => candidate)]),
  );
});

const at = (port: number) => `candidate:1 1 udp 2122260223 192.0.2.2 ${port} typ host`;

function describeNow(name: string, hurried = false): void {
  signals.describe(() => {
    sent.push([time.clock(), `${name} ${sdp}`]);
    return sdp;
  }, hurried);
}

/** As Chromium writes them: with more words alone, and with others in the description. */
function gather(port: number, inDescription = true): void {
  if (inDescription) sdp += `\r\na=${at(port)} generation 0 network-id 1`;
  signals.add({
    candidate: `${at(port)} generation 0 ufrag abcd network-id 1`,
    sdpMid: '0',
    sdpMLineIndex: 0,
    usernameFragment: 'abcd',
  });
}

describe('the local signals', () => {
  it('are one box where the first addresses come at once', async () => {
    describeNow('offer');
    await time.advance(2);
    gather(50_001);
    gather(50_002);
    await time.advance(1_000);
    expect(sent).toEqual([[2, `offer ${sdp}`]]);
    expect(time.pending).toBe(0);
  });

  it('are sent after the description where they come later, or do not stand in it', async () => {
    describeNow('answer');
    gather(50_001, false);
    await time.advance(1);
    gather(50_002, false);
    await time.advance(100);
    const words = (port: number) => `${at(port)} generation 0 ufrag abcd network-id 1`;
    expect(sent).toEqual([
      [0, 'answer v=0'],
      [0, [words(50_001)]],
      [11, [words(50_002)]],
    ]);
  });

  it('wait for nothing where they are in a hurry', async () => {
    describeNow('offer', true);
    gather(50_001);
    expect(sent).toEqual([[0, 'offer v=0']]);
    await time.advance(1_000);
    expect(sent.slice(1)).toEqual([[0, [`${at(50_001)} generation 0 ufrag abcd network-id 1`]]]);
  });

  it('do not wait for addresses that do not come', async () => {
    describeNow('offer');
    await time.advance(DESCRIPTION_HOLD_MS);
    expect(sent).toEqual([[DESCRIPTION_HOLD_MS, 'offer v=0']]);
  });

  it('do not go for an address that only knocks itself, nor for the end', async () => {
    describeNow('offer');
    signals.add({
      ...{ candidate: 'candidate:2 1 tcp 1 192.0.2.2 9 typ host tcptype active', sdpMid: '0' },
      ...{ sdpMLineIndex: 0, usernameFragment: 'abcd' },
    });
    signals.add(null);
    await time.advance(DESCRIPTION_HOLD_MS - 1);
    expect(sent).toEqual([]);
    await time.advance(2_000);
    expect(sent).toEqual([
      [DESCRIPTION_HOLD_MS, 'offer v=0'],
      [DESCRIPTION_HOLD_MS + 1_000, ['']],
    ]);
  });

  it('keep their order where another description comes first', async () => {
    describeNow('offer');
    describeNow('answer');
    await time.advance(DESCRIPTION_HOLD_MS);
    expect(sent).toEqual([
      [0, 'offer v=0'],
      [DESCRIPTION_HOLD_MS, 'answer v=0'],
    ]);
  });

  it('end with the connection', async () => {
    describeNow('offer');
    gather(50_001);
    signals.dispose();
    await time.advance(2_000);
    expect([sent, time.pending]).toEqual([[], 0]);
  });
});
