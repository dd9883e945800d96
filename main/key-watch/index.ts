/**
 * Owns the process of the key watch: it is told one key, listens for it, and ends with the app. It is a process of its own
 * because the library takes the whole process with it where there is no display, and so that what it sees is in no other.
 */

import { createRequire } from 'node:module';
import { type KeyHook, readKeycodes, watchKey } from './key-watch.ts';

/** The build puts the library's file for each system beside this one. */
function openHook(): KeyHook {
  const { platform, arch } = process;
  const library: unknown = createRequire(import.meta.url)(`./key-hooks/${platform}-${arch}.node`);
  if (!isKeyHook(library)) throw new Error('not the library that was tried');
  return library;
}

/** What it has, its src/lib/addon.c tells. */
function isKeyHook(library: unknown): library is KeyHook {
  const isObject = typeof library === 'object' && library !== null;
  return isObject && 'start' in library && typeof library.start === 'function';
}

const port = process.parentPort;

port.once('message', ({ data }: { data: unknown }) => {
  const keycodes = readKeycodes(data);
  if (keycodes === null) process.exit(1);
  try {
    watchKey(openHook(), keycodes, (message) => port.postMessage(message));
  } catch {
    // It has no words: main sees that it ended, and says that the key is not heard.
    process.exit(1);
  }
});
