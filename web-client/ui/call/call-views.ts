/** Owns all that shows a call: microphone, participants, link to pass on, reactions, chat, files, recordings, shortcuts, hints, announcements, the ground. */

import '../../styles/call-tokens.css';
import '../../styles/call-layout.css';
import '../../styles/dock.css';
import '../../styles/door.css';
import '../../styles/hints.css';
import '../../styles/invite.css';
import '../../styles/slider.css';
import '../../styles/popovers.css';
import '../../styles/participants.css';
import '../../styles/cards.css';
import '../../styles/verification.css';
import type { CallBridge } from '../../../main/common/call-api/bridge.ts';
import type { Cue } from '../../core/call-intents.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { LazyChat } from '../chat/lazy-chat.ts';
import { LazyFiles } from '../files/lazy-files.ts';
import type { PageIntents } from '../intents.ts';
import { PeopleView } from '../people/people-view.ts';
import { QualityPopover } from '../people/quality-popover.ts';
import { VerificationDialog } from '../people/verification-dialog.ts';
import { VerifiedAppPopover } from '../people/verified-app-popover.ts';
import type { PageStorage } from '../preferences/browser-storage.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import { LazyRecording } from '../recording/lazy-recording.ts';
import type { Announcer } from '../shell/announcer.ts';
import type { WriteClipboard } from '../shell/copy-row.ts';
import { Overlays } from '../shell/overlays.ts';
import type { ViewContext } from '../shell/view-context.ts';
import { Background } from './background.ts';
import { AutoplayBanner, MicrophoneHintView } from './banners.ts';
import { DoorView } from './door-view.ts';
import { FullDialog } from './full-dialog.ts';
import { GlobalTalkKey } from './global-talk.ts';
import { InviteView } from './invite-view.ts';
import { MicrophoneView } from './microphone-view.ts';
import { type OwnDoorCommand, OwnDoorView } from './own-door-view.ts';
import { ReactionBar } from './reaction-bar.ts';
import { RoomAnnouncer } from './room-announcer.ts';
import { Shortcuts } from './shortcuts.ts';
import { TalkHint } from './talk-hint.ts';

export interface CallViewsOptions extends Omit<ViewContext, 'overlays'> {
  /** Settles when the texts of a call are in `t`, and its markup in the document. */
  readonly loadTexts: () => Promise<void>;
  readonly intents: PageIntents;
  /** As the Join button does. */
  readonly joinAgain: () => void;
  readonly announcer: Announcer;
  readonly announce: (text: TextKey, name?: string | null) => void;
  readonly playCue: (cue: Cue) => void;
  readonly tellMention: (name: string | null, text: string) => void;
  /** How many messages and files nobody has seen. */
  readonly setUnseen: (count: number) => void;
  readonly preferences: PreferenceStore;
  /** For the emoji used last. */
  readonly storage: PageStorage;
  readonly keyNames: KeyNames;
  readonly writeClipboard: WriteClipboard;
  /** null in a browser. With the app, one's own card says so, keys are heard outside the window, and the host lets people in. */
  readonly app: Pick<CallBridge, 'setGlobalKey' | 'onEvent' | 'notify' | OwnDoorCommand> | null;
}

export class CallViews {
  readonly #background: Background;
  readonly #microphone: MicrophoneView;
  readonly #invite: InviteView;
  readonly #quality: QualityPopover;
  readonly #verification: VerificationDialog;
  readonly #chat: LazyChat;
  readonly #files: LazyFiles;
  readonly #full: FullDialog;
  readonly #door: DoorView;
  readonly #autoplayBanner: AutoplayBanner;
  readonly #reactionBar: ReactionBar;
  readonly #people: PeopleView;
  readonly #recording: LazyRecording;
  readonly #hint: MicrophoneHintView;
  readonly #talkHint: TalkHint;
  readonly #shortcuts: Shortcuts;
  readonly #globalTalk: GlobalTalkKey | null;
  readonly #ownDoor: OwnDoorView | null;
  readonly #announcer: RoomAnnouncer;

