/** Owns what people are called beside their files: as on their cards while they are here, else as they were called last. */

import { displayName } from '../../../main/common/names/visible-text.ts';
import type { FileTransfer } from '../../core/state/files-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { participantRows, spokenName } from '../people/participant-rows.ts';

export class FileNames {
  readonly #names: ReadonlyMap<string, string>;
  readonly #unnamed: string;

  private constructor(names: ReadonlyMap<string, string>, unnamed: string) {
    this.#names = names;
    this.#unnamed = unnamed;
  }

  /** The former ones, where nobody is called otherwise now: what is drawn by them stays as it is. */
  static of(room: RoomState, unnamed: string, former: FileNames | null): FileNames {
    const names = new Map(participantRows(room).map((row) => [row.id, spokenName(row, unnamed)]));
    if (former !== null && former.#unnamed === unnamed && isSame(former.#names, names)) return former;
    return new FileNames(names, unnamed);
  }

  nameOf({ person, personName }: Pick<FileTransfer, 'person' | 'personName'>): string {
    return this.ofPerson(person) ?? displayName(personName ?? '') ?? this.#unnamed;
  }

  /** null: not here. */
  ofPerson(id: string): string | null {
    return this.#names.get(id) ?? null;
  }
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([id, name]) => b.get(id) === name);
}

/** Of a longer name the middle is left out: how it begins and what kind it is are seen, whatever the width. */
const NAME_START = 40;
const NAME_END = 24;

/** As the entry of a file shows it. */
export function shownFileName(name: string): string {
  const letters = [...name];
  if (letters.length <= NAME_START + NAME_END + 1) return name;
  return `${letters.slice(0, NAME_START).join('')}…${letters.slice(-NAME_END).join('')}`;
}

/** The name of a file for a sentence: whatever letters are in it, its ending stands at its right end (LRI … PDI; UAX #9, section 2.4). */
export function fileInSentence(name: string): string {
  return `\u2066${name}\u2069`;
}
