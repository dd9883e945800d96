/**
 * Owns giving a received file to the person: a download in a browser, the folder of downloads in the app. The browser copies from where it lies.
 * Why the person is not asked for a place (`showSaveFilePicker`) is told in README.md, *Roadmap*.
 */

import type { CallCommands, CallErrorCode } from '../../main/common/call-api/commands.ts';
import type { TimersLike } from '../../main/common/platform.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import { SerialQueue } from '../../main/common/timing/serial-queue.ts';
import type { SavedFile, SaveFailure } from '../core/files/file-worker-port.ts';

/** A browser that asks where to save takes the address before it asks. */
const ADDRESS_KEPT_MS = 60_000;

/** What the app does with a file of its page. */
export type AppSaving = Pick<CallCommands, 'announceSave' | 'saved' | 'showSaved'>;

export interface FileSaverOptions {
  readonly urls: { createObjectURL(file: Blob): string; revokeObjectURL(url: string): void };
  /** Presses a link that downloads it. */
  readonly press: (url: string, name: string) => void;
  readonly timers: TimersLike;
  readonly app: AppSaving | null;
}

export class FileSaver {
  readonly #options: FileSaverOptions;
  /** The app takes few at once. */
  readonly #inApp = new SerialQueue();

  constructor(options: FileSaverOptions) {
    this.#options = options;
  }

  /** What becomes of a download in a browser no page is told; in the app it is over when this resolves. */
  async save(file: File): Promise<Result<SavedFile, SaveFailure>> {
    const { app } = this.#options;
    if (app !== null)
      return this.#inApp.run(() => this.#save(file, (url) => this.#saveInApp(app, file, url)));
    return this.#save(file, async (url) => {
      this.#options.press(url, file.name);
      return ok({ name: null, showInFolder: null });
    });
  }

  async #save(
    file: File,
    from: (url: string) => Promise<Result<SavedFile, SaveFailure>>,
  ): Promise<Result<SavedFile, SaveFailure>> {
    const { urls, timers } = this.#options;
    const url = urls.createObjectURL(file);
    try {
      return await from(url);
    } catch {
      return fail('failed');
    } finally {
      timers.setTimeout(() => urls.revokeObjectURL(url), ADDRESS_KEPT_MS);
    }
  }

  async #saveInApp(app: AppSaving, file: File, url: string): Promise<Result<SavedFile, SaveFailure>> {
    const announced = await app.announceSave({ url, name: file.name, size: file.size });
    if (!announced.ok) return fail(failureOf(announced.error));
    this.#options.press(url, file.name);
    const token = announced.value;
    const saved = await app.saved(token);
    return saved.ok
      ? ok({ name: saved.value, showInFolder: () => void app.showSaved(token) })
      : fail(failureOf(saved.error));
  }
}

/** What a person can do something about. */
function failureOf(error: CallErrorCode): SaveFailure {
  return error === 'no-space' || error === 'no-folder' ? error : 'failed';
}

/** As if the person had pressed a link to it. */
export function pressDownload(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
