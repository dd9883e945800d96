import type { CallBridge } from '../main/common/call-api/bridge.ts';
import type { Language } from '../main/common/translate.ts';
import { browserTimers, loadCallCode } from './open-session.ts';
import type { PageIntents } from './ui/intents.ts';
import { Page } from './ui/page.ts';
import type { PageState } from './ui/page-state.ts';
import { openStorage } from './ui/preferences/browser-storage.ts';
import { PreferenceStore } from './ui/preferences/preference-store.ts';
import { KeyNames, readKeyboardLayout } from './ui/preferences/push-to-talk-key.ts';
import { CallMarkup, fetchMarkup } from './ui/shell/call-markup.ts';
import { readDocumentTexts } from './ui/shell/document-start.ts';
import { fillTexts } from './ui/shell/dom.ts';
import { PageTexts, pageLanguage } from './ui/shell/language.ts';
import { LazyLoad } from './ui/shell/lazy-load.ts';
import { showTheme } from './ui/shell/theme.ts';

/** What this browser remembers of the person's choices; the theme is on from then. */
export function openPreferences(): PreferenceStore {
  const preferences = new PreferenceStore(openStorage(() => window.localStorage));
  showTheme(document, preferences.value.theme);
  return preferences;
}

const copyBy = (app: CallBridge) => async (text: string) => {
  if (!(await app.copy(text)).ok) throw new Error('not copied');
};

/** Who stays in the call after all is told no more. */
const joinBy = (app: CallBridge) => async (text: string) => {
  const joined = await app.join(text);
  return joined.ok || joined.error === 'stayed';
};

/** A line that is not needed; where its code does not come, nothing is missed. */
async function offer(dialog: HTMLElement, state: PageState | null, language: Language): Promise<void> {
  const { offerApp } = await import('./ui/entry/app-offer.ts');
  offerApp(dialog, { state, language, device: navigator });
}

/** Once a document. Speaks its language at once, and the one chosen here as soon as that has come. */
export function openPage(
  intents: PageIntents,
  preferences: PreferenceStore,
  app: CallBridge | undefined,
): Page {
  const inDocument = readDocumentTexts(document);
  const wordsOf = async (language: Language) =>
    app === undefined ? {} : (await import('./in-app.ts')).appWords(app, language);
  const texts = new PageTexts(inDocument, document.documentElement, wordsOf);
  const markup = new CallMarkup(document, fetchMarkup);
  const fetchCallWords = async () => {
    await Promise.all([texts.loadCall(), markup.come()]);
    fillTexts(document, texts.t);
  };
  let callWords: Promise<void> | null = null;
  // Filled in once: later they would take the place of what the views have written meanwhile.
  const loadCallWords = () => {
    callWords ??= fetchCallWords().catch((error: unknown) => {
      callWords = null;
      throw error;
    });
    return callWords;
  };
  // In the app the document is in the language that was chosen there.
  const preferred = app === undefined ? navigator.languages : [inDocument.language];
  const page = new Page({
    document,
    t: texts.t,
    language: () => texts.language,
    intents,
    origin: app?.server ?? location.origin,
    preferences,
    storage: openStorage(() => window.localStorage),
    setLanguage: (chosen) => texts.setLanguage(pageLanguage('', chosen, preferred)),
    loadCallViews: loadCallCode,
    loadCallWords,
    setTheme: (theme) => showTheme(document, theme),
    keyNames: new KeyNames(texts.t, readKeyboardLayout(navigator)),
    writeClipboard: app === undefined ? (text) => navigator.clipboard.writeText(text) : copyBy(app),
    replaced: () => texts.replaced,
    app: app ?? null,
    tellMention: (name, text) => void app?.notify({ kind: 'mentioned', name: name ?? '', text }),
    offerApp: app === undefined ? (...given) => void offer(...given, texts.language).catch(() => {}) : null,
    joinElsewhere: app === undefined ? null : joinBy(app),
    timers: browserTimers,
  });
  const speakAsApp = async () => {
    const { addOwnCode } = await import('./in-app.ts');
    addOwnCode(document);
    await texts.loadReplaced();
    page.handleLanguage();
  };
  if (app !== undefined) void speakAsApp();
  const wanted = () => pageLanguage(location.search, preferences.value.language, [inDocument.language]);
  const speak = async () => {
    await texts.setLanguage(wanted());
    page.handleLanguage();
  };
  if (wanted() !== texts.language) new LazyLoad(speak, browserTimers).startAfter(0);
  return page;
}
