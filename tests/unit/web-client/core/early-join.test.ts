/** Joins a call whose code is still on its way, or never comes. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientMessage } from '../../../../main/common/protocol/messages.ts';
import { CALL_LOADED_AFTER_MS } from '../../../../web-client/core/session.ts';
import type { OpenCall } from '../../../../web-client/core/waiting/call-port.ts';
import { CALL_LOAD_MAX_MS } from '../../../../web-client/core/waiting/late-call.ts';
import { type CallPage, CallWorld, type PageCertificate } from '../../../support/call/call-world.ts';

/** What is lost is sent again after so long at the earliest. */
const FIRST_RESEND_MS = 1_000;

let world: CallWorld;
let anna: CallPage;
/** The code of Anna's call, each time it is asked for. */
let loads: { arrive(): void; break(): void }[];

async function openAnna(): Promise<void> {
  anna = world.openIdle('Anna');
  const load = anna.loadCall;
  anna.loadCall = () =>
    new Promise<OpenCall<PageCertificate>>((resolve, reject) => {
      loads.push({ arrive: () => resolve(load()), break: () => reject(new Error('no answer')) });
    });
  await world.until('Anna is online', () => anna.state.signaling.phase === 'online');
}

/** What Anna's page told the host. */
function saidByAnna(): ClientMessage[] {
  const said: ClientMessage[] = [];
  world.server.fromPage = (message, side) => {
    if (side.pageId === anna.id) said.push(message);
    return message;
  };
  return said;
}

beforeEach(async () => {
  world = new CallWorld();
  loads = [];
  await openAnna();
});

/** Nothing may stay behind when pages go: neither timers, sockets, connections nor microphones. */
afterEach(async () => {
  await world.end();
  expect(world.peers.open).toEqual([]);
  expect(world.server.open).toEqual([]);
  expect(world.pages.flatMap(({ tracks }) => tracks).filter(({ stopped }) => !stopped)).toEqual([]);
});

describe('a page that nobody turns to', () => {
  it('tells how many are in, and gets the code of the call by itself after a while', async () => {
    await world.join('Boris');
    await world.until('Anna knows', () => anna.state.others === 1);
    expect(anna.state).toMatchObject({ call: 'out', capacity: 6, placeFree: true, participants: [] });
    await world.pass(CALL_LOADED_AFTER_MS - 1_000);
    expect(loads).toHaveLength(0);
    await world.pass(1_000);
    expect(loads).toHaveLength(1);
    loads[0]?.arrive();
    await world.until('Anna sees Boris', () => anna.people.length === 1);
    expect(anna.people).toEqual(['Boris connecting checking']);
  });

  it('asks for it again once the host is back, and not before', async () => {
    await world.pass(CALL_LOADED_AFTER_MS);
    loads[0]?.break();
    await world.pass(1_000);
    loads[1]?.break();
    await world.pass(CALL_LOADED_AFTER_MS * 2);
    expect([loads.length, anna.state.callMissing]).toEqual([2, false]);
    world.server.dropAll();
    await world.until('Anna lost the host', () => anna.state.signaling.phase === 'retrying');
    await world.until('Anna is back', () => anna.state.signaling.phase === 'online');
    await world.pass(CALL_LOADED_AFTER_MS);
    expect(loads).toHaveLength(3);
  });
});

