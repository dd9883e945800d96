/** Owns how people are called in the chat: those who are in, and those who wrote and have left. */

import { nameKey } from '../../../main/common/names/folded-text.ts';
import { displayName } from '../../../main/common/names/visible-text.ts';
import { shortIdOf } from '../../core/room-reducer.ts';
import type { RoomState } from '../../core/room-state.ts';
import type { MentionPerson } from './mentions.ts';

export interface ChatName {
  /** Harmless; null: not known, or nothing of it can be seen. */
  readonly name: string | null;
  readonly shortId: string;
  /** Somebody else in the chat has the same name. */
  readonly ambiguous: boolean;
}

export class NameBook {
  readonly selfId: string;
  /** Everyone who is in now, oneself first. */
  readonly present: readonly MentionPerson[];
  readonly #names = new Map<string, string | null>();
  readonly #bearers = new Map<string, number>();

  constructor({ self, participants, chat }: RoomState) {
    this.selfId = self.id;
    this.present = [self, ...participants];
    for (const { id, name } of this.present) this.#names.set(id, name);
    for (const { author, authorName } of chat) {
      if ((this.#names.get(author) ?? null) === null) this.#names.set(author, authorName);
    }
    for (const name of this.#names.values()) {
      const called = keyOf(name);
      this.#bearers.set(called, (this.#bearers.get(called) ?? 0) + 1);
    }
  }

  /** `then`: how the person was called at that time, where another name than today's is meant. */
  nameOf(id: string, then: string | null = null): ChatName {
    const name = then ?? this.#names.get(id) ?? null;
    const others = (this.#bearers.get(keyOf(name)) ?? 0) - (this.#sameToday(id, name) ? 1 : 0);
    return { name: name === null ? null : displayName(name), shortId: shortIdOf(id), ambiguous: others > 0 };
  }

  #sameToday(id: string, name: string | null): boolean {
    return this.#names.has(id) && keyOf(this.#names.get(id) ?? null) === keyOf(name);
  }
}

/** Changes when a name in the chat may have to be written anew. */
export function namesSignature({ self, participants }: RoomState): string {
  return JSON.stringify([self.id, self.name, ...participants.map(({ id, name }) => [id, name])]);
}

/** With the short id where somebody else has the same name. */
export function spokenName({ name, ambiguous, shortId }: ChatName, unnamed: string): string {
  return ambiguous ? `${name ?? unnamed} ${shortId}` : (name ?? unnamed);
}

/** Whatever direction the name runs in, the words around it keep theirs. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

function keyOf(name: string | null): string {
  return nameKey(name ?? '');
}
