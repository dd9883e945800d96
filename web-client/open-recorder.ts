/** Owns the recorder's code, which comes some seconds into a call, or once somebody records; hands in the browser's own things. */

import type { SavedRecording } from './core/recording/recorder-port.ts';
import { FileSaver, pressDownload } from './files/save-file.ts';
import { keepScripts } from './media/kept-script.ts';
import { trustedScriptUrl } from './media/worker-scripts.ts';
import { isSupportedAt } from './recording/encoder-config.ts';
import { Recorder } from './recording/recorder.ts';
import { RECORDINGS_FOLDER } from './recording/recorder-messages.ts';
import processorUrl from './recording/tap-processor.ts?worker&url';
import workerUrl from './recording/worker/recorder-worker.ts?worker&url';

/** As Opus has it, so that nothing is converted; 60 ms at a time are soon enough for what nobody listens to. */
const RECORDING = { sinkId: { type: 'none' }, sampleRate: 48_000, latencyHint: 0.06 };
/** A browser that does not know the option may refuse a microphone of another rate than the context's. */
const canListenAlone = () => 'sinkId' in AudioContext.prototype;

async function mayHaveLeft(): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(RECORDINGS_FOLDER);
    return !(await folder.keys().next()).done;
  } catch {
    return false;
  }
}

/** As received files are; rejects where the app could not. */
async function save(file: File): Promise<SavedRecording> {
  const saver = new FileSaver({ urls: URL, press: pressDownload, timers: window, app: window.app ?? null });
  const saved = await saver.save(file);
  if (!saved.ok) throw new Error('not saved');
  return saved.value;
}

let workerScript: string | null = null;
/** One for the page, over all its calls. */
let recorder: Recorder | null = null;

export function openRecorder(): Recorder {
  recorder ??= new Recorder({
    isSupported: () => isSupportedAt(RECORDING.sampleRate),
    createContext: () => new AudioContext(canListenAlone() ? RECORDING : {}),
    createElement: () => new Audio(),
    createStream: (track) => new MediaStream([track]),
    processorUrl,
    keepScripts: () => keepScripts(window, processorUrl, workerUrl),
    createWorker: () => {
      // A policy is made once.
      workerScript ??= trustedScriptUrl(window, 'recorder', workerUrl);
      return new Worker(workerScript);
    },
    mayHaveLeft,
    save,
    wallClock: Date.now,
    timers: window,
  });
  return recorder;
}
