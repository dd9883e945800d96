/** Owns the files of a call while their code is still to come: it is fetched when a file is offered or sent for the first time. */

import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILES_OPEN_MAX } from '../../../main/common/protocol/file-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { FilesContext, FilesPort, OpenFiles } from './files-port.ts';

/** Between two tries, while what was asked for waits. */
const AGAIN_MS = 3_000;
/** A look at the disk takes of the processor while the first connections are being made. */
export const LOOK_AFTER_MS = 1_600;

export interface LateFilesOptions extends FilesContext {
  /** Rejects where the code does not come, and may be called again. */
  readonly loadFiles: () => Promise<OpenFiles>;
  /** Whether a former page of this tab left something of files. */
  readonly hasKeptFiles: () => Promise<boolean>;
}

type Step = (files: FilesPort) => void;

export class LateFiles implements FilesPort {
  readonly #options: LateFilesOptions;
  readonly #again: Timeout;
  readonly #look: Timeout;
  #files: FilesPort | null = null;
  #loading = false;
  #disposed = false;
  /** In order. */
  #kept: Step[] = [];

  constructor(options: LateFilesOptions) {
    this.#options = options;
    this.#again = new Timeout(options.timers);
    this.#look = new Timeout(options.timers);
  }

  /** What nobody can mean who was offered nothing is no reason to fetch anything. */
  handleBody(from: string, body: FileBody): void {
    if (body.kind === 'file-offer' || body.kind === 'file-back') this.load();
    this.#tell((files) => files.handleBody(from, body));
  }

  handleSettled(to: string, seq: number, delivered: boolean): void {
    this.#files?.handleSettled(to, seq, delivered);
  }

  handleExit(from: string): void {
    this.#tell((files) => files.handleExit(from));
  }

  reroute(): void {
    this.#files?.reroute();
  }

  /** One comes in: what a former page had begun goes on. */
  join(): void {
    this.#look.set(() => void this.#lookForKept(), LOOK_AFTER_MS);
  }

  leave(): void {
    this.#look.clear();
    this.#tell((files) => files.leave());
  }

  sendFiles(chosen: readonly File[], to: string | null): void {
    this.load();
    this.#tell((files) => files.sendFiles(chosen, to));
  }

  acceptFile(key: string): void {
    this.#files?.acceptFile(key);
  }

  declineFile(key: string): void {
    this.#files?.declineFile(key);
  }

  pauseFile(key: string, paused: boolean): void {
    this.#files?.pauseFile(key, paused);
  }

  cancelFile(key: string): void {
    this.#files?.cancelFile(key);
  }

  saveFile(key: string): void {
    this.#files?.saveFile(key);
  }

  showSavedFile(key: string): void {
    this.#files?.showSavedFile(key);
  }

  dismissFile(key: string): void {
    this.#files?.dismissFile(key);
  }

  async previewOf(key: string): Promise<ImageBitmap | null> {
    return (await this.#files?.previewOf(key)) ?? null;
  }

  /** Fetches the code, unless it is there or on its way. */
  load(): void {
    if (this.#disposed || this.#files !== null || this.#loading) return;
    this.#loading = true;
    this.#again.clear();
    this.#options.loadFiles().then(
      (openFiles) => this.#open(openFiles),
      () => {
        this.#loading = false;
        if (!this.#disposed) this.#again.set(() => this.load(), AGAIN_MS);
      },
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#again.clear();
    this.#look.clear();
    this.#kept = [];
    this.#files?.dispose();
  }

  async #lookForKept(): Promise<void> {
    if (await this.#options.hasKeptFiles()) this.load();
  }

  /** Now, or in its turn once the code is there. Of what comes before anybody needs that, nothing is kept. */
  #tell(step: Step): void {
    if (this.#files !== null) step(this.#files);
    else if ((this.#loading || this.#again.pending) && this.#kept.length < FILES_OPEN_MAX)
      this.#kept.push(step);
  }

  #open(openFiles: OpenFiles): void {
    if (this.#disposed) return;
    const files = openFiles(this.#options);
    this.#files = files;
    const kept = this.#kept;
    this.#kept = [];
    for (const step of kept) step(files);
  }
}
