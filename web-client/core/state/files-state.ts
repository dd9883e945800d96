/** Owns the files state: each file on its way to or from somebody, as the page shows it. */

export type FileEndReason =
  | 'declined'
  | 'cancelled-here'
  | 'cancelled-there'
  /** The sender cannot read it any more. */
  | 'unreadable'
  /** It was written to on the sender's disk meanwhile. */
  | 'changed'
  /** The receiver's disk is full. */
  | 'no-space'
  /** The receiver's browser keeps nothing on the disk, and it is too large for memory. */
  | 'no-room'
  /** What came is not what was sent. */
  | 'different'
  /** The other page broke the rules. */
  | 'broken'
  /** The receiver has too many offers open. */
  | 'too-many'
  /** The host lets nobody send files in this room. */
  | 'off'
  /** The other one is away, or does not have it any more; goes on should they come back. */
  | 'gone';

export type FilePhase =
  /** What sends or receives files is not there yet; goes on by itself. There is no name and no size of it. */
  | 'unready'
  | 'offered'
  | 'moving'
  | 'paused'
  /** No connection now; goes on by itself. */
  | 'waiting'
  /** All of it came, and its digest is being compared. */
  | 'checking'
  | 'whole'
  | 'ended';

export interface FileTransfer {
  /** Unlike all others of the page. */
  readonly key: string;
  readonly direction: 'in' | 'out';
  /** Id of the other one. */
  readonly person: string;
  /** As they were called last; null while that is not known. */
  readonly personName: string | null;
  /** The same for one file that is sent to several. */
  readonly batch: string;
  /** Safe to show. */
  readonly name: string;
  readonly size: number;
  readonly mime: string;
  readonly phase: FilePhase;
  readonly pausedBy: 'here' | 'there' | null;
  /** What reads and writes files on this page broke under it; accepted or gone on with by hand it goes on. */
  readonly fault: boolean;
  /** null until it has ended. */
  readonly why: FileEndReason | null;
  readonly bytesDone: number;
  /** Of the last seconds; null while nothing moves, or not for long enough. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** Where what comes in is kept; null until that is known, and of what goes out. */
  readonly keptIn: 'disk' | 'memory' | null;
  /** Comes in, and cannot be accepted: there is memory alone to keep it. */
  readonly tooLargeForMemory: boolean;
  /** The last three: it is not, and why; it can be tried again. */
  readonly saved: 'no' | 'saving' | 'saved' | 'failed' | 'no-space' | 'no-folder';
  /** What the app saved it under; null: a browser has it, and what becomes of it there no page is told. */
  readonly savedName: string | null;
  /** It can be shown in its folder. */
  readonly canShow: boolean;
  readonly hasPreview: boolean;
}
