/** Owns finding and starting Firefox with a tone for a microphone; unpatched, so Puppeteer drives it. */

import puppeteer, { type Browser } from 'puppeteer-core';
import { findProgram } from '../process/find-program.ts';

/** The system's Firefox, or null. */
export function findFirefox(): string | null {
  return findProgram(['firefox-esr', 'firefox'], ['/Applications/Firefox.app/Contents/MacOS/firefox']);
}

/** That pages have unless somebody sets it. */
const LETTER_PX = 16;

/** Firefox whose fake microphone plays a sine of the given hertz, with letters of this size; permission is given without a question. */
export function launchFirefox(
  executablePath: string,
  toneHz: number,
  letterPx = LETTER_PX,
): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.navigator.audio.fake_frequency': toneHz,
      'media.autoplay.default': 0,
      'media.peerconnection.ice.loopback': true,
      'font.size.variable.x-western': letterPx,
      'font.size.variable.x-cyrillic': letterPx,
    },
  });
}
