import { beforeEach, describe, expect, it } from 'vitest';
import { Devices } from '../../../../web-client/media/devices.ts';

const device = (kind: MediaDeviceKind, deviceId: string, label: string) =>
  ({ kind, deviceId, label, groupId: '', toJSON: () => ({}) }) as MediaDeviceInfo;

const PRESENT = [
  device('audioinput', 'default', 'Default - Headset'),
  device('audioinput', 'communications', 'Communications - Headset'),
  device('audioinput', 'm1', 'Headset'),
  device('audioinput', 'm2', ''),
  device('audioinput', 'm1', 'Headset'),
  device('videoinput', 'v1', 'Camera'),
  device('audiooutput', 'default', 'Default - Loudspeaker'),
  device('audiooutput', 's1', 'Loudspeaker'),
];

let target: EventTarget;
let present: MediaDeviceInfo[] | null;
beforeEach(() => {
  target = new EventTarget();
  present = PRESENT;
});
const devices = (canChooseSpeaker = true) =>
  new Devices(
    {
      enumerateDevices: async () => {
        if (present === null) throw new Error();
        return present;
      },
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
    },
    canChooseSpeaker,
  );

describe('the devices', () => {
  it('are microphones and speakers, each once, without the system’s own choice', async () => {
    expect(await devices().list()).toEqual({
      microphones: [
        { id: 'm1', label: 'Headset' },
        { id: 'm2', label: '' },
      ],
      speakers: [{ id: 's1', label: 'Loudspeaker' }],
    });
  });

  it('are no speakers where a page cannot choose one', async () => {
    expect((await devices(false).list()).speakers).toEqual([]);
  });

  it('are none before the permission, and where they cannot be listed', async () => {
    present = [device('audioinput', '', ''), device('audiooutput', '', '')];
    expect(await devices().list()).toEqual({ microphones: [], speakers: [] });
    present = null;
    expect(await devices().list()).toEqual({ microphones: [], speakers: [] });
  });

  it('tell of changes until nobody listens', () => {
    let changes = 0;
    const listening = devices().onChange(() => changes++);
    target.dispatchEvent(new Event('devicechange'));
    listening.dispose();
    target.dispatchEvent(new Event('devicechange'));
    expect(changes).toBe(1);
  });
});
