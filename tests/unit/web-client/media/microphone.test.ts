import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_AUDIO_SETTINGS } from '../../../../web-client/core/state/audio-state.ts';
import { Microphone } from '../../../../web-client/media/microphone.ts';

const { processing } = DEFAULT_AUDIO_SETTINGS;
const DEFAULT = { deviceId: null, processing };
const HEADSET = { deviceId: 'headset', processing };

const trackWith = (settings: object) =>
  ({ kind: 'audio', getSettings: () => settings }) as unknown as MediaStreamTrack;
const track = trackWith({ echoCancellation: true });
const streamOf = (...tracks: MediaStreamTrack[]) =>
  ({ getAudioTracks: () => tracks }) as unknown as MediaStream;
const named = (name: string) => Object.assign(new Error(), { name });

const getUserMedia = vi.fn<MediaDevices['getUserMedia']>();
let microphone: Microphone;
beforeEach(() => {
  getUserMedia.mockReset().mockImplementation(async () => streamOf(track));
  microphone = new Microphone({ getUserMedia });
});
const asked = () => getUserMedia.mock.calls.map(([constraints]) => constraints?.audio);

describe('the microphone', () => {
  it('is asked for with what was wished', async () => {
    expect(await microphone.open(DEFAULT)).toEqual({
      ok: true,
      value: { track, asRequested: true, fellBack: false },
    });
    await microphone.open({ deviceId: 'headset', processing: { ...processing, noiseSuppression: false } });
    expect(asked()).toEqual([
      { ...processing, channelCount: { ideal: 1 } },
      {
        ...processing,
        noiseSuppression: false,
        channelCount: { ideal: 1 },
        deviceId: { exact: 'headset' },
      },
    ]);
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'absent'],
    ['OverconstrainedError', 'absent'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s is told as %s', async (name, error) => {
    getUserMedia.mockRejectedValue(named(name));
    expect(await microphone.open(DEFAULT)).toEqual({ ok: false, error });
    expect(getUserMedia).toHaveBeenCalledTimes(1);
  });

  it('is absent where the stream has no track', async () => {
    getUserMedia.mockImplementation(async () => streamOf());
    expect(await microphone.open(DEFAULT)).toEqual({ ok: false, error: 'absent' });
  });

  it.each(['OverconstrainedError', 'NotFoundError'])(
    'that is gone (%s) gives way to the default, once',
    async (name) => {
      getUserMedia.mockRejectedValueOnce(named(name));
      expect(await microphone.open(HEADSET)).toEqual({
        ok: true,
        value: { track, asRequested: true, fellBack: true },
      });
      expect(asked()[1]).toEqual({ ...processing, channelCount: { ideal: 1 } });
      getUserMedia.mockClear().mockRejectedValue(named(name));
      expect(await microphone.open(HEADSET)).toEqual({ ok: false, error: 'absent' });
      expect(getUserMedia).toHaveBeenCalledTimes(2);
    },
  );

  it.each(['NotAllowedError', 'NotReadableError'])('does not fall back for %s', async (name) => {
    getUserMedia.mockRejectedValue(named(name));
    await microphone.open(HEADSET);
    expect(getUserMedia).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{ echoCancellation: true, noiseSuppression: true, autoGainControl: true }, true],
    [{ echoCancellation: true, noiseSuppression: false, autoGainControl: true }, false],
    [{ echoCancellation: true }, true],
    [{ echoCancellation: 'all' }, true],
    [{ echoCancellation: false }, false],
  ])('with %j is as requested: %s', async (settings, asRequested) => {
    getUserMedia.mockImplementation(async () => streamOf(trackWith(settings)));
    expect(await microphone.open(DEFAULT)).toMatchObject({ value: { asRequested } });
  });

  it('is never asked for twice at once', async () => {
    let asking = 0;
    let askingMax = 0;
    getUserMedia.mockImplementation(async () => {
      askingMax = Math.max(askingMax, ++asking);
      await new Promise((resolve) => setTimeout(resolve, 1));
      asking--;
      throw named('NotFoundError');
    });
    await Promise.all([microphone.open(HEADSET), microphone.open(DEFAULT), microphone.open(HEADSET)]);
    expect([askingMax, getUserMedia.mock.calls.length]).toEqual([1, 5]);
  });
});
