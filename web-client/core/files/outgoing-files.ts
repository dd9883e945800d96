/** Owns what this page sends: files chosen become offers, as fast as the others take offers, and each goes its way. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import { safeFileName } from '../../../main/common/names/file-name.ts';
import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import {
  FILE_OFFERS_OPEN_MAX,
  FILE_RESUME_BYTES,
  FILE_SIZE_MAX,
  FILES_CHOSEN_MAX,
  FILES_OPEN_MAX,
} from '../../../main/common/protocol/file-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { shownMime } from './file-entry.ts';
import type { FilePeople } from './file-people.ts';
import type { FileWorkerPort } from './file-worker-port.ts';
import type { FilesContext } from './files-port.ts';
import { OutgoingTransfer } from './outgoing-transfer.ts';
import { SharedFile } from './shared-file.ts';

/** How long who accepted a file and went is waited for: a place in the room is kept as long. */
const RETURN_MS = 60_000;

/** Of which it is known to whom they were given. */
const NUMBERS_KNOWN_MAX = 1_024;

export interface OutgoingFilesOptions extends Pick<FilesContext, 'clock' | 'timers' | 'crypto' | 'send'> {
  readonly people: FilePeople;
  readonly worker: FileWorkerPort;
  readonly files: () => readonly OutgoingTransfer[];
  readonly nextKey: () => string;
  readonly onAdded: (file: OutgoingTransfer) => void;
  readonly onChange: () => void;
}

export class OutgoingFiles implements Disposable {
  readonly #options: OutgoingFilesOptions;
  readonly #offersDue: Timeout;
  /** Since when somebody is waited for. */
  readonly #awaySinceMs = new Map<OutgoingTransfer, number>();
  #lastNumber = 0;
  /** To whom the last of them were given. */
  readonly #numbers = new Map<number, string>();

  constructor(options: OutgoingFilesOptions) {
    this.#options = options;
    this.#offersDue = new Timeout(options.timers);
  }

  /** @param people ids */
  send(chosen: readonly File[], people: readonly string[]): void {
    for (const file of chosen.slice(0, FILES_CHOSEN_MAX)) {
      const source = new SharedFile(file, this.#options.worker);
      const batch = this.#options.nextKey();
      const open = new Set(this.#options.files().flatMap(({ over, facts }) => (over ? [] : [facts.batch])));
      const mayOffer = open.size < FILES_OPEN_MAX && file.size <= FILE_SIZE_MAX;
      for (const person of people) this.#add(file, source, batch, person, mayOffer);
    }
    this.offerNext();
  }

  handle(from: string, body: Extract<FileBody, { readonly id: number }>): void {
    const file = this.#options.files().find(({ person, number }) => person === from && number === body.id);
    if (file === undefined) {
      // It is off the list, and they have not heard that it ended.
      if (body.kind === 'file-take' && this.#numbers.get(body.id) === from)
        this.#options.send(from, { kind: 'file-end', id: body.id, why: 'cancelled' });
      return;
    }
    if (body.kind === 'file-take') file.handleTake(body.have);
    else if (body.kind === 'file-wait') file.handleWait(body.on);
    else if (body.kind === 'file-whole') file.handleWhole();
    else if (body.kind === 'file-stop') file.handleStop(body.why);
  }

  /** Somebody who had accepted a file asks for the rest: whoever knows its secret is the one, under whatever id. */
  handleBack(from: string, resume: string): void {
    const file = this.#options.files().find((other) => other.mayGoOn(resume, from));
    if (file === undefined) this.#options.send(from, { kind: 'file-gone', resume });
    else file.goOn(from);
  }

  /** Makes the offers whose turn it is. */
  offerNext(): void {
    const { people, clock } = this.#options;
    const waits: number[] = [];
    for (const file of this.#options.files()) {
      if (file.state !== 'queued') continue;
      const { offers } = people.meet(file.person) ?? {};
      if (offers === undefined || people.isBarred(file.person)) file.end('broken');
      else if (this.#unanswered(file.person) >= FILE_OFFERS_OPEN_MAX) continue;
      else if (offers.take(clock())) file.offer();
      else waits.push(offers.waitMs(clock()));
    }
    if (waits.length > 0 && !this.#offersDue.pending)
      this.#offersDue.set(() => this.offerNext(), Math.min(...waits));
  }

  /** Gives up those who did not come back in time. */
  handleTick(): void {
    const nowMs = this.#options.clock();
    for (const file of this.#options.files()) {
      if (file.state !== 'away') this.#awaySinceMs.delete(file);
      else if (!this.#awaySinceMs.has(file)) this.#awaySinceMs.set(file, nowMs);
      else if (nowMs - (this.#awaySinceMs.get(file) ?? nowMs) >= RETURN_MS) file.giveUpReturn();
    }
  }

  dispose(): void {
    this.#offersDue.dispose();
  }

  #nextNumber(person: string): number {
    this.#numbers.set(++this.#lastNumber, person);
    this.#numbers.delete(this.#lastNumber - NUMBERS_KNOWN_MAX);
    return this.#lastNumber;
  }

  #unanswered(person: string): number {
    return this.#options.files().filter((file) => file.person === person && file.state === 'offered').length;
  }

  #add(file: File, source: SharedFile, batch: string, person: string, mayOffer: boolean): void {
    const { crypto, clock, send, nextKey, onChange, onAdded } = this.#options;
    const key = nextKey();
    const transfer = new OutgoingTransfer({
      ...{ clock, send, onChange, person, source },
      facts: {
        ...{ key, batch, direction: 'out', size: file.size },
        name: safeFileName(file.name),
        mime: shownMime(file.type),
      },
      resume: toBase64Url(crypto.getRandomValues(new Uint8Array(FILE_RESUME_BYTES))),
      nextNumber: (to) => this.#nextNumber(to),
    });
    if (!mayOffer) transfer.refuse();
    onAdded(transfer);
  }
}
