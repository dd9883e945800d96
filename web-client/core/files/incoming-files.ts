/** Owns what comes to this page: offers, within bounds, and what a former page of the tab had begun. */

import { fromBase64Url } from '../../../main/common/bytes.ts';
import { safeFileName } from '../../../main/common/names/file-name.ts';
import type { FileBody, FileOfferBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_OFFERS_OPEN_MAX, FILES_OPEN_MAX } from '../../../main/common/protocol/file-limits.ts';
import { shownMime } from './file-entry.ts';
import type { FilePeople } from './file-people.ts';
import type { FileWorkerPort, IncomingFile, OpenTerms } from './file-worker-port.ts';
import type { FilesContext } from './files-port.ts';
import { IncomingTransfer } from './incoming-transfer.ts';

/** How long the sender of what a former page had begun may take to be there. */
const SENDER_AWAITED_MS = 30_000;

export interface IncomingFilesOptions extends Pick<FilesContext, 'clock' | 'send'> {
  readonly people: FilePeople;
  readonly worker: FileWorkerPort;
  readonly files: () => readonly IncomingTransfer[];
  readonly allowed: () => boolean;
  readonly nextKey: () => string;
  readonly onAdded: (file: IncomingTransfer) => void;
  readonly onChange: () => void;
}

export class IncomingFiles {
  readonly #options: IncomingFilesOptions;
  /** The highest number each person has used. */
  readonly #lastNumbers = new Map<string, number>();
  #takenUpMs: number | null = null;

  constructor(options: IncomingFilesOptions) {
    this.#options = options;
  }

  /** What a former page of this tab had begun, or had whole and not saved. */
  async takeUpFormer(): Promise<void> {
    const { worker, clock, onAdded } = this.#options;
    const partials = await worker.partials();
    this.#takenUpMs = clock();
    for (const partial of partials.slice(0, FILES_OPEN_MAX)) {
      const file = this.#make(partial, 0);
      file.takeUp(partial);
      onAdded(file);
    }
  }

  handleOffer(from: string, body: FileOfferBody): void {
    if (body.id <= (this.#lastNumbers.get(from) ?? 0)) return;
    this.#lastNumbers.set(from, body.id);
    const known = this.#of(from).find((file) => file.isOf(body.resume));
    const refusal = this.#refusalOf(from, body, known);
    if (refusal !== null) this.#options.send(from, { kind: 'file-stop', id: body.id, why: refusal });
    else if (known !== undefined) known.handleOfferAgain(body.id);
    else this.#add(from, body);
  }

  handle(from: string, body: Extract<FileBody, { readonly id: number }>): void {
    const file = this.#of(from).find(({ number }) => number === body.id);
    if (body.kind === 'file-pause') file?.handlePause(body.on);
    else if (body.kind === 'file-done') void file?.handleDone(body.digest);
    else if (body.kind === 'file-end') file?.handleEnd(body.why);
  }

  handleGone(from: string, resume: string): void {
    for (const file of this.#of(from)) if (file.resume === resume) file.handleGone();
  }

  /** Somebody is there, perhaps again. */
  handleMet(id: string): void {
    if (this.#options.allowed() && !this.#options.people.isBarred(id))
      for (const file of this.#of(id)) file.handleMet();
  }

  /** Gives up senders who did not come. */
  handleTick(): void {
    if (this.#options.clock() - (this.#takenUpMs ?? Number.POSITIVE_INFINITY) < SENDER_AWAITED_MS) return;
    for (const file of this.#options.files()) file.giveUpReturn();
  }

  #of(person: string): readonly IncomingTransfer[] {
    return this.#options.files().filter((file) => file.person === person);
  }

  #refusalOf(from: string, { size }: FileOfferBody, known: IncomingTransfer | undefined) {
    const { allowed, people, files } = this.#options;
    if (people.isBarred(from) || people.meet(from) === null) return 'broken';
    if (!allowed()) return 'off';
    if (known !== undefined) return known.facts.size === size ? null : 'different';
    const unanswered = this.#of(from).filter(({ state }) => state === 'offered').length;
    const open = files().filter(({ over }) => !over).length;
    return unanswered >= FILE_OFFERS_OPEN_MAX || open >= FILES_OPEN_MAX ? 'too-many' : null;
  }

  #add(senderId: string, { id, name, size, mime, resume }: FileOfferBody): void {
    const secret = fromBase64Url(resume);
    if (secret === null) return;
    const offer = { resume: secret, senderId, size, name: safeFileName(name), mime: shownMime(mime) };
    this.#options.onAdded(this.#make(offer, id));
  }

  #make({ resume, senderId, name, size, mime }: IncomingFile, number: number): IncomingTransfer {
    const { clock, worker, people, send, nextKey, onChange } = this.#options;
    const key = nextKey();
    return new IncomingTransfer(
      {
        ...{ clock, worker, onChange },
        person: senderId,
        facts: { key, batch: key, direction: 'in', name, size, mime },
        offer: { resume, senderId, name, size, mime },
        terms: (file): Promise<OpenTerms> => {
          const { terms } = people.meet(senderId) ?? {};
          return terms === undefined ? Promise.reject(new Error('nobody there')) : terms.opening(file);
        },
        send: (body) => send(senderId, body),
        onBroken: () => people.bar(senderId),
      },
      number,
    );
  }
}
