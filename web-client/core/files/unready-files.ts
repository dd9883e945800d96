/** Owns what is shown of files while their code does not come: who offers some, and to whom those that were chosen are to go. */

import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_OFFERS_OPEN_MAX } from '../../../main/common/protocol/file-limits.ts';
import type { FileTransfer } from '../state/files-state.ts';
import type { RoomStore } from '../state/room-store.ts';

export class UnreadyFiles {
  readonly #room: RoomStore;
  /** Numbers of the offers that stand, by who made them. */
  readonly #offers = new Map<string, Set<number>>();
  readonly #recipients = new Set<string>();
  #isShown = false;

  constructor(room: RoomStore) {
    this.#room = room;
  }

  handleBody(from: string, body: FileBody): void {
    const offers = this.#offers.get(from) ?? new Set();
    if (body.kind === 'file-end') offers.delete(body.id);
    else if (body.kind !== 'file-offer' || offers.size >= FILE_OFFERS_OPEN_MAX) return;
    else offers.add(body.id);
    this.#offers.set(from, offers);
    this.#tell();
  }

  handleExit(id: string): void {
    this.#offers.delete(id);
    this.#recipients.delete(id);
    this.#tell();
  }

  /** @param to null: everybody who is there */
  handleChosen(to: string | null): void {
    for (const { id } of this.#room.state.participants)
      if (to === null || to === id) this.#recipients.add(id);
    this.#tell();
  }

  /** The wait has become long. */
  show(): void {
    this.#isShown = true;
    this.#tell();
  }

  /** One goes out, or they are there. */
  clear(): void {
    this.#offers.clear();
    this.#recipients.clear();
    this.#tell();
  }

  #tell(): void {
    if (!this.#isShown) return;
    const { participants, filesAllowed, files: before } = this.#room.state;
    const offering = [...this.#offers].flatMap(([id, numbers]) => (numbers.size > 0 ? [id] : []));
    const entryOf = (direction: 'in' | 'out') => (id: string) =>
      unreadyFile(direction, id, participants.find((other) => other.id === id)?.name ?? null);
    const all = [...offering.map(entryOf('in')), ...Array.from(this.#recipients, entryOf('out'))];
    const files = filesAllowed ? all : [];
    if (files.length > 0 || before.length > 0) this.#room.dispatch({ type: 'files', files });
  }
}

/** Of one or more. Without a name: what makes those of others safe to show is not there. */
function unreadyFile(direction: 'in' | 'out', person: string, personName: string | null): FileTransfer {
  return {
    key: `unready-${direction}-${person}`,
    batch: 'unready',
    ...{ direction, person, personName, name: '', size: 0, mime: '' },
    ...{ phase: 'unready', pausedBy: null, fault: false, why: null },
    ...{ bytesDone: 0, bytesPerSecond: null, secondsLeft: null },
    ...{
      keptIn: null,
      tooLargeForMemory: false,
      saved: 'no',
      savedName: null,
      canShow: false,
      hasPreview: false,
    },
  };
}
