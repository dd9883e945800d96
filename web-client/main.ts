/** Owns the page's start: takes the link out of the address first, then joins the visit and what is seen of it. */

import { browserTimers, openSession } from './open-session.ts';
import { openStorage } from './ui/browser-storage.ts';
import { canCall, shareableOrigin } from './ui/browser-support.ts';
import { PageTexts, pageLanguage } from './ui/language.ts';
import { LinkMemory, takeFragment } from './ui/link-memory.ts';
import { PacedPage } from './ui/paced-page.ts';
import { Page } from './ui/page.ts';
import { PreferenceStore } from './ui/preferences.ts';
import { readKeyboardLayout } from './ui/talk-key.ts';
import { showTheme } from './ui/theme.ts';
import { Visit } from './ui/visit.ts';

const arrival = takeFragment(window);

const preferences = new PreferenceStore(openStorage(() => window.localStorage));
showTheme(document, preferences.value.theme);

const texts = new PageTexts(
  pageLanguage(location.search, preferences.value.language, navigator.languages),
  document.documentElement,
);

const tabStorage = openStorage(() => window.sessionStorage);

const visit = new Visit({
  memory: new LinkMemory(tabStorage),
  supported: canCall(window),
  origin: shareableOrigin(location, window.isSecureContext),
  openSession: (link) => {
    const session = openSession(link, tabStorage);
    session.setAudioSettings(preferences.value.audio);
    session.setStunServer(preferences.value.stunServer);
    return session;
  },
  reload: () => location.reload(),
});

const page = new Page({
  document,
  t: texts.t,
  language: () => texts.language,
  intents: visit,
  location,
  preferences,
  setLanguage: (chosen) => texts.setLanguage(pageLanguage('', chosen, navigator.languages)),
  setTheme: (theme) => showTheme(document, theme),
  layout: readKeyboardLayout(navigator),
  writeClipboard: (text) => navigator.clipboard.writeText(text),
  timers: browserTimers,
});

visit.start(new PacedPage(page, browserTimers), arrival);

window.addEventListener('hashchange', () => visit.handleFragment(takeFragment(window)));

window.addEventListener('beforeunload', (event) => {
  if (visit.inCall) event.preventDefault();
});

// The goodbye that frees the place at once; a page that comes back from the browser's memory starts anew.
window.addEventListener('pagehide', () => visit.dispose());
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
