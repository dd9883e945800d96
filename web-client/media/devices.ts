/** Owns the list of audio devices, as far as the browser lets a page see them. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { AudioDevices, DevicesPort } from '../core/audio/ports.ts';
import type { AudioDevice } from '../core/state/audio-state.ts';

/** Chrome lists the system's own choices a second time, under these names. */
const SYSTEM_CHOICES: readonly string[] = ['default', 'communications'];

type MediaDevicesLike = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>;

export class Devices implements DevicesPort {
  readonly #devices: MediaDevicesLike;
  readonly #canChooseSpeaker: boolean;

  constructor(devices: MediaDevicesLike, canChooseSpeaker: boolean) {
    this.#devices = devices;
    this.#canChooseSpeaker = canChooseSpeaker;
  }

  async list(): Promise<AudioDevices> {
    // What cannot be listed can still be used: the system's own choice needs no list.
    const all = await this.#devices.enumerateDevices().catch(() => []);
    return {
      microphones: ofKind(all, 'audioinput'),
      speakers: this.#canChooseSpeaker ? ofKind(all, 'audiooutput') : [],
    };
  }

  onChange(listener: () => void): Disposable {
    this.#devices.addEventListener('devicechange', listener);
    return toDisposable(() => this.#devices.removeEventListener('devicechange', listener));
  }
}

/** Before the permission the browser may hide ids: such a device cannot be chosen. */
function ofKind(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] {
  const byId = new Map<string, AudioDevice>();
  for (const { deviceId, label, kind: itsKind } of all) {
    if (itsKind !== kind || deviceId === '' || SYSTEM_CHOICES.includes(deviceId)) continue;
    byId.set(deviceId, { id: deviceId, label });
  }
  return [...byId.values()];
}
