/** Owns handing the browser's own things to the page's views. */

import { browserTimers } from './open-session.ts';
import type { PageIntents } from './ui/intents.ts';
import { Page } from './ui/page.ts';
import { openStorage } from './ui/preferences/browser-storage.ts';
import { PreferenceStore } from './ui/preferences/preference-store.ts';
import { KeyNames, readKeyboardLayout } from './ui/preferences/push-to-talk-key.ts';
import { PageTexts, pageLanguage } from './ui/shell/language.ts';
import { showTheme } from './ui/shell/theme.ts';

/** What this browser remembers of the person's choices; the theme is on from then. */
export function openPreferences(): PreferenceStore {
  const preferences = new PreferenceStore(openStorage(() => window.localStorage));
  showTheme(document, preferences.value.theme);
  return preferences;
}

/** Once a document. Rejects where the texts do not come. */
export async function openPage(intents: PageIntents, preferences: PreferenceStore): Promise<Page> {
  const texts = await PageTexts.load(
    pageLanguage(location.search, preferences.value.language, navigator.languages),
    document.documentElement,
  );
  return new Page({
    document,
    t: texts.t,
    language: () => texts.language,
    intents,
    location,
    preferences,
    storage: openStorage(() => window.localStorage),
    setLanguage: (chosen) => texts.setLanguage(pageLanguage('', chosen, navigator.languages)),
    loadCallTexts: () => texts.loadCall(),
    setTheme: (theme) => showTheme(document, theme),
    keyNames: new KeyNames(texts.t, readKeyboardLayout(navigator)),
    writeClipboard: (text) => navigator.clipboard.writeText(text),
    timers: browserTimers,
  });
}
