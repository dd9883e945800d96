/** Owns one file on its way to one person, from the offer to the word that it is whole there. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { BlockRanges, FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_RANGES_MAX } from '../../../main/common/protocol/file-limits.ts';
import type { FileEndReason, FilePhase } from '../state/files-state.ts';
import { BlockSet, blockBytes, bytesOf, countBlocks, fitsFile } from './block-set.ts';
import { FileEntry, type FileEntryOptions, type FileStanding } from './file-entry.ts';
import type { ReadFailure } from './file-worker-port.ts';
import type { SharedFile } from './shared-file.ts';

/** Above that, gaps are filled before anything new is begun: a receiver tells what it has in so many ranges. */
const RANGES_WANTED_MAX = FILE_RANGES_MAX / 2;

export interface OutgoingTransferOptions extends FileEntryOptions {
  readonly person: string;
  readonly source: SharedFile;
  /** Known to the two alone. */
  readonly resume: string;
  readonly nextNumber: (person: string) => number;
  readonly send: (person: string, body: FileBody) => unknown;
}

type State =
  /** The offer waits its turn. */
  | 'queued'
  | 'offered'
  | 'sending'
  /** The receiver is gone for now, and may come back. */
  | 'away'
  | 'checking'
  | 'whole'
  | 'ended';

export class OutgoingTransfer extends FileEntry {
  readonly #options: OutgoingTransferOptions;
  #person: string;
  #number = 0;
  #state: State = 'queued';
  #have = new BlockSet();
  /** The receiver had accepted it: should they come back, it goes on. */
  #wanted = false;

  constructor(options: OutgoingTransferOptions) {
    super(options);
    this.#options = options;
    this.#person = options.person;
  }

  get person(): string {
    return this.#person;
  }

  get source(): SharedFile {
    return this.#options.source;
  }

  /** Of the offer made last. */
  get number(): number {
    return this.#number;
  }

  get state(): State {
    return this.#state;
  }

  /** There are blocks to send, and nobody holds them back. */
  get moving(): boolean {
    return this.#state === 'sending' && !this.paused;
  }

