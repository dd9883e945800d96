/** Owns the page's real views in a browser without a call behind them: a test hands in states and reads the wishes. */

import { openPage, openPreferences } from '../../web-client/open-page.ts';
import type { PageIntents } from '../../web-client/ui/intents.ts';
import type { PageState } from '../../web-client/ui/page-state.ts';

export interface PageViewWindow {
  render(state: PageState): void;
  showLevel(level: number): void;
  rest(): void;
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

const page = await openPage(intents, openPreferences());
window.pageView = {
  render: (state) => page.render(state),
  showLevel: (level) => page.showLevel(level),
  rest: () => page.rest(),
  wishes,
};
