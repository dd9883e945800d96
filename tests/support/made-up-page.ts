/** Owns the page's own views in a browser without a call behind them: a test hands in states and reads the wishes. */

import { browserTimers } from '../../web-client/open-session.ts';
import { openStorage } from '../../web-client/ui/browser-storage.ts';
import type { PageIntents } from '../../web-client/ui/intents.ts';
import { PageTexts, pageLanguage } from '../../web-client/ui/language.ts';
import { Page } from '../../web-client/ui/page.ts';
import type { PageState } from '../../web-client/ui/page-state.ts';
import { PreferenceStore } from '../../web-client/ui/preferences.ts';
import { readKeyboardLayout } from '../../web-client/ui/talk-key.ts';
import { showTheme } from '../../web-client/ui/theme.ts';

export interface MadeUpPage {
  render(state: PageState): void;
  showLevel(level: number): void;
  /** Every wish since the start, first to last. */
  readonly wishes: (readonly [name: string, ...values: unknown[]])[];
}

declare global {
  interface Window {
    madeUpPage: MadeUpPage;
  }
}

const wishes: MadeUpPage['wishes'] = [];
const intents = new Proxy({} as PageIntents, {
  get:
    (_target, name) =>
    (...values: unknown[]) =>
      void wishes.push([String(name), ...values]),
});

const preferences = new PreferenceStore(openStorage(() => window.localStorage));
showTheme(document, preferences.value.theme);
const texts = new PageTexts(
  pageLanguage(location.search, preferences.value.language, navigator.languages),
  document.documentElement,
);
const page = new Page({
  document,
  t: texts.t,
  language: () => texts.language,
  intents,
  location,
  preferences,
  setLanguage: (chosen) => texts.setLanguage(pageLanguage('', chosen, navigator.languages)),
  setTheme: (theme) => showTheme(document, theme),
  layout: readKeyboardLayout(navigator),
  writeClipboard: (text) => navigator.clipboard.writeText(text),
  timers: browserTimers,
});
window.madeUpPage = {
  render: (state) => page.render(state),
  showLevel: (level) => page.showLevel(level),
  wishes,
};