  /** Whether the person who knows this secret may have the rest of it, or the one it is offered to another offer. */
  mayGoOn(resume: string, person: string): boolean {
    if (resume !== this.#options.resume || this.#state === 'whole') return false;
    return this.#wanted || (person === this.#person && (this.#state === 'offered' || this.lapsed));
  }

  /** It is the turn of its offer. */
  offer(): void {
    const { nextNumber, send, resume } = this.#options;
    const { name, size, mime } = this.facts;
    this.#number = nextNumber(this.#person);
    this.#set('offered');
    send(this.#person, { kind: 'file-offer', id: this.#number, name, size, mime, resume });
  }

  /** The receiver asks for the rest, perhaps from another page than before. */
  goOn(person: string): void {
    this.#person = person;
    this.begin();
    this.#set('queued');
  }

  /** The receiver wants it, or says once more that they do, and has these blocks. Who took one of the two for gone may not know it of the other. */
  handleTake(have: BlockRanges): void {
    if (this.#state === 'queued') return;
    if (this.over && !this.lapsed) {
      this.#tellEnd('cancelled');
      return;
    }
    if (!fitsFile(have, this.facts.size)) {
      this.end('broken');
      return;
    }
    this.#wanted = true;
    if (this.#state === 'sending' || this.#state === 'checking') {
      // Since it was said, more may have been acknowledged.
      for (const [from, to] of have) this.#have.addRange(from, to);
      this.#finishIfSent();
      return;
    }
    if (this.lapsed) this.begin();
    this.#have = new BlockSet(have);
    this.source.acquire(this);
    this.#set('sending');
    if (this.pausedHere) this.#tellPause();
    this.#finishIfSent();
  }

  handleWait(on: boolean): void {
    if (!this.over) this.setPausedThere(on);
  }

  handleWhole(): void {
    if (this.#state === 'checking' || this.#state === 'away') this.#set('whole');
  }

  handleStop(why: Extract<FileBody, { readonly kind: 'file-stop' }>['why']): void {
    if (!this.over) this.#end(why === 'cancelled' ? 'cancelled-there' : why);
  }

  /** The receiver is gone, or oneself. */
  handleExit(): void {
    if (this.over) return;
    if (this.#wanted) this.#set('away');
    else this.#end('gone');
  }

  /** Nobody came back. */
  giveUpReturn(): void {
    if (this.#state === 'away') this.#end('gone');
  }

  pause(on: boolean): void {
    if (this.#state !== 'sending' || !this.setPausedHere(on)) return;
    if (!on) this.source.acquire(this);
    this.#tellPause();
    this.#finishIfSent();
  }

  /** It could not be read: it ends, or where another may read it, waits for a word of the person. */
  handleUnread(why: ReadFailure): void {
    if (why !== 'fault') {
      this.end(why);
      return;
    }
    if (this.#state === 'checking') this.#set('sending');
    if (this.#state !== 'sending') return;
    if (this.setFault()) this.#tellPause();
  }

  /** Ends it for a reason of this side, and says so. */
  end(why: Extract<FileEndReason, 'cancelled-here' | 'unreadable' | 'changed' | 'off' | 'broken'>): void {
    if (this.over) return;
    const told = why === 'cancelled-here' || why === 'broken' ? 'cancelled' : why;
    if (this.#state !== 'queued') this.#tellEnd(told);
    this.#end(why);
  }

  /** It was offered too many at once, and is not offered at all. */
  refuse(): void {
    this.#end('too-many');
  }

  /** That was lost on the way: how it stands is said once more. */
  sayAgain(kind: 'file-offer' | 'file-pause' | 'file-done'): void {
    if (kind === 'file-offer' && this.#state === 'offered') this.offer();
    else if (kind === 'file-pause' && this.#state === 'sending') this.#tellPause();
    else if (kind === 'file-done' && this.#state === 'checking') void this.#tellDigest(this.#number);
  }

  /** The next block to send, best one that needs no reading. */
  nextBlock(isUnderWay: (block: number) => boolean): number | null {
    if (!this.moving) return null;
    const { size } = this.facts;
    if (this.#have.ranges().length < RANGES_WANTED_MAX)
      for (const block of this.source.cached) if (!this.#have.has(block) && !isUnderWay(block)) return block;
    for (const block of this.#have.missing(countBlocks(size))) if (!isUnderWay(block)) return block;
    return null;
  }

  bytesOf(block: number): number {
    return blockBytes(this.facts.size, block);
  }

  /** The receiver has written it. */
  acknowledge(block: number): void {
    if (this.#state !== 'sending' || block >= countBlocks(this.facts.size) || this.#have.has(block)) return;
    this.#have.add(block);
    this.noteMoved(bytesOf(this.#have, this.facts.size));
    this.#finishIfSent();
  }

  dispose(): void {
    this.source.release(this);
  }

  get standing(): FileStanding {
    const { size } = this.facts;
    return { phase: this.#phase, bytesDone: bytesOf(this.#have, size) };
  }

  get #phase(): FilePhase {
    switch (this.#state) {
      case 'queued':
      case 'offered':
        // Whoever wanted it before is not asked again.
        return this.#wanted ? 'waiting' : 'offered';
      case 'sending':
        return 'moving';
      case 'away':
        return 'waiting';
      default:
        return this.#state;
    }
  }

  #finishIfSent(): void {
    if (this.#state !== 'sending' || this.#have.count < countBlocks(this.facts.size)) return;
    this.#set('checking');
    void this.#tellDigest(this.#number);
  }

  async #tellDigest(id: number): Promise<void> {
    const digest = await this.source.digest();
    if (this.#state !== 'checking' || id !== this.#number) return;
    if (digest.ok)
      this.#options.send(this.#person, { kind: 'file-done', id, digest: toBase64Url(digest.value) });
    else this.handleUnread(digest.error);
  }

  #tellEnd(why: Extract<FileBody, { readonly kind: 'file-end' }>['why']): void {
    this.#options.send(this.#person, { kind: 'file-end', id: this.#number, why });
  }

  #tellPause(): void {
    this.#options.send(this.#person, { kind: 'file-pause', id: this.#number, on: this.pausedHere });
  }

  #end(why: FileEndReason): void {
    if (why !== 'gone') this.#wanted = false;
    this.setWhy(why);
    this.#set('ended');
  }

  #set(state: State): void {
    this.#state = state;
    if (state === 'away' || this.over) this.source.release(this);
    this.changed();
  }
}
