/** Owns how each person is heard here, by one's own choice; somebody who comes back under a new id is known by name. */

import { nameKey } from '../../main/common/names/folded-text.ts';

export interface Hearing {
  readonly mutedHere: boolean;
  /** 0 to 2, and 1 is as it came. */
  readonly volume: number;
}

interface NamedPerson {
  readonly id: string;
  /** null while it cannot be opened. */
  readonly name: string | null;
}

const VOLUME_MAX = 2;
const AS_IT_COMES: Hearing = { mutedHere: false, volume: 1 };

/** Everything is kept for as long as the page. */
export class HeardPeople {
  readonly #apply: (id: string, hearing: Hearing) => void;
  readonly #byId = new Map<string, Hearing>();
  readonly #byName = new Map<string, Hearing>();
  /** The folded names of those who are there. */
  #names = new Map<string, string>();

  /** @param apply makes it heard; called with each change */
  constructor(apply: (id: string, hearing: Hearing) => void) {
    this.#apply = apply;
  }

  of(id: string): Hearing {
    return this.#byId.get(id) ?? AS_IT_COMES;
  }

  setMuted(id: string, mutedHere: boolean): void {
    this.#set(id, { ...this.of(id), mutedHere });
  }

  /** What is no number from 0 to 2 becomes the nearest; NaN does nothing. */
  setVolume(id: string, volume: number): void {
    if (!Number.isNaN(volume))
      this.#set(id, { ...this.of(id), volume: Math.min(Math.max(volume, 0), VOLUME_MAX) });
  }

  /** Who is there now. A new id gets what was chosen for its name, unless another of that name is there as well. */
  handlePeople(people: readonly NamedPerson[]): void {
    const before = this.#names;
    this.#names = new Map(
      people.flatMap(({ id, name }) => (name === null ? [] : [[id, nameKey(name)] as const])),
    );
    for (const [id, name] of this.#names) {
      const remembered = this.#byName.get(name);
      if (before.has(id) || this.#byId.has(id) || remembered === undefined || !this.#isAlone(name)) continue;
      this.#byId.set(id, remembered);
      this.#apply(id, remembered);
    }
  }

  #set(id: string, hearing: Hearing): void {
    this.#byId.set(id, hearing);
    const name = this.#names.get(id);
    if (name !== undefined && this.#isAlone(name)) this.#byName.set(name, hearing);
    this.#apply(id, hearing);
  }

  #isAlone(name: string): boolean {
    return [...this.#names.values()].filter((other) => other === name).length === 1;
  }
}
