/** Owns the participants as the host sees them, those who wait as well: the server's list with each name box opened once. */

import { fromBase64Url } from '../common/bytes.ts';
import type { RoomNames } from '../common/e2ee/room-names.ts';
import type { Participant } from '../common/host-api/snapshot.ts';
import type { Disposable } from '../common/lifecycle.ts';
import type { RosterEntry } from '../common/protocol/messages.ts';

export type NameOpener = Pick<RoomNames, 'open'>;

export type NamedPerson = Pick<Participant, 'id' | 'name'>;

type SealedPerson = Pick<RosterEntry, 'id' | 'name'>;

interface OpenedName {
  readonly box: string;
  readonly name: string | null;
}

/** Opening takes time and rosters may come faster: one is worked on at a time, and only the newest is told. */
export class Participants implements Disposable {
  readonly #opener: NameOpener;
  readonly #onChange: () => void;
  #opened: ReadonlyMap<string, OpenedName> = new Map();
  #list: readonly NamedPerson[] = [];
  #next: readonly SealedPerson[] | null = null;
  #working = false;
  #disposed = false;

  constructor(opener: NameOpener, onChange: () => void) {
    this.#opener = opener;
    this.#onChange = onChange;
  }

  /** In the server's order. */
  get list(): readonly NamedPerson[] {
    return this.#list;
  }

  handleRoster(roster: readonly SealedPerson[]): void {
    this.#next = roster;
    if (!this.#working) void this.#work();
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #work(): Promise<void> {
    this.#working = true;
    while (this.#next !== null && !this.#disposed) {
      const roster = this.#next;
      this.#next = null;
      const opened = new Map<string, OpenedName>();
      for (const entry of roster) opened.set(entry.id, await this.#open(entry));
      this.#opened = opened;
      if (this.#next !== null || this.#disposed) continue;
      this.#list = roster.map(({ id }) => ({ id, name: opened.get(id)?.name ?? null }));
      this.#onChange();
    }
    this.#working = false;
  }

  async #open({ id, name: box }: SealedPerson): Promise<OpenedName> {
    const known = this.#opened.get(id);
    if (known?.box === box) return known;
    const idBytes = fromBase64Url(id);
    const boxBytes = fromBase64Url(box);
    const name = idBytes && boxBytes ? await this.#opener.open(idBytes, boxBytes).catch(() => null) : null;
    return { box, name };
  }
}
