/** Owns finding and starting Firefox with a tone for a microphone; unpatched, so Puppeteer drives it. */

import puppeteer, { type Browser } from 'puppeteer-core';
import { findProgram } from '../process/find-program.ts';

/** The system's Firefox, or null. */
export function findFirefox(): string | null {
  return findProgram(['firefox-esr', 'firefox'], ['/Applications/Firefox.app/Contents/MacOS/firefox']);
}

export interface FirefoxOptions {
  /** Size of letters that pages have unless somebody sets it. */
  readonly letterPx?: number;
  /** Whether it takes a certificate of nobody it knows. */
  readonly trusting?: boolean;
  /** Besides those that every test has. */
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
  /** Besides that of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Firefox whose fake microphone plays a sine of the given hertz; permission is given without a question. */
export function launchFirefox(
  executablePath: string,
  toneHz: number,
  { letterPx = 16, trusting = false, preferences = {}, environment = {} }: FirefoxOptions = {},
): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    env: { ...process.env, ...environment },
    acceptInsecureCerts: trusting,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.navigator.audio.fake_frequency': toneHz,
      'media.autoplay.default': 0,
      'media.peerconnection.ice.loopback': true,
      'font.size.variable.x-western': letterPx,
      'font.size.variable.x-cyrillic': letterPx,
      ...preferences,
    },
  });
}
