/** Owns what is used of an audio element, and what not every browser has of it. */

import { attempt } from './attempt.ts';

/** The part of HTMLAudioElement that is used. */
export interface AudioElementLike {
  srcObject: MediaProvider | null;
  muted: boolean;
  volume: number;
  readonly paused: boolean;
  /** Not everywhere. */
  setSinkId?(deviceId: string): Promise<void>;
  play(): Promise<void>;
  pause(): void;
}

/** null: the system's own. A device that is gone meanwhile changes nothing, and then it is false. */
export function chooseSpeaker(element: AudioElementLike, deviceId: string | null): Promise<boolean> {
  return attempt(() => element.setSinkId?.(deviceId ?? ''));
}

/** iPhones leave loudness to their buttons: what is set is not kept. */
export function keepsVolume(element: AudioElementLike): boolean {
  const before = element.volume;
  element.volume = 0.5;
  const kept = element.volume === 0.5;
  element.volume = before;
  return kept;
}
