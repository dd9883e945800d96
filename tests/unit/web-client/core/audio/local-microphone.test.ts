import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../../../main/common/result.ts';
import {
  LocalMicrophone,
  type LocalMicrophoneState,
} from '../../../../../web-client/core/audio/local-microphone.ts';
import {
  DEFAULT_AUDIO_SETTINGS,
  type MicrophoneProblem,
} from '../../../../../web-client/core/state/audio-state.ts';
import type {
  MicrophoneRequest,
  OpenedMicrophone,
} from '../../../../../web-client/core/waiting/early-microphone.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { FakeVisibility } from '../../../../support/sound/fake-sound.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

type Answer = Result<OpenedMicrophone, MicrophoneProblem>;

const { processing } = DEFAULT_AUDIO_SETTINGS;
const OFF = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const requestFor = (deviceId: string | null): MicrophoneRequest => ({ deviceId, processing });

/** Questions to the browser, answered one by one as a test says. */
let asked: { readonly wish: MicrophoneRequest; readonly answer: (answer: Answer) => void }[];
let asking: number;
let askedAtOnceMax: number;
let tracks: FakeTrack[];
/** Each track with its `enabled` at the moment it was handed out. */
let handed: [string | null, boolean | null][];
let states: LocalMicrophoneState[];
let refused: [MicrophoneProblem, MicrophoneRequest][];
let givenBack: number;
let time: ManualTime;
let visibility: FakeVisibility;
let microphone: LocalMicrophone;

beforeEach(() => {
  asked = [];
  asking = 0;
  askedAtOnceMax = 0;
  tracks = [];
  handed = [];
  states = [];
  refused = [];
  givenBack = 0;
  time = new ManualTime();
  visibility = new FakeVisibility();
  microphone = new LocalMicrophone(
    {
      microphone: {
        open: (wish) => {
          askedAtOnceMax = Math.max(askedAtOnceMax, ++asking);
          return new Promise((resolve) => {
            asked.push({
              wish,
              answer: (answer) => {
                asking--;
                resolve(answer);
              },
            });
          });
        },
      },
      visibility,
      clock: time.clock,
      timers: time.timers,
      request: requestFor(null),
    },
    {
      onState: (state) => states.push(state),
      onTrack: (track) => {
        const given = tracks.find((own) => own === track);
        handed.push(given ? [given.label, given.enabled] : [null, null]);
      },
      onRefused: (problem, wish) => refused.push([problem, wish]),
      onGivenBack: () => givenBack++,
    },
  );
});

/** The newest question is granted. */
async function grant(changes: Partial<OpenedMicrophone> = {}): Promise<FakeTrack> {
  const track = new FakeTrack(`#${tracks.length}`);
  tracks.push(track);
  asked.at(-1)?.answer(ok({ track, asRequested: true, fellBack: false, ...changes }));
  await settle();
  return track;
}

async function refuse(problem: MicrophoneProblem): Promise<void> {
  asked.at(-1)?.answer(fail(problem));
  await settle();
}

async function openFirst(): Promise<FakeTrack> {
  void microphone.open();
  const track = await grant();
  await time.advance(60_000);
  return track;
}

const stopped = () => tracks.map((track) => track.stopped);
const requested = () => asked.map(({ wish }) => wish.deviceId);

