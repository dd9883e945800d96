/** Owns the page's intents, what a person can want from it: views emit these and change nothing themselves. */

import type { RoomLink } from '../../main/common/e2ee/invite-link.ts';
import type { CallIntents, FileIntents } from '../core/call-intents.ts';

/** What can be wanted whether or not there is a call. */
export interface TabIntents {
  /** A whole link of this very address was pasted. */
  openLink(link: RoomLink): void;
  reload(): void;
}

export interface PageIntents extends TabIntents, CallIntents {}

/** What takes the intents of a call; those of files once it has the code for them. */
export interface IntentTaker extends Omit<CallIntents, keyof FileIntents> {
  readonly files: FileIntents | null;
}

/** Intents of the call go to the one there is at that moment; while there is none, nothing comes of them. */
export function createPageIntents(tab: TabIntents, currentCall: () => IntentTaker | null): PageIntents {
  const forward =
    (name: string | symbol) =>
    (...args: readonly unknown[]): unknown => {
      const call = currentCall();
      const taker = call !== null && name in call ? call : call?.files;
      return taker ? Reflect.apply(Reflect.get(taker, name), taker, args) : null;
    };
  // The type knows which names there are; to list them here once more would only be one more place to edit.
  return new Proxy(tab as PageIntents, { get: (own, name) => Reflect.get(own, name) ?? forward(name) });
}
