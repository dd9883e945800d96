import type { CallBridge } from '../../main/common/call-api/bridge.ts';
import { displayName } from '../../main/common/names/visible-text.ts';
import type { TimersLike } from '../../main/common/platform.ts';
import type { Catalogue, Language, Translate } from '../../main/common/translate.ts';
import type { Cue } from '../core/call-intents.ts';
import type { TextKey } from '../i18n/en.ts';
import { type CallViewsCode, LazyCallViews } from './call/lazy-call-views.ts';
import { Approach } from './entry/approach.ts';
import { BrowserDialog } from './entry/browser-dialog.ts';
import { connectPrivacyDialog, SwitchDialog } from './entry/dialogs.ts';
import { EndedView } from './entry/ended-view.ts';
import { JoinView } from './entry/join-view.ts';
import { type JoinElsewhere, PasteView } from './entry/paste-view.ts';
import type { PageIntents } from './intents.ts';
import { endOf, type PageState } from './page-state.ts';
import type { PageStorage } from './preferences/browser-storage.ts';
import { PreferenceEffects } from './preferences/preference-effects.ts';
import type { PreferenceStore } from './preferences/preference-store.ts';
import type { KeyNames } from './preferences/push-to-talk-key.ts';
import { DeviceCheck } from './settings/device-check.ts';
import { MicrophonePreview } from './settings/microphone-preview.ts';
import { LazySettings, SettingsEntry } from './settings/settings-entry.ts';
import { Announcer } from './shell/announcer.ts';
import type { WriteClipboard } from './shell/copy-row.ts';
import { byId, fillTexts, setAttribute, setHidden } from './shell/dom.ts';
import { PageTitle } from './shell/page-title.ts';
import { StatusView } from './shell/status-view.ts';
import { connectThemeColor, type Theme } from './shell/theme.ts';

export interface PageOptions {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  /** Of the texts of `t`, now. */
  readonly language: () => Language;
  /** What stands in the place of other texts, in `t` and in the settings' own. */
  readonly replaced: () => Catalogue;
  readonly intents: PageIntents;
  /** Somebody mentions oneself in the chat. */
  readonly tellMention: (name: string | null, text: string) => void;
  /** Of the room's server. */
  readonly origin: string;
  /** Leads from a dialog of a browser to the app; null in the app itself. */
  readonly offerApp: ((dialog: HTMLElement, state: PageState | null) => void) | null;
  /** Takes links to other servers, in the app; null in a browser, where this page is of one server. */
  readonly joinElsewhere: JoinElsewhere | null;
  readonly preferences: PreferenceStore;
  /** For what is remembered beside the preferences: the emoji used last. */
  readonly storage: PageStorage;
  /** Changes `t` and `language`; null: as the browser is set. */
  readonly setLanguage: (language: Language | null) => Promise<void>;
  readonly loadCallViews: () => Promise<CallViewsCode>;
  /** Settles when the texts of a call are in `t`, and its markup in the document. */
  readonly loadCallWords: () => Promise<void>;
  readonly setTheme: (theme: Theme) => void;
  readonly keyNames: KeyNames;
  readonly writeClipboard: WriteClipboard;
  /** Where it brings this page; null in a browser. */
  readonly app: CallBridge | null;
  readonly timers: TimersLike;
}

export class Page {
  readonly #document: Document;
  readonly #intents: PageIntents;
  readonly #preferences: PreferenceStore;
  readonly #t: Translate<TextKey>;
  readonly #stage: HTMLElement;
  readonly #roomSection: HTMLElement;
  readonly #announcer: Announcer;
  readonly #status: StatusView;
  readonly #ended: EndedView;
  readonly #paste: PasteView;
  readonly #join: JoinView;
  readonly #approach: Approach;
  readonly #check: DeviceCheck;
  readonly #settings: SettingsEntry;
  readonly #effects: PreferenceEffects;
  readonly #call: LazyCallViews;
  readonly #browserOnly: BrowserDialog;
  readonly #switch: SwitchDialog;
  #state: PageState | null = null;

