/** Owns fetching and installing by electron-updater: it is told what to fetch by the feed alone, and fetches it whole, by our own means. */

import { closeSync, copyFileSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppImageUpdater, type AppUpdater, BaseUpdater, MacUpdater, NsisUpdater } from 'electron-updater';
import type { UpdateErrorCode } from '../../common/host-api/updates.ts';
import { fail, ok, type Result } from '../../common/result.ts';
import { SerialQueue } from '../../common/timing/serial-queue.ts';
import type { Release, UpdateFile } from './update-feed.ts';
import { isWhole, UpdateFailure, type UpdateServer, updateErrorOf } from './update-server.ts';
import type { PackageUpdater } from './updates.ts';

const CACHE_FOLDER = 'secret-call-updater';

export interface PackageUpdaterOptions {
  readonly server: Pick<UpdateServer, 'fetchFile'>;
  readonly platform: NodeJS.Platform;
  readonly current: string;
  /** Of the Windows certificate; null where there is none. */
  readonly publisher: string | null;
  /** Where what was fetched waits. */
  readonly cacheDirectory: string;
  /** The file that this program was started from, where it is one. */
  readonly appImage: string | null;
  /** Ends the app in order. */
  readonly quit: () => void;
  /** Has this file, or this very program, start once the app has ended. */
  readonly relaunch: (file: string | null) => void;
}

/** How electron-updater hands over its orders; the rest of its executor is never called. */
interface FileExecutor {
  download(url: URL, destination: string): Promise<string>;
}

/**
 * Takes the place of the file at once or not at all. The library's own way removes the old one first, and a disk that is full, or
 * another than the cache's, would leave no program.
 */
class WholeAppImageUpdater extends AppImageUpdater {
  readonly #appImage: string;

  constructor(adapter: unknown, appImage: string) {
    super(null, adapter);
    this.#appImage = appImage;
  }

  protected override doInstall(): boolean {
    const { installerPath } = this;
    if (installerPath === null) return false;
    const next = `${this.#appImage}.next`;
    try {
      copyFileSync(installerPath, next);
      writeOut(next);
      renameSync(next, this.#appImage);
    } catch (error) {
      rmSync(next, { force: true });
      throw error;
    }
    this.app.relaunch();
    return true;
  }
}

/** Onto the disk: else a power cut could leave the name without the content. */
function writeOut(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

interface FileWanted {
  readonly file: UpdateFile;
  readonly onPercent: (percent: number) => void;
  readonly signal: AbortSignal;
}

export function createPackageUpdater(options: PackageUpdaterOptions): PackageUpdater {
  const { server, cacheDirectory, publisher, quit } = options;
  let order: FileWanted | null = null;
  let fetched: { readonly file: UpdateFile; readonly path: string } | null = null;
  let updater: AppUpdater | null = null;
  /** One that was given up ends before the next begins: the library would take the next for the same. */
  const turns = new SerialQueue();

  const executor: FileExecutor = {
    async download(_url, destination) {
      if (order === null) throw new UpdateFailure('no-file');
      const { file, onPercent, signal } = order;
      let shown = 0;
      const onBytes = (received: number) => {
        const percent = Math.floor((received / file.size) * 100);
        if (percent > shown) onPercent(percent);
        shown = Math.max(shown, percent);
      };
      await server.fetchFile({ file, destination, onBytes, signal });
      return destination;
    },
  };

  /** Its state is the library's own: of what its own check would have found, of the file on the disk, and of what reaches the net. */
  function prepare(release: Release, file: UpdateFile): AppUpdater {
    updater ??= createUpdater(options);
    return Object.assign(updater, {
      httpExecutor: executor,
      configOnDisk: {
        value: Promise.resolve({
          updaterCacheDirName: CACHE_FOLDER,
          ...(publisher !== null && { publisherName: publisher }),
        }),
      },
      updateInfoAndProvider: {
        info: { version: release.version, files: [{ ...file, url: file.name }] },
        provider: {
          fileExtraDownloadHeaders: null,
          isUseMultipleRangeRequest: false,
          // Only its name is looked at.
          resolveFiles: () => [
            { url: new URL(`app://update/${file.name}`), info: { ...file, url: file.name } },
          ],
        },
      },
    });
  }

  async function fetchOne(release: Release, wanted: FileWanted): Promise<Result<null, UpdateErrorCode>> {
    order = wanted;
    try {
      const { file } = wanted;
      const [downloaded = ''] = await prepare(release, file).downloadUpdate();
      fetched = { file, path: downloaded };
      return ok(null);
    } catch (error) {
      return fail(fetchErrorOf(error));
    }
  }

  return {
    async fetch(release, onPercent, signal) {
      const { file } = release;
      if (file === null) return fail('no-file');
      return turns.run(() => fetchOne(release, { file, onPercent, signal }));
    },

    async verify() {
      const isThere = fetched !== null && (await isWhole(fetched.path, fetched.file));
      return isThere ? ok(null) : fail('file-altered');
    },

    install: () =>
      new Promise<UpdateErrorCode>((resolve) => {
        const installing = updater;
        // The library's own updater installs once, whatever became of it.
        updater = null;
        installing?.once('error', (error) => resolve(updateErrorOf(error, 'not-installed')));
        if (installing instanceof BaseUpdater) {
          if (installing.install(true, true)) quit();
          else resolve('not-installed');
        } else if (installing === null) resolve('not-installed');
        // It ends the app itself, once the system has taken the file.
        else installing.quitAndInstall();
      }),
  };

  function createUpdater({ platform, appImage }: PackageUpdaterOptions): AppUpdater {
    const adapter = createAdapter(options);
    const created =
      platform === 'darwin'
        ? new MacUpdater(undefined, adapter)
        : platform === 'win32'
          ? new NsisUpdater(null, adapter)
          : new WholeAppImageUpdater(adapter, appImage ?? path.join(cacheDirectory, 'nowhere'));
    created.logger = null;
    created.autoInstallOnAppQuit = false;
    created.disableWebInstaller = true;
    // By parts of the old file and a map that nobody signed, from many requests.
    created.disableDifferentialDownload = true;
    return created;
  }
}

/** What the library asks of an app. */
function createAdapter({ current, cacheDirectory, appImage, quit, relaunch }: PackageUpdaterOptions) {
  return {
    version: current,
    name: 'secret-call',
    isPackaged: true,
    appUpdateConfigPath: '',
    userDataPath: cacheDirectory,
    baseCachePath: cacheDirectory,
    whenReady: () => Promise.resolve(),
    relaunch: () => relaunch(appImage),
    quit,
    onQuit() {},
  };
}

function fetchErrorOf(error: unknown): UpdateErrorCode {
  const said = error instanceof Error && 'code' in error ? error.code : '';
  return said === 'ERR_UPDATER_INVALID_SIGNATURE' ? 'wrong-publisher' : updateErrorOf(error, 'cut-off');
}
