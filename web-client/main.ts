/** Owns the page's start: takes the link out of the address first, then joins the visit and what is seen of it. */

import { createTranslator } from '../main/common/translate.ts';
import { en } from './i18n/en.ts';
import { ru } from './i18n/ru.ts';
import { WakeLock } from './media/wake-lock.ts';
import { browserTimers, openSession, visibility } from './open-session.ts';
import { openStorage } from './ui/browser-storage.ts';
import { canCall, shareableOrigin } from './ui/browser-support.ts';
import { pageLanguage } from './ui/language.ts';
import { LinkMemory, takeFragment } from './ui/link-memory.ts';
import { PacedPage } from './ui/paced-page.ts';
import { Page } from './ui/page.ts';
import { Visit } from './ui/visit.ts';

const arrival = takeFragment(window);

const language = pageLanguage(location.search, navigator.languages);
document.documentElement.lang = language;

const tabStorage = openStorage(() => window.sessionStorage);

const wakeLock = new WakeLock({ api: navigator.wakeLock, visibility });

const visit = new Visit({
  memory: new LinkMemory(tabStorage),
  supported: canCall(window),
  origin: shareableOrigin(location, window.isSecureContext),
  openSession: (link) => openSession(link, tabStorage),
  onInCall: (inCall) => wakeLock.setHeld(inCall),
  reload: () => location.reload(),
});

const page = new Page({
  document,
  t: createTranslator(language === 'ru' ? ru : en, language),
  language,
  intents: visit,
  location,
  nameStorage: openStorage(() => window.localStorage),
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
