/** Owns the call memory: what of a call outlasts a reload of its page, in the storage of the tab alone. */

import { PEERS_MAX } from '../../../main/common/protocol/limits.ts';
import type { CallStanding } from '../../core/call-intents.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { PageStorage } from '../preferences/browser-storage.ts';

export interface KeptCall extends CallStanding {
  /** Of the tab, which a copy of it brings along. */
  readonly tab: string;
  readonly name: string;
  /** Without a microphone. */
  readonly listening: boolean;
  /** By the wall clock: when the page was there last. */
  readonly seenMs: number;
  /** The page went in order; else it crashed. */
  readonly closed: boolean;
}

/** What is kept of being in the call like this; null while that is not clear. */
export function keptCallOf(
  { call, self, microphone, participants }: RoomState,
  page: Pick<KeptCall, 'tab' | 'muted' | 'seenMs' | 'closed'>,
): KeptCall | null {
  if (call !== 'joined' || microphone.phase === 'asking') return null;
  const playback = participants
    .filter(({ mutedHere, volume }) => mutedHere || volume !== 1)
    .map(({ id, mutedHere, volume }) => ({ id, mutedHere, volume }));
  const listening = microphone.phase !== 'live';
  return { ...page, name: self.name, listening, handUp: self.handUp, playback };
}

export class CallMemory {
  readonly #storage: PageStorage;
  readonly #key: string;

  constructor(storage: PageStorage, key: string) {
    this.#storage = storage;
    this.#key = key;
  }

  /** null also where what is there is not whole. */
  recall(): KeptCall | null {
    try {
      return readKeptCall(Object(JSON.parse(this.#storage.getItem(this.#key) ?? '')));
    } catch {
      return null;
    }
  }

  keep(call: KeptCall): void {
    this.#storage.setItem(this.#key, JSON.stringify(call));
  }

  forget(): void {
    this.#storage.removeItem(this.#key);
  }
}

function readKeptCall(kept: Readonly<Record<string, unknown>>): KeptCall | null {
  const { tab, name, listening, muted, handUp, seenMs, closed } = kept;
  if (typeof tab !== 'string' || typeof name !== 'string' || typeof seenMs !== 'number') return null;
  if (typeof listening !== 'boolean' || typeof muted !== 'boolean') return null;
  if (typeof handUp !== 'boolean' || typeof closed !== 'boolean') return null;
  return { tab, name, listening, muted, handUp, seenMs, closed, playback: readPlayback(kept.playback) };
}

function readPlayback(playback: unknown): CallStanding['playback'] {
  const all: readonly unknown[] = Array.isArray(playback) ? playback.slice(0, PEERS_MAX) : [];
  return all.flatMap((each) => {
    const { id, mutedHere, volume }: Readonly<Record<string, unknown>> = Object(each);
    const isWhole = typeof id === 'string' && typeof mutedHere === 'boolean' && typeof volume === 'number';
    return isWhole ? [{ id, mutedHere, volume }] : [];
  });
}
