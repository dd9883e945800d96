/** Owns the page as a whole: builds every view once and shows each state through them. */

import type { TimersLike } from '../../main/common/platform.ts';
import type { Language, Translate } from '../../main/common/translate.ts';
import type { RoomState } from '../core/room-state.ts';
import type { TextKey } from '../i18n/en.ts';
import { Ambience } from './ambience.ts';
import { Announcer } from './announcer.ts';
import { BrowserDialog } from './browser-dialog.ts';
import type { PageStorage } from './browser-storage.ts';
import { Chat } from './chat/chat.ts';
import type { WriteClipboard } from './copy-row.ts';
import { displayName } from './display-name.ts';
import { DockView } from './dock-view.ts';
import { byId, fillTexts, setAttribute, setHidden } from './dom.ts';
import { EndedView } from './ended-view.ts';
import { FullDialog } from './full-dialog.ts';
import { HintView } from './hint-view.ts';
import type { PageIntents } from './intents.ts';
import { InviteView } from './invite-view.ts';
import { JoinView } from './join-view.ts';
import { Layers } from './layers.ts';
import { MicrophoneView } from './microphone-view.ts';
import { endOf, type PageState } from './page-state.ts';
import { PasteView } from './paste-view.ts';
import { isLoopback } from './pasted-link.ts';
import { peopleLines, spokenName } from './people.ts';
import { PeopleView } from './people-view.ts';
import { connectPrivacyDialog } from './privacy-dialog.ts';
import { QualityPopover } from './quality-popover.ts';
import { roomNewsBetween } from './room-news.ts';
import { SoundView } from './sound-view.ts';
import { StatusView } from './status-view.ts';
import { SwitchDialog } from './switch-dialog.ts';
import { connectThemeColor } from './theme-color.ts';
import { VerificationDialog } from './verification-dialog.ts';

export interface PageOptions {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  /** Of the texts of `t`. */
  readonly language: Language;
  readonly intents: PageIntents;
  readonly location: Pick<Location, 'origin' | 'hostname'>;
  readonly nameStorage: PageStorage;
  readonly writeClipboard: WriteClipboard;
  readonly timers: TimersLike;
}

export class Page {
  readonly #t: Translate<TextKey>;
  readonly #stage: HTMLElement;
  readonly #roomSection: HTMLElement;
  readonly #ambience: Ambience;
  readonly #announcer: Announcer;
  readonly #status: StatusView;
  readonly #ended: EndedView;
  readonly #paste: PasteView;
  readonly #join: JoinView;
  readonly #microphone: MicrophoneView;
  readonly #hint: HintView;
  readonly #dock: DockView;
  readonly #sound: SoundView;
  readonly #quality: QualityPopover;
  readonly #people: PeopleView;
  readonly #invite: InviteView;
  readonly #full: FullDialog;
  readonly #browserOnly: BrowserDialog;
  readonly #switch: SwitchDialog;
  readonly #verification: VerificationDialog;
  readonly #chat: Chat;
  #room: RoomState | null = null;

  constructor(options: PageOptions) {
    const { document, t, language, intents, location, nameStorage, writeClipboard, timers } = options;
    this.#t = t;
    fillTexts(document, t);
    this.#stage = byId(document, 'stage', HTMLElement);
    this.#roomSection = byId(document, 'room', HTMLElement);
    const layers = new Layers(document);
    this.#ambience = new Ambience(document);
    this.#announcer = new Announcer(document, t, timers);
    this.#status = new StatusView(document, t);
    this.#paste = new PasteView(document, t, intents, location.origin);
    this.#join = new JoinView(document, t, intents, nameStorage);
    this.#microphone = new MicrophoneView(document, t, intents);
    this.#hint = new HintView(document, t, intents);
    this.#dock = new DockView(document, t, intents, layers);
    this.#sound = new SoundView(document, intents);
    this.#verification = new VerificationDialog(document, t, language, {
      verify: (id, matches) => intents.verify(id, matches),
      announce: (text, name) => this.announce(text, name),
    });
    this.#quality = new QualityPopover(document, t, language, layers);
    this.#people = new PeopleView(document, t, {
      setMutedHere: (id, muted) => intents.setMutedHere(id, muted),
      setVolume: (id, volume) => intents.setVolume(id, volume),
      showQuality: (id, anchor) => this.#quality.toggle(id, anchor),
      showVerification: (id) => this.#verification.show(id),
    });
    this.#invite = new InviteView(document, t, writeClipboard, isLoopback(location.hostname));
    this.#browserOnly = new BrowserDialog(document, t, writeClipboard);
    this.#switch = new SwitchDialog(document);
    connectPrivacyDialog(document);
    connectThemeColor(document);
    this.#full = new FullDialog(document, t, {
      dismissFull: () => intents.dismissFull(),
      joinAgain: () => this.#join.join(),
    });
    this.#ended = new EndedView(document, t, {
      reload: () => intents.reload(),
      showBrowserOnly: () => this.#browserOnly.show(),
    });
    this.#chat = new Chat({
      document,
      t,
      language,
      intents,
      storage: nameStorage,
      timers,
      announce: (text, name) => this.announce(text, name),
    });
    setHidden(byId(document, 'page', HTMLElement), false);
  }

  render(state: PageState): void {
    const end = endOf(state);
    const room = state.kind === 'room' && end === null ? state.room : null;
    setHidden(this.#roomSection, room === null);
    setAttribute(this.#stage, 'data-call', room?.call ?? null);
    this.#status.render(state);
    this.#ended.render(end);
    this.#paste.render(state);
    if (state.kind === 'room') {
      this.#join.render(state.room);
      this.#microphone.render(state.room);
      this.#dock.render(state.room);
      this.#sound.render(state.room);
      this.#quality.render(state.room);
      this.#people.render(state.room);
      this.#invite.render(state.room, state.invite);
      this.#full.render(state.room);
    }
    this.#ambience.setCalm(room?.call === 'joined');
    this.#hint.render(room);
    this.#tellNews(room);
    this.#verification.render(room);
    this.#chat.render(room, state.kind === 'room' ? state.invite : null);
    this.#browserOnly.render(state);
  }

  announce(text: TextKey, name?: string | null): void {
    const shown = name == null ? null : displayName(name);
    this.#announcer.say(this.#t(text, { name: shown ?? this.#t('name.unknown') }));
  }

  /** Asks before a running call is left for another link. */
  askToSwitch(go: () => void): void {
    this.#switch.ask(go);
  }

  showLevel(_level: number): void {}

  #tellNews(room: RoomState | null): void {
    const before = this.#room;
    this.#room = room;
    if (room === null) return;
    const news = roomNewsBetween(before, room);
    if (news.length === 0) return;
    const lines = peopleLines(room);
    for (const item of news) {
      const line = lines.find(({ id }) => id === item.id);
      const name = line === undefined ? this.#t('name.unknown') : spokenName(line, this.#t('name.unknown'));
      if (item.type === 'hand-raised') this.#announcer.say(this.#t('people.hand-raised', { name }));
      else this.#announcer.whisper(this.#t('people.reaction', { name, emoji: item.emoji }));
    }
  }
}
