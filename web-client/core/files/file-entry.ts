/** Owns what a file on its way has in common, sent or received: how it is shown, and how it ends. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs } from '../../../main/common/platform.ts';
import type { FileEndReason, FilePhase, FileTransfer } from '../state/files-state.ts';
import { TransferSpeed } from './transfer-speed.ts';

/** What stays the same of it. */
export interface FileFacts
  extends Pick<FileTransfer, 'key' | 'direction' | 'batch' | 'name' | 'size' | 'mime'> {}

/** How it stands, besides. */
export type FileStanding = Pick<FileTransfer, 'phase' | 'bytesDone'> &
  Partial<
    Pick<FileTransfer, 'keptIn' | 'tooLargeForMemory' | 'saved' | 'savedName' | 'canShow' | 'hasPreview'>
  >;

/** Without what could be said in its place. */
const MIME = /^[\w.+-]{1,63}\/[\w.+-]{1,63}$/;

/** A type of a file as it may be shown; empty for what is none. */
export function shownMime(mime: string): string {
  return MIME.test(mime) ? mime.toLowerCase() : '';
}

const NOT_KEPT = {
  keptIn: null,
  tooLargeForMemory: false,
  saved: 'no',
  savedName: null,
  canShow: false,
  hasPreview: false,
} as const;

export interface FileEntryOptions {
  readonly facts: FileFacts;
  readonly clock: ClockMs;
  /** It is to be shown, or something is to be sent, that was not before. */
  readonly onChange: () => void;
}

export abstract class FileEntry implements Disposable {
  readonly facts: FileFacts;
  protected readonly speed = new TransferSpeed();
  readonly #clock: ClockMs;
  readonly #onChange: () => void;
  #pausedHere = false;
  #pausedThere = false;
  #fault = false;
  #why: FileEndReason | null = null;
  #wasMoving = false;

  constructor({ facts, clock, onChange }: FileEntryOptions) {
    this.facts = facts;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Id of the other one. */
  abstract readonly person: string;
  abstract readonly standing: FileStanding;
  abstract dispose(): void;

  /** Nothing more becomes of it by itself. */
  get over(): boolean {
    const { phase } = this.standing;
    return phase === 'ended' || phase === 'whole';
  }

  get paused(): boolean {
    return this.#pausedHere || this.#pausedThere;
  }

  /** @param open whether any link of this person and direction carries now */
  view(personName: string | null, open: boolean): FileTransfer {
    const standing = this.standing;
    const phase = this.#phaseOf(standing.phase, open);
    const nowMs = this.#clock();
    const moving = phase === 'moving';
    if (moving && !this.#wasMoving) this.speed.restart(nowMs, standing.bytesDone);
    this.#wasMoving = moving;
    return {
      ...NOT_KEPT,
      ...this.facts,
      ...standing,
      person: this.person,
      personName,
      phase,
      pausedBy: phase !== 'paused' ? null : this.#pausedHere ? 'here' : 'there',
      fault: this.#fault && (phase === 'paused' || phase === 'offered'),
      why: this.#why,
      bytesPerSecond: moving ? this.speed.bytesPerSecond(nowMs) : null,
      secondsLeft: moving ? this.speed.secondsLeft(nowMs, this.facts.size - standing.bytesDone) : null,
    };
  }

  /** It ended with the other's going, and for nothing else. */
  protected get lapsed(): boolean {
    return this.#why === 'gone' && this.standing.phase === 'ended';
  }

  protected get pausedHere(): boolean {
    return this.#pausedHere;
  }

  /** What reads and writes broke: it is held back until the person has it go on. */
  protected setFault(): boolean {
    this.#fault = true;
    this.changed();
    return this.setPausedHere(true);
  }

  /** It goes on in other hands. */
  protected clearFault(): void {
    if (this.#fault) this.setPausedHere(false);
  }

  protected setPausedHere(paused: boolean): boolean {
    if (!paused) this.#fault = false;
    if (paused === this.#pausedHere) return false;
    this.#pausedHere = paused;
    this.changed();
    return true;
  }

  protected setPausedThere(paused: boolean): void {
    if (paused === this.#pausedThere) return;
    this.#pausedThere = paused;
    this.changed();
  }

  /** It begins, perhaps again: nobody holds it back, and nothing speaks against it. */
  protected begin(): void {
    this.#pausedThere = false;
    this.#why = null;
  }

  protected setWhy(why: FileEndReason): void {
    this.#why = why;
  }

  /** The list shows how far it is once a second; each time would take a page more time than the bytes. */
  protected noteMoved(bytesDone: number): void {
    this.speed.note(this.#clock(), bytesDone);
  }

  protected changed(): void {
    this.#onChange();
  }

  /** What is to move is held back, has no connection, or does move. */
  #phaseOf(phase: FilePhase, open: boolean): FilePhase {
    if (phase !== 'moving') return phase;
    if (this.paused) return 'paused';
    return open ? 'moving' : 'waiting';
  }
}
