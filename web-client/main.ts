/** Owns the page's start, once the document's first frame is made: takes the link out of the address first, then joins the tab's session and the page that shows it. */

import { WakeLock } from './media/wake-lock.ts';
import { openPage, openPreferences } from './open-page.ts';
import {
  browserClock,
  browserTimers,
  documentMicrophone,
  loadCallCode,
  nextFrame,
  openSession,
  visibility,
} from './open-session.ts';
import { PageEnd } from './page-end.ts';
import { LinkMemory, recallsCall, takeFragment } from './ui/entry/link-memory.ts';
import { openStorage } from './ui/preferences/browser-storage.ts';
import { canCall, shareableOrigin } from './ui/shell/browser-support.ts';
import { afterFirstPaint, takeOver } from './ui/shell/document-start.ts';
import { RenderScheduler } from './ui/shell/render-scheduler.ts';
import { TabSession } from './ui/tab-session.ts';

function runPage(): void {
  const arrival = takeFragment(window);

  /** The app, where it brings this page, says where the room is. */
  const { app } = window;

  const preferences = openPreferences();

  const tabStorage = openStorage(() => window.sessionStorage);

  const recalled = recallsCall(tabStorage, arrival);

  const lastingStorage = openStorage(() => window.localStorage);

  const wakeLock = new WakeLock({ api: navigator.wakeLock, visibility });

  const tab = new TabSession({
    // The app's storage lies on the disk; in its history the link does not.
    memory: new LinkMemory(app === undefined ? tabStorage : openStorage(() => null), history),
    supported: canCall(window),
    origin: app?.server ?? shareableOrigin(location, window.isSecureContext),
    openSession: (link) => {
      const session = openSession(
        { server: app?.server ?? location.origin, link },
        tabStorage,
        lastingStorage,
      );
      session.setAudioSettings(preferences.value.audio);
      session.setStunServer(preferences.value.stunServer);
      session.setAddressHidden(preferences.value.hideAddress);
      return session;
    },
    reload: () => location.reload(),
    timers: browserTimers,
    clock: browserClock,
  });

  const page = openPage(tab.intents, preferences, app);
  const pressAgain = takeOver(document);
  const scheduler = new RenderScheduler(page, browserTimers, browserClock, nextFrame);
  function start(): void {
    tab.start(scheduler, arrival);
    scheduler.drawFirst();
    pressAgain();
    // Who joined by that has asked before the next turn.
    browserTimers.setTimeout(() => void documentMicrophone.giveUp(), 0);
  }
  if (app === undefined) start();
  else
    void import('./in-app.ts').then(async ({ connectApp, keepOwnResume }) => {
      await keepOwnResume(app, tabStorage);
      start();
      connectApp(app, tab);
    });

  // The goodbye that frees the place at once.
  const pageEnd = new PageEnd(window, () => tab.dispose());

  // How one stands in a call is kept by its own code, from the moment one is in.
  let keeping = false;
  function keepCall(recalled: boolean): void {
    if (keeping) return;
    keeping = true;
    loadCallCode().then(
      (code) =>
        code.keepCall(tab, {
          ...{ storage: tabStorage, timers: browserTimers, recalled, pageEnd },
          inApp: app !== undefined,
        }),
      () => {
        keeping = false;
      },
    );
  }
  if (recalled) keepCall(true);
  scheduler.onDrawn(() => {
    wakeLock.setHeld(tab.inCall);
    if (tab.room?.call === 'joined') keepCall(false);
  });

  window.addEventListener('hashchange', () => tab.handleFragment(takeFragment(window)));

  window.addEventListener('beforeunload', (event) => {
    // The app asks by itself, of whatever would end a call there.
    if (app === undefined ? tab.stranded : tab.inCall) event.preventDefault();
  });

  // A page that comes back from the browser's memory starts anew.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}

const painted = () => performance.getEntriesByType('paint').length > 0;
afterFirstPaint(runPage, { painted, nextFrame, timers: browserTimers });
