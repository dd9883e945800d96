/** Owns finding and starting Chromium with a tone for a microphone. */

import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { findProgram } from '../process/find-program.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The system's Chromium or Chrome first, then Playwright's own; null where there is neither. */
export function findChromium(): string | null {
  return findProgram(NAMES, [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    join(process.env.PROGRAMFILES ?? 'C:\\Program Files', 'Google/Chrome/Application/chrome.exe'),
    chromium.executablePath(),
  ]);
}

/**
 * Of who is there to talk. What a window shows is drawn by the processor, and a call's people move: in one of the usual size six of
 * them in one browser take a third more than in this one. As wide as what stands side by side on a computer.
 */
export const CALL_WINDOW = { width: 1024, height: 480 };

export interface ChromiumOptions {
  /** WAV file that the microphone of every page plays over and over; none is Chromium's own beep. */
  readonly tonePath?: string;
  readonly extraArguments?: readonly string[];
  /**
   * Whether a graphics card is played by the processor where there is none, as the browser does by itself: what is measured is measured
   * so. Else the processor draws straight away, which takes it a fifth less.
   */
  readonly graphicsCard?: boolean;
}

/** Switches for a microphone that plays this WAV file over and over; without one, Chromium's own beep. */
export const fakeMicrophone = (tonePath?: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  ...(tonePath === undefined ? [] : [`--use-file-for-fake-audio-capture=${tonePath}`]),
];

/**
 * Chromium shows what one types in the address bar by pages of its own, and loads two for each window, which nobody sees here: each context
 * of a test would take a second of a core for them (findings/windows-load-address-bar-pages.sh).
 */
const ADDRESS_BAR_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];
/** That Playwright 1.65 switches off, and tests rely on: of two such arguments the last alone counts. */
const PLAYWRIGHTS_OWN = [
  ...[
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'LensOverlay',
  ],
  ...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
  'PreconnectToSearch',
];

/** Permission to use the microphone is given without a question; sound plays as for a person, only after a click. */
export const chromiumArguments = ({ tonePath, extraArguments = [] }: ChromiumOptions): string[] => [
  '--use-fake-ui-for-media-stream',
  ...fakeMicrophone(tonePath),
  '--autoplay-policy=document-user-activation-required',
  '--disable-background-networking',
  `--disable-features=${[...PLAYWRIGHTS_OWN, ...ADDRESS_BAR_PAGES].join()}`,
  ...extraArguments,
];

const launchOptions = (executablePath: string, { graphicsCard = false, ...options }: ChromiumOptions) => ({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
  args: [...chromiumArguments(options), ...(graphicsCard ? [] : ['--disable-gpu'])],
});

/** One browser process, for the tone belongs to the process. */
export function launchChromium(executablePath: string, options: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch(launchOptions(executablePath, options));
}

/** One that keeps in the folder what its pages keep, as a person's own does. */
export function launchChromiumIn(
  folder: string,
  executablePath: string,
  options: ChromiumOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    locale: 'en-US',
    ...launchOptions(executablePath, options),
  });
}
