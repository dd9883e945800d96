/** Owns what is seen and done in a call beside the chat: people, the own hand and reactions, keys, hints, what is told. */

import '../../styles/slider.css';
import '../../styles/popovers.css';
import '../../styles/participants.css';
import '../../styles/cards.css';
import '../../styles/verification.css';
import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import type { ParticipantIntents } from '../people/participant-card.ts';
import { PeopleView } from '../people/people-view.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import type { Announcer } from '../shell/announcer.ts';
import type { Overlays } from '../shell/overlays.ts';
import { AutoplayBanner, MicrophoneHintView } from './banners.ts';
import { FullDialog } from './full-dialog.ts';
import { ReactionBar } from './reaction-bar.ts';
import { RoomAnnouncer } from './room-announcer.ts';
import { Shortcuts } from './shortcuts.ts';
import { TalkHint } from './talk-hint.ts';

export interface CallViewsOptions {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  readonly intents: PageIntents;
  readonly cards: ParticipantIntents;
  /** As the Join button does. */
  readonly joinAgain: () => void;
  readonly layers: Overlays;
  readonly announcer: Announcer;
  readonly preferences: PreferenceStore;
  readonly keyNames: KeyNames;
}

export class CallViews {
  readonly #full: FullDialog;
  readonly #sound: AutoplayBanner;
  readonly #dock: ReactionBar;
  readonly #people: PeopleView;
  readonly #hint: MicrophoneHintView;
  readonly #talkHint: TalkHint;
  readonly #shortcuts: Shortcuts;
  readonly #news: RoomAnnouncer;

  constructor(options: CallViewsOptions) {
    const { document, t, intents, cards, joinAgain, layers, announcer, preferences, keyNames } = options;
    this.#full = new FullDialog(document, t, { dismissFull: () => intents.dismissFull(), joinAgain });
    this.#sound = new AutoplayBanner(document, intents);
    this.#dock = new ReactionBar(document, t, intents, layers);
    this.#people = new PeopleView(document, t, cards);
    this.#hint = new MicrophoneHintView(document, t, intents);
    this.#talkHint = new TalkHint(document, t, preferences, keyNames);
    this.#shortcuts = new Shortcuts(document, intents, preferences);
    this.#news = new RoomAnnouncer(t, announcer);
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    if (room !== null) {
      this.#full.render(room);
      this.#sound.render(room);
      this.#dock.render(room);
      this.#people.render(room);
    }
    this.#hint.render(room);
    this.#news.render(room);
    this.#talkHint.render(room);
    this.#shortcuts.render(room);
  }

  handleLanguage(): void {
    this.#people.handleLanguage();
  }
}
