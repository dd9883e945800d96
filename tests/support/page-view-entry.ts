/** Owns the page's real views in a browser without a call behind them: a test hands in states and reads the wishes. */

import { createTranslator } from '../../main/common/translate.ts';
import { en } from '../../web-client/i18n/en.ts';
import { ru } from '../../web-client/i18n/ru.ts';
import { browserTimers } from '../../web-client/open-session.ts';
import { openStorage } from '../../web-client/ui/browser-storage.ts';
import type { PageIntents } from '../../web-client/ui/intents.ts';
import { pageLanguage } from '../../web-client/ui/language.ts';
import { Page } from '../../web-client/ui/page.ts';
import type { PageState } from '../../web-client/ui/page-state.ts';

export interface PageViewWindow {
  render(state: PageState): void;
  /** Every wish since the start, first to last. */
  readonly wishes: [name: string, ...values: unknown[]][];
}

declare global {
  interface Window {
    pageView: PageViewWindow;
  }
}

const wishes: PageViewWindow['wishes'] = [];
const intents = new Proxy({} as PageIntents, {
  get:
    (_target, name) =>
    (...values: unknown[]) =>
      void wishes.push([String(name), ...values]),
});

const language = pageLanguage(location.search, navigator.languages);
document.documentElement.lang = language;
const page = new Page({
  document,
  t: createTranslator(language === 'ru' ? ru : en, language),
  language,
  intents,
  location,
  nameStorage: openStorage(() => window.localStorage),
  writeClipboard: (text) => navigator.clipboard.writeText(text),
  timers: browserTimers,
});
window.pageView = { render: (state) => page.render(state), wishes };