describe('another microphone', () => {
  it('takes over while the one before goes on', async () => {
    await openFirst();
    microphone.setRequest(requestFor('headset'));
    expect(stopped()).toEqual([false]);
    expect(handed).toEqual([['#0', true]]);
    await grant();
    expect(requested()).toEqual([null, 'headset']);
    expect(handed).toEqual([
      ['#0', true],
      ['#1', true],
    ]);
    expect(stopped()).toEqual([true, false]);
    expect(states.map(({ phase }) => phase)).toEqual(['asking', 'live', 'live']);
  });

  it('or another processing is asked for only where it is another', async () => {
    await openFirst();
    microphone.setRequest({ deviceId: null, processing: { ...processing } });
    expect(asked).toHaveLength(1);
    microphone.setRequest({ deviceId: null, processing: { ...processing, noiseSuppression: false } });
    expect(asked).toHaveLength(2);
  });

  it('is never asked for twice at once, and the last wish wins', async () => {
    await openFirst();
    for (const id of ['a', 'b', 'c']) microphone.setRequest(requestFor(id));
    await grant();
    await grant();
    expect(requested()).toEqual([null, 'a', 'c']);
    expect(askedAtOnceMax).toBe(1);
    expect(stopped()).toEqual([true, true, false]);
  });

  it('wished for and unwished before the answer ends in the first', async () => {
    await openFirst();
    microphone.setRequest(requestFor('a'));
    microphone.setRequest(requestFor(null));
    await grant();
    await grant();
    expect(requested()).toEqual([null, 'a', null]);
    expect(stopped()).toEqual([true, true, false]);
  });

  it('that is refused leaves the one before, and says so', async () => {
    await openFirst();
    microphone.setRequest(requestFor('headset'));
    await refuse('failed');
    expect(refused).toEqual([['failed', requestFor(null)]]);
    expect(stopped()).toEqual([false]);
    expect(states.at(-1)).toEqual({ phase: 'live', muted: false });
    expect(asked).toHaveLength(2);
    microphone.setRequest(requestFor('headset'));
    expect(asked).toHaveLength(3);
  });

  it('that is refused where the last wish is a third is no matter', async () => {
    await openFirst();
    microphone.setRequest(requestFor('a'));
    microphone.setRequest(requestFor('b'));
    await refuse('failed');
    await grant();
    expect(refused).toEqual([]);
    expect(requested()).toEqual([null, 'a', 'b']);
  });

  it('gets the first one out of its way where the browser keeps its processing', async () => {
    await openFirst();
    microphone.setRequest({ deviceId: null, processing: OFF });
    await grant({ asRequested: false });
    expect(stopped()).toEqual([true, true]);
    await grant();
    expect(stopped()).toEqual([true, true, false]);
    expect(handed.map(([label]) => label)).toEqual(['#0', null, '#2']);
    expect(refused).toEqual([]);
  });

  it('does so once: what the browser cannot do is taken as it is', async () => {
    await openFirst();
    microphone.setRequest({ deviceId: null, processing: OFF });
    await grant({ asRequested: false });
    await grant({ asRequested: false });
    expect(asked).toHaveLength(3);
    expect(stopped()).toEqual([true, true, false]);
  });

  it('gets the first one out of its way on a phone that opens one at a time', async () => {
    await openFirst();
    microphone.setRequest(requestFor('headset'));
    await refuse('busy');
    expect(stopped()).toEqual([true]);
    await grant();
    expect(requested()).toEqual([null, 'headset', 'headset']);
    expect(handed.at(-1)).toEqual(['#1', true]);
  });

  it('refused after all, the first one is opened again', async () => {
    await openFirst();
    microphone.setRequest(requestFor('headset'));
    await refuse('busy');
    await refuse('busy');
    await grant();
    expect(requested()).toEqual([null, 'headset', 'headset', null]);
    expect(refused).toEqual([['busy', requestFor(null)]]);
    expect(states.at(-1)).toEqual({ phase: 'live', muted: false });
  });

  it('refused for good after the end is nobody’s matter', async () => {
    await openFirst();
    microphone.setRequest(requestFor('headset'));
    await refuse('busy');
    await refuse('busy');
    microphone.close();
    await refuse('busy');
    expect(states.at(-1)).toEqual({ phase: 'off' });
    expect(refused).toEqual([]);
  });

  it('comes where the browser ends the first one by itself', async () => {
    const first = await openFirst();
    microphone.setRequest(requestFor('headset'));
    first.end();
    expect(asked).toHaveLength(2);
    await grant();
    expect(handed.map(([label]) => label)).toEqual(['#0', null, '#1']);
    expect(states.at(-1)).toEqual({ phase: 'live', muted: false });
  });

  it('refused where the browser ended the first one by itself, the first one is opened again', async () => {
    const first = await openFirst();
    microphone.setRequest(requestFor('headset'));
    first.end();
    await refuse('absent');
    await grant();
    expect(requested()).toEqual([null, 'headset', null]);
    expect(refused).toEqual([['absent', requestFor(null)]]);
  });

  it('granted after the end is closed at once', async () => {
    await openFirst();
    microphone.setRequest(requestFor('headset'));
    microphone.close();
    await grant();
    expect(stopped()).toEqual([true, true]);
    expect(handed.at(-1)).toEqual([null, null]);
    expect(states.at(-1)).toEqual({ phase: 'off' });
  });
});

describe('muting', () => {
  it('is older than every track anybody gets', async () => {
    microphone.setMuted(true);
    const first = await openFirst();
    microphone.setRequest(requestFor('headset'));
    await grant();
    microphone.setRequest({ deviceId: 'headset', processing: OFF });
    await grant({ asRequested: false });
    const fourth = await grant();
    await time.advance(60_000);
    fourth.end();
    await grant();
    microphone.close();
    void microphone.open();
    await grant();
    expect(first.enabled).toBe(false);
    expect(handed.filter(([label]) => label !== null)).toEqual([
      ['#0', false],
      ['#1', false],
      ['#3', false],
      ['#4', false],
      ['#5', false],
    ]);
  });

  it('while the browser is asked counts for what it gives, and for what goes on meanwhile', async () => {
    const first = await openFirst();
    microphone.setRequest(requestFor('headset'));
    microphone.setMuted(true);
    expect(first.enabled).toBe(false);
    await grant();
    expect(handed.at(-1)).toEqual(['#1', false]);
    expect(states.at(-1)).toEqual({ phase: 'live', muted: true });
  });
});

