/** Owns what a person can want from the page; views emit these and change nothing themselves. */

import type { RoomLink } from '../../main/common/e2ee/invite-link.ts';
import type { CallIntents } from '../core/call-intents.ts';

export interface PageIntents extends CallIntents {
  /** A whole link of this very address was pasted. */
  openLink(link: RoomLink): void;
  reload(): void;
}
