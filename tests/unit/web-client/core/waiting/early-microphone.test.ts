import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../../main/common/result.ts';
import { DEFAULT_AUDIO_SETTINGS } from '../../../../../web-client/core/state/audio-state.ts';
import {
  EarlyMicrophone,
  type MicrophoneAnswer,
  type MicrophoneRequest,
  requestOf,
} from '../../../../../web-client/core/waiting/early-microphone.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { settle } from '../../../../support/time/manual-time.ts';

const REQUEST = requestOf(DEFAULT_AUDIO_SETTINGS);
const HEADSET: MicrophoneRequest = { ...REQUEST, deviceId: 'headset' };

/** Questions to the browser that it has not answered yet, or has. */
let asked: { request: MicrophoneRequest; track: FakeTrack; allow(): void; refuse(): void }[];
let microphone: EarlyMicrophone;

beforeEach(() => {
  asked = [];
  microphone = new EarlyMicrophone({
    open: (request) =>
      new Promise<MicrophoneAnswer>((resolve) => {
        const track = new FakeTrack();
        const allow = () => resolve(ok({ track, asRequested: true, fellBack: false }));
        asked.push({ request, track, allow, refuse: () => resolve(fail('denied')) });
      }),
  });
});

const trackOf = (answer: MicrophoneAnswer) => (answer.ok ? answer.value.track : null);

describe('a microphone that is asked for ahead', () => {
  it('is asked for at once, and once: who opens the same gets the answer', async () => {
    void microphone.ask(REQUEST);
    expect(asked).toHaveLength(1);
    const opened = microphone.open(REQUEST);
    asked[0]?.allow();
    expect(trackOf(await opened)).toBe(asked[0]?.track);
    expect(asked).toHaveLength(1);
  });

  it('lets nothing through until somebody takes it up', async () => {
    void microphone.ask(REQUEST);
    asked[0]?.allow();
    await settle();
    expect(asked[0]?.track).toMatchObject({ enabled: false, stopped: false });
  });

  it('passes a refusal on', async () => {
    void microphone.ask(REQUEST);
    asked[0]?.refuse();
    expect(await microphone.open(REQUEST)).toEqual(fail('denied'));
  });

  it('gives one answer to one who opens, and the next is asked anew', async () => {
    void microphone.ask(REQUEST);
    void microphone.open(REQUEST);
    void microphone.open(REQUEST);
    expect(asked).toHaveLength(2);
  });

  it('gives way to another that is opened, and is closed', async () => {
    void microphone.ask(REQUEST);
    const opened = microphone.open(HEADSET);
    for (const { allow } of asked) allow();
    expect(trackOf(await opened)).toBe(asked[1]?.track);
    await settle();
    expect(asked.map(({ track }) => track.stopped)).toEqual([true, false]);
  });

  it.each(['before', 'after'])('is closed where it is given up %s the answer', async (when) => {
    void microphone.ask(REQUEST);
    if (when === 'before') microphone.giveUp();
    asked[0]?.allow();
    await settle();
    if (when === 'after') microphone.giveUp();
    await settle();
    expect(asked[0]?.track.stopped).toBe(true);
    void microphone.open(REQUEST);
    expect(asked).toHaveLength(2);
  });

  it('is asked for once where it is given up and wanted again before the answer', async () => {
    void microphone.ask(REQUEST);
    microphone.giveUp();
    void microphone.ask(REQUEST);
    asked[0]?.allow();
    const answer = await microphone.open(REQUEST);
    expect([trackOf(answer), asked.length, asked[0]?.track.stopped]).toEqual([asked[0]?.track, 1, false]);
  });

  it('is not closed under one who took it up', async () => {
    void microphone.ask(REQUEST);
    const opened = microphone.open(REQUEST);
    microphone.giveUp();
    asked[0]?.allow();
    expect(trackOf(await opened)).toMatchObject({ stopped: false });
  });
});
