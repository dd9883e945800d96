/** Owns the playback settings: volume and local mute of each participant; who comes back under a new id is known by name. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import { nameKey } from '../../../main/common/names/case-folding.ts';
import { PLAYBACKS_KEPT_MAX } from '../../../main/common/protocol/limits.ts';
import { assertNever } from '../../../main/common/result.ts';
import type { CallStanding } from '../call-intents.ts';
import type { VolumeReach } from '../state/audio-state.ts';
import type { ParticipantState } from '../state/room-state.ts';
import type { SoundPort } from './ports.ts';

export type Playback = Pick<ParticipantState, 'mutedHere' | 'volume'>;

/** And what the browser lets one have of it. */
export type PlaybackView = Pick<ParticipantState, 'mutedHere' | 'volume' | 'volumeReach'>;

const VOLUME_MAX = 2;
const PLAIN_VOLUME = 1;
const AS_IT_COMES: Playback = { mutedHere: false, volume: PLAIN_VOLUME };

/** Kept for as long as the page; of very many ids those of people who have left are forgotten, and known by name. */
export class PlaybackSettings implements Disposable {
  readonly #sound: Pick<SoundPort, 'setMuted' | 'setVolume'>;
  readonly #listening: Disposable;
  readonly #reaches = new Map<string, VolumeReach>();
  readonly #byId = new Map<string, Playback>();
  readonly #byName = new Map<string, Playback>();
  /** The keys of the names of those who are there, where anything of them can be read. */
  #names = new Map<string, string>();

  /** @param onReach the browser lets one have more or less than before */
  constructor(sound: Pick<SoundPort, 'setMuted' | 'setVolume' | 'onReach'>, onReach: () => void) {
    this.#sound = sound;
    this.#listening = sound.onReach((id, reach) => {
      this.#reaches.set(id, reach);
      onReach();
    });
  }

  of(id: string): PlaybackView {
    const { mutedHere, volume } = this.#chosenFor(id);
    const volumeReach = this.#reaches.get(id) ?? 'full';
    return { mutedHere, volume: volumeWithin(volumeReach, volume), volumeReach };
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** What was chosen before the page was loaded anew. */
  restore(playback: CallStanding['playback']): void {
    for (const { id, mutedHere, volume } of playback) {
      this.setMuted(id, mutedHere);
      this.setVolume(id, volume);
    }
  }

  setMuted(id: string, mutedHere: boolean): void {
    this.#set(id, { ...this.#chosenFor(id), mutedHere });
  }

  /** What is no number from 0 to 2 becomes the nearest; NaN does nothing. */
  setVolume(id: string, volume: number): void {
    if (!Number.isNaN(volume))
      this.#set(id, { ...this.#chosenFor(id), volume: Math.min(Math.max(volume, 0), VOLUME_MAX) });
  }

  /** Who is there now. A new id gets what was chosen for its name, unless another of that name is there as well. */
  handleParticipants(participants: readonly Pick<ParticipantState, 'id' | 'name'>[]): void {
    const before = this.#names;
    this.#names = new Map(
      participants.map(({ id, name }) => [id, nameKey(name ?? '')] as const).filter(([, key]) => key !== ''),
    );
    for (const [id, name] of this.#names) {
      if (before.has(id) || !this.#isAlone(name)) continue;
      const chosen = this.#byId.get(id);
      const remembered = this.#byName.get(name);
      if (chosen !== undefined) this.#byName.set(name, chosen);
      else if (remembered !== undefined) this.#set(id, remembered);
    }
    this.#forgetLeft(new Set(participants.map(({ id }) => id)));
  }

  #forgetLeft(present: ReadonlySet<string>): void {
    for (const id of [...this.#byId.keys()].filter((known) => !present.has(known))) {
      if (this.#byId.size <= PLAYBACKS_KEPT_MAX) return;
      this.#byId.delete(id);
      this.#apply(id, AS_IT_COMES);
    }
  }

  /** What is out of reach now stays chosen: it is heard as soon as it can be. */
  #chosenFor(id: string): Playback {
    return this.#byId.get(id) ?? AS_IT_COMES;
  }

  #apply(id: string, { mutedHere, volume }: Playback): void {
    this.#sound.setMuted(id, mutedHere);
    this.#sound.setVolume(id, volume);
  }

  #set(id: string, playback: Playback): void {
    this.#byId.set(id, playback);
    const name = this.#names.get(id);
    if (name !== undefined && this.#isAlone(name)) this.#byName.set(name, playback);
    this.#apply(id, playback);
  }

  #isAlone(name: string): boolean {
    return [...this.#names.values()].filter((other) => other === name).length === 1;
  }
}

function volumeWithin(reach: VolumeReach, volume: number): number {
  switch (reach) {
    case 'full':
      return volume;
    case 'plain':
      return Math.min(volume, PLAIN_VOLUME);
    case 'none':
      return PLAIN_VOLUME;
    default:
      return assertNever(reach);
  }
}
