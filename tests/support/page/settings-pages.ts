/** Owns the page as tests of settings, of the check before joining and of the keys use it. */

import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { DEFAULT_AUDIO_SETTINGS } from '../../../web-client/core/state/audio-state.ts';
import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import { type PageViewOptions, PageViews, type ViewPage } from './page-view.ts';

export const AUDIO: RoomState['audio'] = {
  settings: DEFAULT_AUDIO_SETTINGS,
  microphones: [
    { id: 'built-in', label: 'Built-in microphone' },
    { id: 'headset', label: '' },
  ],
  speakers: [{ id: 'monitor', label: 'Monitor' }],
  refused: null,
};
export const LIVE = { phase: 'live', muted: false, hint: null } as const satisfies RoomState['microphone'];
export const MUTED = { phase: 'live', muted: true, hint: null } as const satisfies RoomState['microphone'];

/** To be called where tests are told; pages are served before them and gone after them. `executablePath`: of Chromium. */
export function useSettingsPages(executablePath: string) {
  let pages: PageViews;
  let shown: ViewPage[] = [];

  beforeAll(async () => {
    pages = await PageViews.start(executablePath);
  });
  afterEach(async () => {
    const faults = shown.flatMap((one) => one.faults);
    await Promise.all(shown.map((one) => one.close()));
    shown = [];
    expect(faults).toEqual([]);
  });
  afterAll(() => pages.end());

  async function open(options?: PageViewOptions) {
    const one = await pages.open({ query: '', ...options });
    shown.push(one);
    await one.renderRoom({});
    const { page } = one;
    const button = page.getByRole('button', { name: 'Settings', exact: true });
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    return { one, page, button, dialog };
  }

  async function openDialog(options?: PageViewOptions) {
    const all = await open(options);
    await all.button.click();
    await all.dialog.waitFor();
    return all;
  }

  /** As a browser does whose storage is full. */
  async function fillStorage({ page }: ViewPage): Promise<void> {
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
  }

  /** Paths that get no answer but an error from now on. */
  function refuse(...paths: readonly RegExp[]): void {
    pages.refused.length = 0;
    pages.refused.push(...paths);
  }

  return { open, openDialog, fillStorage, refuse };
}