  constructor(options: CallViewsOptions) {
    const { document, t, language, intents, joinAgain, announcer, preferences, keyNames } = options;
    const overlays = new Overlays(document);
    this.#background = new Background(document, options.timers);
    this.#microphone = new MicrophoneView(document, t, intents);
    this.#invite = new InviteView(document, t, options.writeClipboard, options.app !== null);
    const unseen = { messages: 0, files: 0 };
    const setUnseen = (part: Partial<typeof unseen>) => {
      Object.assign(unseen, part);
      options.setUnseen(unseen.messages + unseen.files);
    };
    this.#chat = new LazyChat({ ...options, overlays, setUnseen: (messages) => setUnseen({ messages }) });
    this.#files = new LazyFiles({
      ...{ ...options, overlays },
      inApp: options.app !== null,
      tellOffer: (name, file) => void options.app?.notify({ kind: 'offered', name: name ?? '', text: file }),
      setUnseenFiles: (files) => setUnseen({ files }),
    });
    this.#quality = new QualityPopover(document, t, language, overlays, {
      userAgent: document.defaultView?.navigator.userAgent ?? '',
      write: options.writeClipboard,
    });
    this.#verification = new VerificationDialog(document, t, language, {
      verify: (id, matches) => intents.verify(id, matches),
      announce: options.announce,
    });
    const verifiedApp = new VerifiedAppPopover(document, t, overlays);
    this.#full = new FullDialog(document, t, { dismissFull: () => intents.dismissFull(), joinAgain });
    this.#door = new DoorView(document, t, options.playCue);
    this.#autoplayBanner = new AutoplayBanner(document, intents);
    this.#reactionBar = new ReactionBar(document, t, intents, overlays);
    this.#people = new PeopleView(document, t, {
      setMutedHere: (id, muted) => intents.setMutedHere(id, muted),
      setVolume: (id, volume) => intents.setVolume(id, volume),
      sendFilesTo: (id) => this.#files.choose(id),
      showQuality: (id, anchor) => this.#quality.toggle(id, anchor),
      showVerification: (id) => this.#verification.show(id),
      showVerifiedApp: options.app !== null ? (anchor) => verifiedApp.toggle(anchor) : null,
    });
    this.#recording = new LazyRecording(options);
    this.#hint = new MicrophoneHintView(document, t, intents);
    this.#talkHint = new TalkHint(document, t, preferences, keyNames);
    this.#shortcuts = new Shortcuts(document, intents, preferences);
    const { app, announce } = options;
    this.#globalTalk =
      app &&
      new GlobalTalkKey({
        ...options,
        app,
        onState: (state) => this.#talkHint.setEverywhere(state),
        onLost: () => announce('talk.not-heard'),
      });
    const onOwn = (isOwn: boolean) => this.#full.setOwn(isOwn);
    this.#ownDoor = app && new OwnDoorView({ document, t, app, announcer, onOwn });
    this.#announcer = new RoomAnnouncer(t, announcer);
  }

  /** `room` is null where there is no call; `invite` is the link of this room. */
  render(room: RoomState | null, invite: string | null): void {
    // Before the cards are drawn, with which an open popover may go.
    this.#quality.render(room);
    this.#verification.render(room);
    if (room !== null) {
      this.#microphone.render(room);
      this.#invite.render(room, invite);
      this.#full.render(room);
      this.#autoplayBanner.render(room);
      this.#reactionBar.render(room);
      this.#people.render(room);
    }
    this.#recording.render(room);
    this.#door.render(room);
    this.#hint.render(room);
    this.#announcer.render(room);
    this.#talkHint.render(room);
    this.#shortcuts.render(room);
    this.#globalTalk?.render(room);
    this.#ownDoor?.render(room);
    this.#chat.render(room, invite);
    this.#files.render(room);
    this.#background.setCalm(room !== null && room.call !== 'out');
  }

  /** Stops what moves until the next state. */
  rest(): void {
    this.#background.pause();
  }

  handleLanguage(): void {
    this.#people.handleLanguage();
    this.#recording.handleLanguage();
    this.#ownDoor?.handleLanguage();
    this.#chat.handleLanguage();
    this.#files.handleLanguage();
  }
}
