/** Owns the page's one file worker and what it is tied to: its script, the browser's downloads, the app where that saves. */

import { hasKeptFiles } from './files/disk-api.ts';
import { FileDesk } from './files/file-desk.ts';
import fileWorkerUrl from './files/file-worker.ts?worker&url';
import { FileSaver, pressDownload } from './files/save-file.ts';
import type { FileWorkerLike } from './files/worker-orders.ts';
import { keepScripts } from './media/kept-script.ts';
import { trustedScriptUrl } from './media/worker-scripts.ts';

/** Its policy can be made once. */
let scriptUrl: string | null = null;

function createWorker(): FileWorkerLike {
  scriptUrl ??= trustedScriptUrl(window, 'files', fileWorkerUrl);
  return new Worker(scriptUrl);
}

/** A worker of its own, which starts with the first thing asked of it. */
export function openFileDesk(): FileDesk {
  return new FileDesk({
    createWorker,
    keepScript: () => keepScripts(window, fileWorkerUrl),
    hasKept: () => hasKeptFiles(navigator.storage),
    saver: new FileSaver({
      urls: URL,
      press: pressDownload,
      timers: window,
      app: window.app ?? null,
    }),
    crypto,
    timers: window,
  });
}
