/** Owns what a person can want from the page; views emit these and change nothing themselves. */

import type { RoomLink } from '../../main/common/sealing/link.ts';

export interface PageIntents {
  join(name: string): void;
  leave(): void;
  dismissFull(): void;
  setMicrophoneMuted(muted: boolean): void;
  retryMicrophone(): void;
  setMutedHere(id: string, muted: boolean): void;
  /** The person compared the verification code with somebody. */
  verify(id: string, matches: boolean): void;
  unlockSound(): void;
  /** A whole link of this very address was pasted. */
  openLink(link: RoomLink): void;
  reload(): void;
}
