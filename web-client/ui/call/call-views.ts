/** Owns the views of a call beside the chat: participants, reaction bar, shortcuts, hints, announcements. */

import '../../styles/call-layout.css';
import '../../styles/dock.css';
import '../../styles/hints.css';
import '../../styles/invite.css';
import '../../styles/slider.css';
import '../../styles/popovers.css';
import '../../styles/participants.css';
import '../../styles/cards.css';
import '../../styles/verification.css';
import type { RoomState } from '../../core/state/room-state.ts';
import type { PageIntents } from '../intents.ts';
import type { ParticipantIntents } from '../people/participant-card.ts';
import { PeopleView } from '../people/people-view.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import type { Announcer } from '../shell/announcer.ts';
import type { ViewContext } from '../shell/view-context.ts';
import { AutoplayBanner, MicrophoneHintView } from './banners.ts';
import { FullDialog } from './full-dialog.ts';
import { ReactionBar } from './reaction-bar.ts';
import { RoomAnnouncer } from './room-announcer.ts';
import { Shortcuts } from './shortcuts.ts';
import { TalkHint } from './talk-hint.ts';

export interface CallViewsOptions extends Pick<ViewContext, 'document' | 't' | 'overlays'> {
  readonly intents: PageIntents;
  readonly cards: ParticipantIntents;
  /** As the Join button does. */
  readonly joinAgain: () => void;
  readonly announcer: Announcer;
  readonly preferences: PreferenceStore;
  readonly keyNames: KeyNames;
}

export class CallViews {
  readonly #full: FullDialog;
  readonly #autoplayBanner: AutoplayBanner;
  readonly #reactionBar: ReactionBar;
  readonly #people: PeopleView;
  readonly #hint: MicrophoneHintView;
  readonly #talkHint: TalkHint;
  readonly #shortcuts: Shortcuts;
  readonly #announcer: RoomAnnouncer;

  constructor(options: CallViewsOptions) {
    const { document, t, intents, cards, joinAgain, overlays, announcer, preferences, keyNames } = options;
    this.#full = new FullDialog(document, t, { dismissFull: () => intents.dismissFull(), joinAgain });
    this.#autoplayBanner = new AutoplayBanner(document, intents);
    this.#reactionBar = new ReactionBar(document, t, intents, overlays);
    this.#people = new PeopleView(document, t, cards);
    this.#hint = new MicrophoneHintView(document, t, intents);
    this.#talkHint = new TalkHint(document, t, preferences, keyNames);
    this.#shortcuts = new Shortcuts(document, intents, preferences);
    this.#announcer = new RoomAnnouncer(t, announcer);
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    if (room !== null) {
      this.#full.render(room);
      this.#autoplayBanner.render(room);
      this.#reactionBar.render(room);
      this.#people.render(room);
    }
    this.#hint.render(room);
    this.#announcer.render(room);
    this.#talkHint.render(room);
    this.#shortcuts.render(room);
  }

  handleLanguage(): void {
    this.#people.handleLanguage();
  }
}
