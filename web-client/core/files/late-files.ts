/** Owns the files of a call while their code is still to come: it is fetched ahead, and at once when a file is offered or sent before that. */

import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILES_OPEN_MAX } from '../../../main/common/protocol/file-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { FilesContext, FilesPort, OpenFiles } from './files-port.ts';
import { UnreadyFiles } from './unready-files.ts';

/** Between two tries, while what was asked for waits. */
const AGAIN_MS = 3_000;
/** A look at the disk takes of the processor while the first connections are being made. */
export const LOOK_AFTER_MS = 1_600;
/** Nobody is to wonder for longer why nothing is to be seen. */
export const UNREADY_SHOWN_AFTER_MS = 4_000;

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
  readonly #patience: Timeout;
  readonly #unready: UnreadyFiles;
  #files: FilesPort | null = null;
  #loading: Promise<void> | null = null;
  /** Somebody waits for it. */
  #needed = false;
  #disposed = false;
  /** In order. */
  #kept: Step[] = [];

  constructor(options: LateFilesOptions) {
    this.#options = options;
    this.#again = new Timeout(options.timers);
    this.#look = new Timeout(options.timers);
    this.#patience = new Timeout(options.timers);
    this.#unready = new UnreadyFiles(options.room);
  }

  /** What nobody can mean who was offered nothing is no reason to fetch anything. */
  handleBody(from: string, body: FileBody): void {
    if (body.kind === 'file-offer' || body.kind === 'file-back') this.load();
    if (this.#files === null) this.#unready.handleBody(from, body);
    this.#tell((files) => files.handleBody(from, body));
  }

  handleSettled(to: string, seq: number, delivered: boolean): void {
    this.#files?.handleSettled(to, seq, delivered);
  }

  handleExit(from: string): void {
    if (this.#files === null) this.#unready.handleExit(from);
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
    if (this.#files === null) this.#unready.clear();
    this.#tell((files) => files.leave());
  }

  sendFiles(chosen: readonly File[], to: string | null): void {
    this.load();
    if (this.#files === null) this.#unready.handleChosen(to);
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

  async prepare(): Promise<void> {
    await this.#load();
    await this.#files?.prepare();
  }

  /** Fetches the code, unless it is there, and until it is. */
  load(): void {
    if (this.#disposed || this.#files !== null || this.#needed) return;
    this.#needed = true;
    this.#patience.set(() => this.#unready.show(), UNREADY_SHOWN_AFTER_MS);
    this.#try();
  }

  dispose(): void {
    this.#disposed = true;
    for (const timeout of [this.#again, this.#look, this.#patience]) timeout.clear();
    this.#kept = [];
    this.#files?.dispose();
  }

  #try(): void {
    this.#load().catch(() => {
      if (!this.#disposed) this.#again.set(() => this.#try(), AGAIN_MS);
    });
  }

  /** One try for all who want it. */
  #load(): Promise<void> {
    if (this.#files !== null) return Promise.resolve();
    this.#loading ??= this.#options
      .loadFiles()
      .then((openFiles) => this.#open(openFiles))
      .finally(() => {
        this.#loading = null;
      });
    return this.#loading;
  }

  async #lookForKept(): Promise<void> {
    if (await this.#options.hasKeptFiles()) this.load();
  }

  /** Now, or in its turn once the code is there. Of what comes before anybody needs that, nothing is kept. */
  #tell(step: Step): void {
    if (this.#files !== null) step(this.#files);
    else if (this.#needed && !this.#disposed && this.#kept.length < FILES_OPEN_MAX) this.#kept.push(step);
  }

  #open(openFiles: OpenFiles): void {
    if (this.#disposed) return;
    const files = openFiles(this.#options);
    this.#files = files;
    this.#patience.clear();
    this.#unready.clear();
    const kept = this.#kept;
    this.#kept = [];
    for (const step of kept) step(files);
  }
}
