/** Owns what a call's page saves: each file it has announced goes into the folder of downloads, and no other download goes anywhere. */

import { access, constants, mkdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { DownloadItem } from 'electron';
import type { CallCommandResult, CallCommands, FileToSave } from '../../common/call-api/commands.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import type { Logger } from '../../common/logger.ts';
import type { TimersLike } from '../../common/platform.ts';
import { fail, ok } from '../../common/result.ts';
import { Timeout } from '../../common/timing/timeout.ts';
import { moveToFreeName } from './free-name.ts';

/** Announced, and not in the folder yet. */
const SAVES_AT_ONCE_MAX = 8;
/** That can be shown; of more, what was saved first is known no more. */
export const SAVES_KNOWN_MAX = 1_000;
/** A page that announces presses the link at once. */
const SAVE_BEGINS_MAX_MS = 10_000;

export type SavingCommands = Pick<CallCommands, 'announceSave' | 'saved' | 'showSaved'>;

export type Download = Pick<
  DownloadItem,
  'getURL' | 'getURLChain' | 'getTotalBytes' | 'setSavePath' | 'cancel' | 'on' | 'once'
>;

export interface FileSavingSetup {
  /** Of downloads; throws where the system names none. */
  readonly folder: () => string;
  readonly showInFolder: (file: string) => void;
  readonly openFolder: (folder: string) => void;
  /** Never the same twice, and not to be guessed. */
  readonly newToken: () => string;
  readonly timers: TimersLike;
  readonly logger: Logger;
}

interface Place {
  readonly folder: string;
  /** Where a file is written until it is whole: in the same folder, so that it needs only another name then. */
  readonly part: string;
}

interface Save extends Place {
  readonly url: string;
  readonly name: string;
  readonly begins: Timeout;
  readonly file: Promise<CallCommandResult<string>>;
  readonly settle: (file: CallCommandResult<string>) => void;
}

export class FileSaving implements Disposable {
  readonly commands: SavingCommands = {
    announceSave: (file) => this.#announce(file),
    saved: (token) => this.#saved(token),
    showSaved: (token) => this.#show(token),
  };
  readonly #setup: FileSavingSetup;
  /** By token. */
  readonly #saves = new Map<string, Save>();
  /** By the address that the page gave; a download of any other is refused. */
  readonly #announced = new Map<string, Save>();
  #running = 0;
  #disposed = false;

  constructor(setup: FileSavingSetup) {
    this.#setup = setup;
  }

  /** Whether the download may go on: it is one that was announced, once. */
  take(download: Download): boolean {
    const save = this.#announced.get(download.getURL());
    if (save === undefined) return false;
    this.#announced.delete(save.url);
    save.begins.clear();
    if (download.getURLChain().some((url) => url !== save.url)) {
      save.settle(fail('internal'));
      return false;
    }
    download.setSavePath(save.part);
    // It could be gone on with, and nobody would.
    download.on('updated', (_event, state) => {
      if (state === 'interrupted') download.cancel();
    });
    download.once('done', (_event, state) => void this.#finish(save, state, download.getTotalBytes()));
    return true;
  }

  /** What is being written goes on to its end. */
  dispose(): void {
    this.#disposed = true;
    for (const save of this.#announced.values()) this.#giveUp(save);
  }

  async #announce({ url, name, size }: FileToSave): Promise<CallCommandResult<string>> {
    if (this.#disposed || this.#announced.has(url) || this.#running >= SAVES_AT_ONCE_MAX)
      return fail('unavailable');
    this.#running += 1;
    const token = this.#setup.newToken();
    const place = await this.#openFolder(`secret-call-${token}.part`, size);
    if (!place.ok || this.#disposed || this.#announced.has(url)) {
      this.#running -= 1;
      return place.ok ? fail('unavailable') : place;
    }
    let resolve: (file: CallCommandResult<string>) => void = () => {};
    const promise = new Promise<CallCommandResult<string>>((done) => {
      resolve = done;
    });
    const save: Save = {
      ...{ ...place.value, url, name, file: promise },
      begins: new Timeout(this.#setup.timers),
      settle: (file) => {
        this.#running -= 1;
        if (!file.ok) this.#setup.logger.warn('file-not-saved', { code: file.error });
        resolve(file);
      },
    };
    this.#saves.set(token, save);
    const [oldest] = this.#saves.keys();
    if (this.#saves.size > SAVES_KNOWN_MAX && oldest !== undefined) this.#saves.delete(oldest);
    this.#announced.set(url, save);
    save.begins.set(() => this.#giveUp(save), SAVE_BEGINS_MAX_MS);
    return ok(token);
  }

  async #saved(token: string): Promise<CallCommandResult<string>> {
    const file = await this.#saves.get(token)?.file;
    if (file === undefined) return fail('unavailable');
    return file.ok ? ok(path.basename(file.value)) : file;
  }

  /** The page names no path: only what was saved here can be shown, or where it was, once somebody has moved it. */
  async #show(token: string): Promise<CallCommandResult> {
    const save = this.#saves.get(token);
    const file = await save?.file;
    if (save === undefined || !file?.ok) return fail('unavailable');
    const { showInFolder, openFolder } = this.#setup;
    await access(file.value).then(
      () => showInFolder(file.value),
      () => openFolder(save.folder),
    );
    return ok(null);
  }

  #giveUp(save: Save): void {
    this.#announced.delete(save.url);
    save.begins.clear();
    save.settle(fail('internal'));
  }

  async #finish({ name, folder, part, settle }: Save, state: string, size: number): Promise<void> {
    try {
      if (state !== 'completed') throw new Error(state);
      settle(ok(await moveToFreeName(part, folder, name)));
    } catch {
      const failure = (await hasRoom(folder, part, size)) ? 'internal' : 'no-space';
      await rm(part, { force: true }).catch(() => {});
      settle(fail(failure));
    }
  }

  async #openFolder(partName: string, size: number): Promise<CallCommandResult<Place>> {
    try {
      const folder = this.#setup.folder();
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
      const part = path.join(folder, partName);
      return (await hasRoom(folder, part, size)) ? ok({ folder, part }) : fail('no-space');
    } catch {
      return fail('no-folder');
    }
  }
}

/** Whether so much fits into the folder, where a part of it may lie already; Electron does not say why a download ended. */
async function hasRoom(folder: string, part: string, size: number): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const written = await stat(part).catch(() => ({ size: 0 }));
    return bavail * bsize >= size - written.size;
  } catch {
    // Not every disk tells.
    return true;
  }
}