  constructor(options: PageOptions) {
    const { document, t, language, intents, origin, preferences, writeClipboard, timers } = options;
    const { setTheme, keyNames } = options;
    this.#document = document;
    this.#intents = intents;
    this.#preferences = preferences;
    this.#t = t;
    this.#stage = byId(document, 'stage', HTMLElement);
    this.#roomSection = byId(document, 'room', HTMLElement);
    this.#announcer = new Announcer(document, t, timers);
    const title = new PageTitle(document);
    this.#status = new StatusView(document, t, title);
    this.#paste = new PasteView(document, t, intents, origin, options.joinElsewhere);
    this.#join = new JoinView(document, t, intents, preferences, keyNames, timers);
    this.#approach = new Approach(document, () => {
      intents.prepare();
      this.#call.prepare();
    });
    const context = {
      document,
      t,
      language,
      replaced: options.replaced,
      intents,
      preferences,
      app: options.app,
      microphonePreview: new MicrophonePreview(intents),
      keyNames,
      announce: (text: TextKey) => this.announce(text),
    };
    const lazySettings = new LazySettings();
    this.#check = new DeviceCheck(context, lazySettings);
    this.#settings = new SettingsEntry(context, lazySettings, timers);
    this.#effects = new PreferenceEffects({
      preferences,
      intents,
      setLanguage: (chosen) => {
        options.setLanguage(chosen).then(
          () => this.handleLanguage(),
          () => this.announce('settings.failed'),
        );
      },
      setTheme,
    });
    this.#call = new LazyCallViews({
      ...options,
      loadCode: options.loadCallViews,
      loadTexts: options.loadCallWords,
      onLoaded: () => {
        // The code of the call came in the same file.
        intents.prepare();
        this.handleLanguage();
      },
      onFailing: () => this.announce('part.failing'),
      joinAgain: () => this.#join.join(),
      announcer: this.#announcer,
      announce: (text, name) => this.announce(text, name),
      playCue: (cue) => this.playCue(cue),
      setUnseen: (count) => title.setUnseen(count),
    });
    const offer = (dialog: HTMLElement) => options.offerApp?.(dialog, this.#state);
    this.#browserOnly = new BrowserDialog(document, t, writeClipboard, offer);
    this.#switch = new SwitchDialog(document);
    connectPrivacyDialog(document, offer);
    connectThemeColor(document);
    this.#ended = new EndedView(document, t, {
      reload: () => intents.reload(),
      showBrowserOnly: () => this.#browserOnly.show(),
    });
  }

  render(state: PageState): void {
    this.#state = state;
    const end = endOf(state);
    const room = state.kind === 'room' && end === null ? state.room : null;
    setHidden(this.#roomSection, room === null);
    setAttribute(this.#stage, 'data-call', room?.call ?? null);
    this.#status.render(state);
    this.#ended.render(end);
    this.#paste.render(state);
    if (state.kind === 'room') {
      this.#approach.begin();
      this.#join.render(state.room);
      this.#effects.render(state.room);
    }
    this.#call.render(room, state.kind === 'room' ? state.invite : null);
    this.#check.render(room);
    this.#settings.render(room);
    this.#browserOnly.render(state);
  }

  /** Stops what moves until the next state. */
  rest(): void {
    this.#call.rest();
  }

  announce(text: TextKey, name?: string | null, count = 0): void {
    const shown = name == null ? null : displayName(name);
    this.#announcer.showToast(this.#t(text, { name: shown ?? this.#t('name.unknown'), count }));
  }

  /** The texts are those of another language now, or more of them are there. */
  handleLanguage(): void {
    fillTexts(this.#document, this.#t);
    this.#check.handleLanguage();
    this.#call.handleLanguage();
    this.#settings.handleLanguage();
    if (this.#state !== null) this.render(this.#state);
  }

  /** Asks before a running call is left for another link. */
  askToSwitch(go: () => void): void {
    this.#switch.ask(go);
  }

  /** @param level of the own microphone, 0 to 1 */
  showLevel(level: number): void {
    this.#check.showLevel(level);
    this.#settings.showLevel(level);
  }

  /** Plays it unless the person wants none. */
  playCue(cue: Cue): void {
    if (this.#preferences.value.cues) this.#intents.playCue(cue);
  }
}
