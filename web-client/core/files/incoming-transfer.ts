/** Owns one file on its way from one person, from the offer until it is whole, and saved. */

import { fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { SerialQueue } from '../../../main/common/timing/serial-queue.ts';
import type { FileEndReason } from '../state/files-state.ts';
import { countBlocks } from './block-set.ts';
import { FileEntry, type FileEntryOptions, type FileStanding } from './file-entry.ts';
import type {
  FileWorkerPort,
  IncomingFile,
  KeptPartial,
  OpenTerms,
  ReceivedFile,
  ReceivingFile,
  TakeFailure,
} from './file-worker-port.ts';
import { IncomingProgress } from './incoming-progress.ts';
import { type IncomingState, isInterrupted, phaseOf } from './incoming-state.ts';
import { KeptPlace } from './kept-place.ts';
import { ReceivedSaving } from './received-saving.ts';

export interface IncomingTransferOptions extends FileEntryOptions {
  readonly person: string;
  readonly offer: IncomingFile;
  readonly worker: FileWorkerPort;
  readonly terms: (number: number) => Promise<OpenTerms>;
  readonly send: (body: FileBody) => unknown;
  /** They broke the rules of frames. */
  readonly onBroken: () => void;
}

/** Of what was accepted: each time all that is there of it is looked through. */
const OFFERS_UNASKED_MAX = 8;

/** Pictures that a browser decodes without running anything in them. */
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

export class IncomingTransfer extends FileEntry {
  readonly #options: IncomingTransferOptions;
  readonly #saving: ReceivedSaving;
  readonly #place: KeptPlace;
  #number: number;
  #state: IncomingState = 'offered';
  #receiving: ReceivingFile | null = null;
  #received: ReceivedFile | null = null;
  readonly #progress: IncomingProgress;
  /** One after another: while one has it open no other can. */
  readonly #opening = new SerialQueue();
  /** Offers of it that nobody asked for, since a block became whole. */
  #offersUnasked = 0;
  /** Its sender has it no more. */
  #isNoMore = false;
  /** A former page left something of it on the disk. */
  #keptBefore = false;
  #left = false;
  /** What is still being opened goes as soon as it is. */
  #discarded = false;

  /** @param number the sender's; 0 for what a former page left */
  constructor(options: IncomingTransferOptions, number: number) {
    super(options);
    this.#options = options;
    this.#number = number;
    this.#saving = new ReceivedSaving(options.worker, () => this.changed());
    this.#progress = new IncomingProgress(this.facts.size);
    this.#place = new KeptPlace(options.worker, this.facts.size, () => this.changed());
    void this.#place.look();
  }

  get person(): string {
    return this.#options.person;
  }

  get number(): number {
    return this.#number;
  }

  get state(): IncomingState {
    return this.#state;
  }

  /** Its sender may make links for it. */
  get taking(): boolean {
    return this.#state === 'opening' || this.#state === 'receiving' || this.#state === 'checking';
  }

  /** It ended as one went out. */
  get left(): boolean {
    return this.#left;
  }

  /** It would go on if its sender were there. */
  get interrupted(): boolean {
    return isInterrupted(this.#state);
  }

  get resume(): string {
    return toBase64Url(this.#options.offer.resume);
  }

  get received(): ReceivedFile | null {
    return this.#received;
  }

  /** A former page of this tab had begun it. */
  takeUp(partial: KeptPartial): void {
    this.#keptBefore = true;
    this.#progress.keep(partial.have);
    if (partial.whole) void this.#openWhole(partial);
    else this.#set('away');
  }

  accept(): void {
    if (this.#state === 'offered' && !this.#place.tooLarge) void this.#open('offered');
  }

  /** The sender is there again, and may have taken this page for gone, or this page them: asks for the rest, or says what is wanted. */
  handleMet(): void {
    if (this.#state === 'receiving') {
      this.#tellTake();
      if (this.pausedHere) this.#tellWait();
    } else this.askBack();
  }

  /** Asks the sender for the rest, or to offer it again. */
  askBack(): void {
    const mayAsk = (this.interrupted && this.#state !== 'broken-off') || this.lapsed;
    if (mayAsk && !this.#isNoMore) this.#askBack();
  }

  /** Another offer of it is one of the same. */
  isOf(resume: string): boolean {
    return resume === this.resume && (!this.over || this.interrupted || this.lapsed);
  }

  /** The sender's answer to that; or they do not know whether their offer came, or the answer to it got lost. */
  handleOfferAgain(number: number): void {
    // What a former page had whole needs nothing of its sender.
    if (this.#state === 'checking' && this.#receiving === null) return;
    this.#number = number;
    if (this.#state === 'offered' || (this.lapsed && !this.interrupted)) {
      this.begin();
      this.#set('offered');
      return;
    }
    if (!this.interrupted && ++this.#offersUnasked > OFFERS_UNASKED_MAX) {
      this.stop('broken');
      return;
    }
    this.begin();
    void this.#open('broken-off');
  }

  /** The other answer: there is no more of it. */
  handleGone(): void {
    this.#isNoMore = true;
    if (this.interrupted) this.#end('gone');
  }

  /** The sender did not come. */
  giveUpReturn(): void {
    if (this.#state === 'away') this.#interrupt();
  }

  handlePause(on: boolean): void {
    if (!this.over) this.setPausedThere(on);
  }

  handleEnd(why: Extract<FileBody, { readonly kind: 'file-end' }>['why']): void {
    if (this.over) return;
    this.#end(why === 'cancelled' ? 'cancelled-there' : why);
    void this.discard();
  }

  async handleDone(digest: string): Promise<void> {
    const receiving = this.#receiving;
    const bytes = fromBase64Url(digest);
    if (this.#state !== 'receiving' || receiving === null || bytes === null) return;
    if (receiving.have.count < countBlocks(this.facts.size)) {
      this.stop('broken');
      return;
    }
    this.#set('checking');
    const finished = await receiving.finish(bytes);
    if (this.state !== 'checking') return;
    if (!finished.ok) {
      this.#fail(finished.error);
      return;
    }
    this.#received = finished.value;
    this.#set('whole');
    this.#options.send({ kind: 'file-whole', id: this.#number });
  }

  /** The sender is gone, or oneself: what came is kept, and what all came of needs nobody any more. */
  handleExit(): void {
    if (this.#state === 'offered') this.#end('gone');
    else if (!this.over && this.#state !== 'checking') this.#interrupt();
  }

  /** Takes a frame of this block. The ack to send back, if that made it whole. */
  async take(link: number, block: number, frame: ArrayBuffer): Promise<ArrayBuffer | null> {
    const receiving = this.#receiving;
    if (this.#state !== 'receiving' || receiving === null) return null;
    const { byteLength } = frame;
    const unfinished = this.#progress.of(link, block);
    const taken = await receiving.take(link, frame);
    if (this.#receiving !== receiving || this.over) return null;
    if (!taken.ok) {
      this.#fail(taken.error);
      if (taken.error === 'broken') this.#options.onBroken();
      return null;
    }
    if (taken.value === null) unfinished.bytes += byteLength;
    else this.#offersUnasked = 0;
    this.noteMoved(this.#bytesDone);
    return taken.value;
  }

  dropLink(link: number): void {
    this.#progress.dropLink(link);
    this.#receiving?.dropLink(link);
  }

  /** That was lost on the way: how it stands is said once more. */
  sayAgain(kind: 'file-take' | 'file-wait'): void {
    if (kind === 'file-wait') this.#tellWait();
    else if (this.#state === 'receiving') this.#tellTake();
  }

  pause(on: boolean): void {
    if (this.#state === 'broken-off' && !on) {
      this.setPausedHere(false);
      this.#set('asking');
      this.#askBack();
    } else if (this.#state === 'receiving' && this.setPausedHere(on)) this.#tellWait();
  }

  /** Ends it for a reason of this side, and says so; nothing of it stays. */
  stop(why: Extract<FileBody, { readonly kind: 'file-stop' }>['why']): void {
    if (this.over) return;
    if (this.#number > 0) this.#options.send({ kind: 'file-stop', id: this.#number, why });
    this.#end(why === 'cancelled' ? 'cancelled-here' : why);
    void this.discard();
  }

  /** One goes out oneself: what came stays for a moment, in which this page may turn out to be loaded anew. */
  leave(): void {
    if (this.over) return;
    this.#left = true;
    this.#end('cancelled-here');
  }

  async save(): Promise<void> {
    if (this.#received !== null) await this.#saving.save(this.#received);
  }

  show(): void {
    this.#saving.show();
  }

  /** Nothing of it stays. */
  async discard(): Promise<void> {
    const [receiving, received] = [this.#receiving, this.#received];
    this.#receiving = null;
    this.#received = null;
    this.#discarded = true;
    if (received !== null) await received.discard();
    else if (receiving !== null) await receiving.discard();
    else if (this.#keptBefore) await this.#options.worker.forget(this.#options.offer);
  }

  /** What came of it stays, for the next load of the page. */
  dispose(): void {
    this.#receiving?.dispose();
  }

  get standing(): FileStanding {
    return {
      phase: phaseOf(this.#state),
      bytesDone: this.#bytesDone,
      keptIn: this.#place.keptIn,
      tooLargeForMemory: this.#place.tooLarge,
      ...this.#saving.standing,
      hasPreview: this.#state === 'whole' && PICTURES.has(this.facts.mime),
    };
  }

  get #bytesDone(): number {
    if (this.#state === 'whole') return this.facts.size;
    return this.#progress.bytesWith(this.#receiving?.have ?? null);
  }

  /** @param onFault where it stands when there was nothing to open it */
  async #open(onFault: 'offered' | 'broken-off'): Promise<void> {
    const number = this.#number;
    this.#letGo();
    this.clearFault();
    this.#set('opening');
    await this.#opening.run(() => this.#openAs(number, onFault));
  }

  async #openAs(number: number, onFault: 'offered' | 'broken-off'): Promise<void> {
    const { worker, offer, terms } = this.#options;
    const isWanted = () => this.#state === 'opening' && this.#number === number;
    if (!isWanted()) return;
    const opened = await worker.openReceiving(offer, await terms(number));
    if (!isWanted()) {
      if (!opened.ok) return;
      this.#keptBefore = true;
      if (this.#discarded) await opened.value.discard();
      else opened.value.dispose();
    } else if (opened.ok) {
      this.#receiving = opened.value;
      this.#progress.handleOpened(opened.value.have);
      this.#set('receiving');
      this.#tellTake();
      if (this.pausedHere) this.#tellWait();
      if (this.#place.keptIn === null) void this.#place.look();
    } else if (onFault === 'offered' && opened.error === 'fault') {
      this.setFault();
      this.#set('offered');
    } else this.#fail(opened.error);
  }

  async #openWhole(partial: KeptPartial): Promise<void> {
    this.#set('checking');
    const received = await this.#options.worker.openWhole(partial);
    if (this.#discarded) {
      await received?.discard();
      return;
    }
    this.#received = received;
    if (this.#state !== 'checking') return;
    if (received === null) this.#end('gone');
    else this.#set('whole');
  }

  /** It ends; or what came of it stays, and it is held back until the person has it go on. */
  #fail(why: TakeFailure | 'no-room' | 'different'): void {
    if (why !== 'fault') {
      this.stop(why);
      return;
    }
    this.#letGo();
    this.#set('broken-off');
    this.setFault();
    this.#tellWait();
  }

  /** What is on the disk of it is taken up by what opens it next. */
  #letGo(): void {
    if (this.#receiving !== null) {
      this.#progress.keep(this.#receiving.have);
      this.#keptBefore = true;
      this.#receiving.dispose();
    }
    this.#receiving = null;
    this.#progress.dropLinks();
  }

  #askBack(): void {
    this.#options.send({ kind: 'file-back', resume: this.resume });
  }

  #interrupt(): void {
    this.#progress.dropLinks();
    this.setWhy('gone');
    this.#set('gone');
  }

  #tellTake(): void {
    const have = this.#receiving?.have.ranges() ?? [];
    this.#options.send({ kind: 'file-take', id: this.#number, have: have.map(([from, to]) => [from, to]) });
  }

  #tellWait(): void {
    this.#options.send({ kind: 'file-wait', id: this.#number, on: this.pausedHere });
  }

  #end(why: FileEndReason): void {
    this.setWhy(why);
    this.#set('ended');
  }

  #set(state: IncomingState): void {
    this.#state = state;
    this.changed();
  }
}