describe('a microphone that is unplugged', () => {
  it('gives way to what the system would choose, once', async () => {
    microphone.setRequest(requestFor('headset'));
    const first = await openFirst();
    first.end();
    expect(states.at(-1)).toEqual({ phase: 'asking' });
    const second = await grant();
    expect(requested()).toEqual(['headset', null]);
    expect(states.at(-1)).toEqual({ phase: 'live', muted: false });
    second.end();
    expect(states.at(-1)).toEqual({ phase: 'none', reason: 'failed' });
    expect(asked).toHaveLength(2);
  });

  it('with no other one is absent, until one asks again', async () => {
    const first = await openFirst();
    first.end();
    await refuse('absent');
    expect(states.at(-1)).toEqual({ phase: 'none', reason: 'absent' });
    expect(handed.at(-1)).toEqual([null, null]);
    void microphone.open();
    await grant();
    expect(states.at(-1)).toEqual({ phase: 'live', muted: false });
  });

  it('is used again when it is back', async () => {
    microphone.setRequest(requestFor('headset'));
    const first = await openFirst();
    first.end();
    await grant();
    microphone.handleDevices(['built-in']);
    expect(asked).toHaveLength(2);
    microphone.handleDevices(['built-in', 'headset']);
    await grant();
    microphone.handleDevices(['built-in', 'headset']);
    expect(requested()).toEqual(['headset', null, 'headset']);
    expect(stopped()).toEqual([true, true, false]);
  });

  it('and was gone from the start is used when it comes', async () => {
    microphone.setRequest(requestFor('headset'));
    void microphone.open();
    await grant({ fellBack: true });
    microphone.handleDevices(['headset']);
    await grant();
    expect(requested()).toEqual(['headset', 'headset']);
  });

  it('while the wish changes ends in the new wish', async () => {
    const first = await openFirst();
    first.end();
    microphone.setRequest(requestFor('headset'));
    await grant();
    await grant();
    expect(requested()).toEqual([null, null, 'headset']);
    expect(askedAtOnceMax).toBe(1);
    expect(stopped()).toEqual([true, true, false]);
  });

  it('after the end is nobody’s matter', async () => {
    const first = await openFirst();
    first.end();
    microphone.close();
    await refuse('absent');
    expect(states.at(-1)).toEqual({ phase: 'off' });
  });
});

describe('an interruption by the system', () => {
  it('that ends by itself is told, and nothing is opened', async () => {
    const first = await openFirst();
    first.interrupt(true);
    visibility.set(true);
    visibility.set(false);
    first.interrupt(false);
    await time.advance(10_000);
    expect(givenBack).toBe(1);
    expect(asked).toHaveLength(1);
    expect(time.pending).toBe(0);
  });

  it('that took the microphone for good is over when the page is seen again', async () => {
    const first = await openFirst();
    visibility.set(true);
    first.end();
    expect(asked).toHaveLength(1);
    expect(states.at(-1)).toEqual({ phase: 'none', reason: 'failed' });
    visibility.set(false);
    await grant();
    expect(states.at(-1)).toEqual({ phase: 'live', muted: false });
    visibility.set(true);
    visibility.set(false);
    expect(asked).toHaveLength(2);
  });

  it('that never gives the track back has it exchanged', async () => {
    const first = await openFirst();
    first.interrupt(true);
    visibility.set(true);
    visibility.set(false);
    await time.advance(1_000);
    await grant();
    expect(stopped()).toEqual([true, false]);
  });

  it('does not open what was refused, or is closed', async () => {
    void microphone.open();
    await refuse('denied');
    visibility.set(true);
    visibility.set(false);
    expect(asked).toHaveLength(1);
    const first = await openFirst();
    visibility.set(true);
    first.end();
    microphone.close();
    visibility.set(false);
    expect(asked).toHaveLength(2);
  });

  it('leaves no timer behind', async () => {
    const first = await openFirst();
    first.interrupt(true);
    visibility.set(false);
    expect(time.pending).toBe(1);
    microphone.dispose();
    expect(time.pending).toBe(0);
    visibility.set(false);
    expect(time.pending).toBe(0);
  });
});
