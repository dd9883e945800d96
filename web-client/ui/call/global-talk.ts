import type { CallBridge } from '../../../main/common/call-api/bridge.ts';
import type { GlobalKeyState } from '../../../main/common/call-api/global-key.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { PageIntents } from '../intents.ts';
import type { GlobalTalk, PreferenceStore } from '../preferences/preference-store.ts';
import { hasModifier, isModifier, type KeyNames, writesText } from '../preferences/push-to-talk-key.ts';
import { hasDialog, isTyping } from './shortcuts.ts';

export interface GlobalTalkOptions {
  readonly document: Document;
  readonly app: Pick<CallBridge, 'setGlobalKey' | 'onEvent'>;
  readonly intents: Pick<PageIntents, 'setTalkKeyHeld' | 'setMuteKeyHeld' | 'setMicrophoneMuted'>;
  readonly preferences: PreferenceStore;
  readonly keyNames: KeyNames;
  readonly onState: (state: GlobalKeyState) => void;
  /** It ended by itself, during a call. */
  readonly onLost: () => void;
}

export class GlobalTalkKey {
  readonly #options: GlobalTalkOptions;
  #state: GlobalKeyState = 'off';
  /** What the key does that is held. */
  #held: GlobalTalk = 'off';
  #live = false;

  constructor(options: GlobalTalkOptions) {
    this.#options = options;
    const { document, app, preferences, keyNames } = options;
    app.onEvent((event) => {
      if (event.type === 'talk-key') this.#handleKey(event.held);
      if (event.type === 'global-key') this.#handleLost(event.state);
    });
    preferences.onChange(({ before, after }) => {
      if (before.globalTalk === after.globalTalk && before.globalKey === after.globalKey) return;
      this.#setHeld('off');
      void this.#ask();
    });
    // The person was in the system's settings meanwhile.
    document.defaultView?.addEventListener('focus', () => {
      if (this.#state === 'no-permission') void this.#ask();
    });
    for (const type of ['keydown', 'keyup'] as const)
      document.addEventListener(type, (event) => this.#keepFromPage(event), true);
    void keyNames.settled.then(() => this.#ask());
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    const live = room?.call === 'joined' && room.microphone.phase === 'live';
    if (live && !this.#live && this.#state === 'failed') void this.#ask();
    this.#live = live;
    if (!live) this.#setHeld('off');
  }

  async #ask(): Promise<void> {
    const { app, preferences, keyNames } = this.#options;
    const { globalTalk, globalKey } = preferences.value;
    const wanted = globalTalk !== 'off';
    const answer = await app.setGlobalKey(
      wanted ? { code: globalKey, printed: keyNames.printedOn(globalKey) } : null,
    );
    this.#setState(answer.ok ? answer.value : 'failed');
  }

  #setState(state: GlobalKeyState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #handleKey(held: boolean): void {
    if (!held) this.#setHeld('off');
    else if (this.#live && !this.#isThePages()) this.#setHeld(this.#options.preferences.value.globalTalk);
  }

  /** Whoever holds a key to be muted stays so, for its end will not be heard. */
  #handleLost(state: GlobalKeyState): void {
    const { intents, onLost } = this.#options;
    if (this.#held === 'mute') intents.setMicrophoneMuted(true);
    this.#setHeld('off');
    this.#setState(state);
    if (this.#live) onLost();
  }

  #setHeld(held: GlobalTalk): void {
    const { intents } = this.#options;
    const before = this.#held;
    if (held === before) return;
    this.#held = held;
    if (before === 'mute' || held === 'mute') intents.setMuteKeyHeld(held === 'mute');
    if (before === 'talk' || held === 'talk') intents.setTalkKeyHeld(held === 'talk', 'everywhere');
  }

  /** Whether a press of the key now is meant for this page: it has the focus, and writes or answers a dialog. */
  #isThePages(): boolean {
    const { document, preferences } = this.#options;
    if (!document.hasFocus()) return false;
    const writes = isTyping(document.activeElement) && writesText(preferences.value.globalKey);
    return writes || hasDialog(document);
  }

  /** The app hears it: here it neither presses a button nor scrolls, nor is it a shortcut. */
  #keepFromPage(event: KeyboardEvent): void {
    const { code } = event;
    if (this.#state !== 'on' || code !== this.#options.preferences.value.globalKey) return;
    const alone = isModifier(code) || !hasModifier(event);
    if (this.#held === 'off' && !(this.#live && alone && !this.#isThePages())) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
