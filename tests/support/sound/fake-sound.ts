/** Owns stand-ins for what sound needs from outside, but for the microphone and the loudspeaker themselves. */

import { type Disposable, toDisposable } from '../../../main/common/lifecycle.ts';
import type {
  AudioDevices,
  CuesPort,
  DevicesPort,
  Meter,
  MeterPort,
  VisibilityPort,
} from '../../../web-client/core/audio/ports.ts';
import type { MicrophoneTrackLike } from '../../../web-client/core/browser-api.ts';
import type { Cue } from '../../../web-client/core/call-intents.ts';

class Listeners {
  readonly #listeners = new Set<() => void>();

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return toDisposable(() => this.#listeners.delete(listener));
  }

  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The noise of a room, unless a test makes it another. */
export class FakeMeter implements MeterPort {
  rms: number | null = 0.001;
  /** How often it was read. */
  readings = 0;
  /** Tracks that are listened to. */
  readonly #tracks = new Set<MicrophoneTrackLike>();

  get listening(): MicrophoneTrackLike[] {
    return [...this.#tracks];
  }

  open(track: MicrophoneTrackLike): Meter {
    this.#tracks.add(track);
    const read = () => {
      this.readings++;
      return this.rms;
    };
    return { read, dispose: () => this.#tracks.delete(track) };
  }
}

export class FakeDevices extends Listeners implements DevicesPort {
  present: AudioDevices = { microphones: [], speakers: [] };

  async list(): Promise<AudioDevices> {
    return this.present;
  }

  change(present: Partial<AudioDevices>): void {
    this.present = { ...this.present, ...present };
    this.tell();
  }
}

export class FakeVisibility extends Listeners implements VisibilityPort {
  hidden = false;

  set(hidden: boolean): void {
    this.hidden = hidden;
    this.tell();
  }
}

export class FakeCues implements CuesPort {
  readonly played: Cue[] = [];

  play(cue: Cue): void {
    this.played.push(cue);
  }
}
