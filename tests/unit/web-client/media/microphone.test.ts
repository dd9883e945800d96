import { describe, expect, it, vi } from 'vitest';
import { Microphone } from '../../../../web-client/media/microphone.ts';

const track = { kind: 'audio' } as MediaStreamTrack;
const streamOf = (...tracks: MediaStreamTrack[]) =>
  ({ getAudioTracks: () => tracks }) as unknown as MediaStream;
const named = (name: string) => Object.assign(new Error(), { name });

describe('the microphone', () => {
  it('is asked for with what a call needs', async () => {
    const getUserMedia = vi.fn(async (_constraints?: MediaStreamConstraints) => streamOf(track));
    const opened = await new Microphone({ getUserMedia }).open();
    expect(opened).toEqual({ ok: true, value: track });
    expect(getUserMedia.mock.calls[0]?.[0]).toMatchObject({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
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
    const microphone = new Microphone({ getUserMedia: () => Promise.reject(named(name)) });
    expect(await microphone.open()).toEqual({ ok: false, error });
  });

  it('is absent where the stream has no track', async () => {
    expect(await new Microphone({ getUserMedia: async () => streamOf() }).open()).toEqual({
      ok: false,
      error: 'absent',
    });
  });

  it('is never asked for twice at once, and again after an answer', async () => {
    const getUserMedia = vi.fn(async () => streamOf(track));
    const microphone = new Microphone({ getUserMedia });
    await Promise.all([microphone.open(), microphone.open()]);
    expect(getUserMedia).toHaveBeenCalledTimes(1);
    await microphone.open();
    expect(getUserMedia).toHaveBeenCalledTimes(2);
  });
});
