/** Owns the proof that groups stand as whole meshes: every pair connected, whoever clicks when. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { connectionsMade, connectionsStanding } from '../support/call/call-probe.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 660;
/** So many of the eight talk; encoding every voice seven times over for eight people is more than one computer's work. */
const TALKERS = 2;

/** A pair whose data channel was closed from inside, as far as it tells why no answer comes. */
interface MutePair {
  /** Who the other side is in ICE: another one with each answer to a restart. */
  readonly remoteUfrag: string | undefined;
  readonly connection: string;
  readonly ice: string;
  readonly signaling: string;
  readonly channel: string;
}

declare global {
  interface Window {
    channels: Map<RTCPeerConnection, RTCDataChannel>;
    /** Closes the data channel of a connection that stands, and restarts its ICE. */
    restartMute(): MutePair;
    mutePair(): MutePair;
  }
}

/** Runs in the page before its own scripts. */
function keepChannels(): void {
  window.channels = new Map();
  let mute: readonly [RTCPeerConnection, RTCDataChannel] | undefined;
  window.mutePair = () => {
    if (mute === undefined) throw new Error('no connection of this page stands');
    const [connection, channel] = mute;
    return {
      remoteUfrag: /a=ice-ufrag:(\S+)/.exec(connection.currentRemoteDescription?.sdp ?? '')?.[1],
      connection: connection.connectionState,
      ice: connection.iceConnectionState,
      signaling: connection.signalingState,
      channel: channel.readyState,
    };
  };
  window.restartMute = () => {
    mute = [...window.channels].find(
      ([{ connectionState, signalingState }, { readyState }]) =>
        connectionState === 'connected' && signalingState === 'stable' && readyState === 'open',
    );
    const before = window.mutePair();
    mute?.[1].close();
    mute?.[0].restartIce();
    return before;
  };
  RTCPeerConnection.prototype.createDataChannel = new Proxy(RTCPeerConnection.prototype.createDataChannel, {
    apply(target, connection, parameters) {
      const channel: RTCDataChannel = Reflect.apply(target, connection, parameters);
      window.channels.set(connection, channel);
      return channel;
    },
  });
}

describe.skipIf(chromium === null)('a group call in Chromium', () => {
  let stage: Stage;
  let browser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(TONE_HZ, chromium ?? '');
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.end());

  async function open(people: number): Promise<{ host: HostProcess; guests: Guest[] }> {
    const host = await stage.host({ flags: ['--capacity', String(people)] });
    const names = Array.from({ length: people }, (_, index) => `Guest ${index + 1}`);
    const guests = names.map((name) => stage.guest(browser, host.invite, name, keepChannels));
    return { host, guests: await Promise.all(guests) };
  }

  /** Every pair connected, over no more than one connection each. */
  async function expectWholeMesh(people: readonly Guest[]): Promise<void> {
    const others = people.length - 1;
    for (const guest of people) await guest.isConnectedTo(others);
    for (const { page } of people) expect(await connectionsMade(page)).toBe(others);
  }

  /** One of the connections can be told nothing any more but by passing, and has to be restarted. */
  async function restartThroughThird({ page }: Guest): Promise<void> {
    const before = await page.evaluate(() => window.restartMute());
    await until(
      'the answer to a restart',
      () => page.evaluate(() => window.mutePair()),
      ({ remoteUfrag }) => remoteUfrag !== before.remoteUfrag,
    );
  }

  it('lets five who click Join at the same moment all hear each other, and mend a pair without the host', async () => {
    const { host, guests: people } = await open(5);
    for (const guest of people) await guest.aimAtJoin();
    await Promise.all(people.map((guest) => guest.pressJoin()));

    await expectWholeMesh(people);
    for (const guest of people) await guest.hears(...Array.from({ length: 4 }, () => TONE_HZ));

    const [first] = people;
    if (first === undefined) return;
    await stage.kill(host);
    await first.showsStatus('Connection lost, trying again');
    await restartThroughThird(first);
    // Without the host reserves are made as well, which carry nothing.
    for (const guest of people) await guest.isConnectedTo(4);
    for (const { page } of people) expect(await connectionsStanding(page)).toBe(4);
    await first.hears(...Array.from({ length: 4 }, () => TONE_HZ));
  });

  it('connects every pair of eight', async () => {
    const { guests: people } = await open(8);
    for (const guest of people.slice(TALKERS)) await guest.choosesToListen();
    for (const guest of people) await guest.aimAtJoin();
    await Promise.all(people.map((guest) => guest.pressJoin()));

    await expectWholeMesh(people);
  });
});
