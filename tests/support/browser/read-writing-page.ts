/** Owns what stands in a page that reads writing for a test. */

import { readWriting } from './read-writing.ts';

declare global {
  interface Window {
    readWriting: () => string;
  }
}

window.readWriting = readWriting;
