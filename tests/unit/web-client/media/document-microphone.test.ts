import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DocumentMicrophone } from '../../../../web-client/media/document-microphone.ts';

const WISHED = { audio: { echoCancellation: true } };
const OTHER = { audio: { echoCancellation: false } };

const steps: string[] = [];
const streamOf = (name: string) =>
  ({ name, getTracks: () => [{ stop: () => steps.push(`${name} stopped`) }] }) as unknown as MediaStream;
const early = streamOf('early');
const late = streamOf('late');
const getUserMedia = vi.fn<MediaDevices['getUserMedia']>();
beforeEach(() => {
  steps.length = 0;
  getUserMedia.mockReset().mockImplementation(async () => {
    steps.push('asked');
    return late;
  });
});
const asked = (stream: Promise<MediaStream>) =>
  new DocumentMicrophone({ getUserMedia }, () => ({ constraints: { ...WISHED }, stream }));

describe('the microphone the document asked for', () => {
  it('is the first answer to who wishes the same, and no second', async () => {
    const devices = asked(Promise.resolve(early));
    expect(await devices.getUserMedia(WISHED)).toBe(early);
    await devices.giveUp();
    expect(await devices.getUserMedia(WISHED)).toBe(late);
    expect(steps).toEqual(['asked']);
  });

  it('is there as well for a page that was made before, and runs after the tap', async () => {
    let tapped = false;
    const devices = new DocumentMicrophone({ getUserMedia }, () =>
      tapped ? { constraints: WISHED, stream: Promise.resolve(early) } : undefined,
    );
    tapped = true;
    expect(await devices.getUserMedia(WISHED)).toBe(early);
    expect(steps).toEqual([]);
  });

  it('is refused to them where it was refused', async () => {
    const refusal = new DOMException('', 'NotAllowedError');
    await expect(asked(Promise.reject(refusal)).getUserMedia(WISHED)).rejects.toBe(refusal);
    expect(getUserMedia).not.toHaveBeenCalled();
  });

  it.each([
    ['open', () => Promise.resolve(early), ['early stopped', 'asked']],
    ['refused', () => Promise.reject(new Error()), ['asked']],
  ])('is closed before another is asked for where it was %s', async (_answer, stream, expected) => {
    expect(await asked(stream()).getUserMedia(OTHER)).toBe(late);
    expect(steps).toEqual(expected);
  });

  it('is closed where nobody takes it', async () => {
    await asked(Promise.resolve(early)).giveUp();
    await asked(Promise.reject(new Error())).giveUp();
    expect(steps).toEqual(['early stopped']);
  });
});

it('asks at once where the document asked for none', async () => {
  const devices = new DocumentMicrophone({ getUserMedia }, () => undefined);
  await devices.giveUp();
  const stream = devices.getUserMedia(WISHED);
  expect(steps).toEqual(['asked']);
  expect(await stream).toBe(late);
});
