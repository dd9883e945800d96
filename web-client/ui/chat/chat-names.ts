/** Owns the names in the chat: of those who are in, and of those who wrote and have left. */

import { nameKey } from '../../../main/common/names/case-folding.ts';
import { shortIdOf } from '../../../main/common/names/short-id.ts';
import { displayName } from '../../../main/common/names/visible-text.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { ParticipantRow } from '../people/participant-rows.ts';
import type { ChatChanges } from './chat-changes.ts';
import type { MentionCandidate } from './mentions.ts';

/** As in a row, but ambiguous where somebody else in the chat has the same name. */
export type ChatName = Pick<ParticipantRow, 'name' | 'shortId' | 'ambiguous'>;

/** A name with what takes long to find out of it. */
export interface KnownName {
  readonly given: string | null;
  readonly shown: string | null;
  /** Equal for names that a reader takes for one. */
  readonly key: string;
}

/** Whose names have to be written anew. */
export interface NameChanges {
  readonly ids: ReadonlySet<string>;
  /** Keys of names that more or fewer people have than before. */
  readonly keys: ReadonlySet<string>;
}

interface Writer {
  /** As they were called when they first wrote. */
  called: KnownName;
  messages: number;
}

const UNNAMED = knownName(null);
const NOBODY: readonly MentionCandidate[] = [];

/** Each change costs as much as there are people whose names it changes, however much they have written. */
export class ChatNames {
  #self: RoomState['self'] | null = null;
  #participants: RoomState['participants'] = [];
  #present: readonly MentionCandidate[] = NOBODY;
  readonly #today = new Map<string, KnownName>();
  readonly #writers = new Map<string, Writer>();
  /** Who has a name, by its key. */
  readonly #bearers = new Map<string, Set<string>>();

  get selfId(): string {
    return this.#self?.id ?? '';
  }

  /** Everyone who is in now, oneself first; the same array as long as nobody's name changed. */
  get present(): readonly MentionCandidate[] {
    return this.#present;
  }

  update(room: RoomState, { dropped, added }: ChatChanges): NameChanges {
    const before = new Map<string, KnownName | null>();
    const note = (id: string) => {
      if (!before.has(id)) before.set(id, this.#known(id));
    };
    this.#updatePresent(room, note);
    for (const { author, authorName } of added) {
      note(author);
      this.#addWriter(author, authorName);
    }
    for (const { author } of dropped) {
      note(author);
      this.#dropWriter(author);
    }
    return this.#settle(before);
  }

  /** `then`: how the person was called at that time, where another name than today's is meant. */
  nameOf(id: string, then: KnownName | null = null): ChatName {
    const { shown, key } = then ?? this.#known(id) ?? UNNAMED;
    const bearers = this.#bearers.get(key);
    const others = (bearers?.size ?? 0) - (bearers?.has(id) === true ? 1 : 0);
    return { name: shown, shortId: shortIdOf(id), ambiguous: others > 0 };
  }

  #updatePresent({ self, participants }: RoomState, note: (id: string) => void): void {
    if (participants === this.#participants && self === this.#self) return;
    this.#self = self;
    this.#participants = participants;
    const people = [self, ...participants];
    const ids = new Set(people.map(({ id }) => id));
    let same = people.length === this.#present.length;
    for (const id of [...this.#today.keys()].filter((known) => !ids.has(known))) {
      note(id);
      this.#today.delete(id);
      same = false;
    }
    for (const [index, { id, name }] of people.entries()) {
      same &&= this.#present[index]?.id === id;
      if (this.#today.get(id)?.given === name) continue;
      note(id);
      this.#today.set(id, knownName(name));
      same = false;
    }
    if (!same) this.#present = people;
  }

  #addWriter(id: string, name: string | null): void {
    const writer = this.#writers.get(id);
    if (writer === undefined) this.#writers.set(id, { called: knownName(name), messages: 1 });
    else {
      writer.messages++;
      if (writer.called.given === null) writer.called = knownName(name);
    }
  }

  #dropWriter(id: string): void {
    const writer = this.#writers.get(id);
    if (writer !== undefined && --writer.messages === 0) this.#writers.delete(id);
  }

  #settle(before: ReadonlyMap<string, KnownName | null>): NameChanges {
    const ids = new Set<string>();
    const keys = new Set<string>();
    for (const [id, was] of before) {
      const is = this.#known(id);
      if (was?.given === is?.given) continue;
      ids.add(id);
      if (was?.key === is?.key) continue;
      if (was !== null) keys.add(this.#dropBearer(was.key, id));
      if (is !== null) keys.add(this.#addBearer(is.key, id));
    }
    for (const key of keys) for (const id of this.#bearers.get(key) ?? []) ids.add(id);
    return { ids, keys };
  }

  /** null of somebody who neither is here nor has written. */
  #known(id: string): KnownName | null {
    const today = this.#today.get(id);
    return today === undefined || today.given === null
      ? (this.#writers.get(id)?.called ?? today ?? null)
      : today;
  }

  #addBearer(key: string, id: string): string {
    const bearers = this.#bearers.get(key);
    if (bearers === undefined) this.#bearers.set(key, new Set([id]));
    else bearers.add(id);
    return key;
  }

  #dropBearer(key: string, id: string): string {
    const bearers = this.#bearers.get(key);
    bearers?.delete(id);
    if (bearers?.size === 0) this.#bearers.delete(key);
    return key;
  }
}

export function knownName(given: string | null): KnownName {
  return { given, shown: given === null ? null : displayName(given), key: nameKey(given ?? '') };
}