describe('Join, before the code of the call is there', () => {
  it('takes the place and asks for the microphone at once, and goes on as the code comes', async () => {
    await world.join('Boris');
    anna.session.join('Anna');
    expect([anna.wishes.length, loads.length, anna.state.call]).toEqual([1, 1, 'joining']);
    expect(anna.state.microphone).toEqual({ phase: 'asking' });
    await world.until('Anna has a place', () => world.server.roster.includes(anna.id));
    await world.pass(2_000);
    expect([anna.calls, anna.state.call]).toEqual([0, 'joining']);
    loads[0]?.arrive();
    await world.until('both are sealed', () => world.allSealed());
    expect([anna.wishes.length, anna.calls, anna.state.microphone]).toEqual([
      ...[1, 1, { phase: 'live', muted: false, hint: null }],
    ]);
    expect(anna.connections[0]?.getTransceivers()[0]?.track).toBe(anna.tracks[0]);
  });

  it('loses nothing of what others say meanwhile', async () => {
    anna.session.join('Anna');
    await world.until('Anna has a place', () => world.server.roster.includes(anna.id));
    const boris = world.open('Boris');
    boris.session.join('Boris');
    await world.until('Boris offers', () => boris.connections.some(({ made }) => made.offer === 1));
    await world.pass(FIRST_RESEND_MS / 2);
    loads[0]?.arrive();
    const fromMs = world.time.clock();
    await world.until('both are sealed', () => world.allSealed());
    expect(world.time.clock() - fromMs).toBeLessThan(FIRST_RESEND_MS / 2);
  });

  it('answers the host’s doubts of others as soon as it can', async () => {
    const boris = await world.join('Boris');
    anna.session.join('Anna');
    await world.until('Anna has a place', () => world.server.roster.includes(anna.id));
    const said = saidByAnna();
    world.server.say(world.server.sideOf(anna.id), { type: 'doubt', id: boris.id });
    await world.pass(100);
    expect(said).toEqual([]);
    loads[0]?.arrive();
    await world.until('Anna answers', () => said.length > 0);
    expect(said).toContainEqual({ type: 'vouch', id: boris.id, word: 'unknown' });
  });

  it('keeps what was set meanwhile', async () => {
    const { settings } = anna.state.audio;
    anna.session.setAudioSettings({ ...settings, microphoneId: 'headset' });
    anna.session.setStunServer('stun:own.test');
    anna.session.join('Anna', 'muted');
    anna.session.setMicrophoneMuted(false);
    loads[0]?.arrive();
    await world.until('Anna is in', () => anna.state.call === 'joined');
    await world.join('Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(anna.wishes.map(({ deviceId }) => deviceId)).toEqual(['headset']);
    expect(anna.state.audio.settings.microphoneId).toBe('headset');
    expect(anna.state.microphone).toMatchObject({ phase: 'live', muted: false });
    expect(anna.connections[0]?.configuration).toMatchObject({ iceServers: [{ urls: 'stun:own.test' }] });
  });

  it('shows a refused microphone, which may be tried again', async () => {
    const granted = anna.answer;
    anna.refuseMicrophone('denied');
    await anna.join('Anna');
    expect(anna.state.microphone).toEqual({ phase: 'none', reason: 'denied' });
    anna.answer = granted;
    await anna.retryMicrophone();
    expect([anna.wishes.length, anna.state.microphone]).toEqual([2, { phase: 'off' }]);
    loads[0]?.arrive();
    await world.until('it is live', () => anna.state.microphone.phase === 'live');
    expect(anna.wishes).toHaveLength(2);
  });

  it('asks for no microphone where one only listens', async () => {
    await anna.join('Anna', 'listen');
    loads[0]?.arrive();
    await world.until('Anna is in', () => anna.state.call === 'joined');
    expect([anna.wishes, anna.state.microphone]).toEqual([[], { phase: 'off' }]);
  });
});

it('tests the speaker, once, as soon as the code of the call is there', async () => {
  anna.session.testSpeaker();
  anna.session.testSpeaker();
  expect([loads.length, anna.cues.played]).toEqual([1, []]);
  loads[0]?.arrive();
  await world.until('the call is open', () => anna.cues.played.length > 0);
  expect(anna.cues.played).toEqual(['test']);
});

describe('leaving before the code of the call is there', () => {
  it('gives the place back and closes the microphone; the code that comes changes nothing', async () => {
    await anna.join('Anna');
    await world.until('Anna has a place', () => world.server.roster.includes(anna.id));
    anna.session.leave();
    expect(anna.state).toMatchObject({ call: 'out', microphone: { phase: 'off' }, callMissing: false });
    await world.until('the place is free', () => world.server.roster.length === 0);
    expect(anna.tracks.map(({ stopped }) => stopped)).toEqual([true]);
    loads[0]?.arrive();
    await world.join('Boris');
    await world.until('Anna sees Boris', () => anna.people.length === 1);
    expect(anna.people).toEqual(['Boris connecting checking']);
    expect([anna.calls, anna.wishes.length, anna.state.call]).toEqual([1, 1, 'out']);
  });

  it('and joining again ends in one place under the new name, with one microphone', async () => {
    anna.session.join('Anna');
    anna.session.leave();
    anna.session.join('Anna 2');
    loads[0]?.arrive();
    const boris = await world.join('Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(boris.people).toEqual(['Anna 2 connected sealed']);
    expect([loads.length, anna.tracks.filter(({ stopped }) => !stopped).length]).toEqual([1, 1]);
  });
});

describe('the code of the call that does not come', () => {
  const breakTwice = async () => {
    loads.at(-1)?.break();
    await world.pass(1_000);
    loads.at(-1)?.break();
    await world.pass(100);
  };

  it('ends the joining with a word, keeps the name, and lets one try again', async () => {
    await anna.join('Anna');
    await breakTwice();
    expect(anna.state).toMatchObject({
      call: 'out',
      callMissing: true,
      microphone: { phase: 'off' },
      self: { name: 'Anna' },
    });
    expect(anna.tracks.map(({ stopped }) => stopped)).toEqual([true]);
    await world.until('the place is free', () => world.server.roster.length === 0);
    anna.session.join('Anna');
    expect(anna.state).toMatchObject({ call: 'joining', callMissing: false });
    loads.at(-1)?.arrive();
    await world.until('Anna is in', () => anna.state.call === 'joined');
    expect([loads.length, anna.calls]).toEqual([3, 1]);
  });

  it('nor fails is waited for so long and no longer', async () => {
    anna.session.join('Anna');
    await world.pass(CALL_LOAD_MAX_MS - 100);
    expect(anna.state.call).toBe('joining');
    await world.pass(100);
    expect(anna.state).toMatchObject({ call: 'out', callMissing: true });
  });
});

describe('ending before the code of the call is there', () => {
  it('leaves nothing: no call is opened, and a microphone that comes is closed', async () => {
    let allow = () => {};
    const granted = anna.answer;
    anna.answer = () => new Promise((resolve) => (allow = () => resolve(granted())));
    anna.session.join('Anna');
    anna.session.dispose();
    loads[0]?.arrive();
    allow();
    await world.pass(CALL_LOADED_AFTER_MS);
    expect([anna.calls, anna.tracks.map(({ stopped }) => stopped)]).toEqual([0, [true]]);
  });

  it('by the host’s word gives up what was asked for', async () => {
    await anna.join('Anna');
    world.server.close(world.server.sideOf(anna.id), 'closed');
    await world.until('it is over', () => anna.state.signaling.phase === 'ended');
    loads[0]?.arrive();
    await world.pass(1_000);
    expect([anna.calls, anna.tracks.map(({ stopped }) => stopped), anna.state.call]).toEqual([
      0,
      [true],
      'out',
    ]);
  });
});
