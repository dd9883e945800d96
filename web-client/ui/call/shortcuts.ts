/** Owns the keyboard shortcuts that work in the call wherever the focus is: M for the microphone, and the one that is held to talk. */

import type { RoomState } from '../../core/state/room-state.ts';
import type { PageIntents } from '../intents.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import { hasModifier, isMuteKey, type KeyPress } from '../preferences/push-to-talk-key.ts';
import { byId, setAttribute } from '../shell/dom.ts';

export interface KeyContext {
  /** In the call with a microphone, muted or not. */
  readonly live: boolean;
  /** The focus is where keys write or choose something. */
  readonly typing: boolean;
  /** A dialog lies over the page. */
  readonly dialog: boolean;
  /** KeyboardEvent.code; null while push to talk is off. */
  readonly talkKey: string | null;
  readonly held: boolean;
}

export type KeyAction =
  /** The browser's. */
  | 'none'
  /** Nobody's: it neither presses a button nor scrolls. */
  | 'swallow'
  | 'toggle'
  | 'hold'
  | 'release';

export function keyDownAction(press: KeyPress, context: KeyContext): KeyAction {
  const { live, typing, dialog, talkKey, held } = context;
  // macOS keeps the end of a key to itself while Cmd is down.
  if (held && press.metaKey) return 'release';
  if (held && press.code === talkKey) return 'swallow';
  if (!live || dialog || typing || press.isComposing || hasModifier(press)) return 'none';
  if (press.code === talkKey) return press.repeat ? 'swallow' : 'hold';
  if (!isMuteKey(press)) return 'none';
  return press.repeat ? 'swallow' : 'toggle';
}

export function keyUpAction({ code }: Pick<KeyPress, 'code'>, context: KeyContext): KeyAction {
  const { live, typing, dialog, talkKey, held } = context;
  if (code !== talkKey) return 'none';
  if (held) return 'release';
  return live && !typing && !dialog ? 'swallow' : 'none';
}

/** Inputs in which a letter or a space means nothing. */
const WORDLESS_INPUTS = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];

export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WORDLESS_INPUTS.includes(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** A dialog lies over the page. */
export function hasDialog(root: Document): boolean {
  return root.querySelector('dialog:modal') !== null;
}

export type ShortcutIntents = Pick<PageIntents, 'setMicrophoneMuted' | 'setTalkKeyHeld'>;

/** Lets the key go with whatever could keep its end from the page: another window, another tab, a dialog. */
export class Shortcuts {
  readonly #document: Document;
  readonly #intents: ShortcutIntents;
  readonly #preferences: PreferenceStore;
  #live = false;
  #muted = false;
  #held = false;

  constructor(root: Document, intents: ShortcutIntents, preferences: PreferenceStore) {
    this.#document = root;
    this.#intents = intents;
    this.#preferences = preferences;
    setAttribute(byId(root, 'microphone-toggle', HTMLButtonElement), 'aria-keyshortcuts', 'M');
    root.addEventListener('keydown', (event) =>
      this.#take(event, keyDownAction(event, this.#context(event))),
    );
    root.addEventListener('keyup', (event) => this.#take(event, keyUpAction(event, this.#context(event))));
    root.addEventListener('visibilitychange', () => this.#setHeld(false));
    root.addEventListener('focusin', () => {
      if (hasDialog(root)) this.#setHeld(false);
    });
    root.defaultView?.addEventListener('blur', () => this.#setHeld(false));
    preferences.onChange(({ before, after }) => {
      if (before.talkKey !== after.talkKey || !after.pushToTalk) this.#setHeld(false);
    });
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    const microphone = room === null || room.call === 'out' ? null : room.microphone;
    this.#live = microphone?.phase === 'live';
    this.#muted = microphone?.phase === 'live' && microphone.muted;
    if (!this.#live) this.#setHeld(false);
  }

  #context({ target }: Event): KeyContext {
    const { pushToTalk, talkKey } = this.#preferences.value;
    return {
      live: this.#live,
      typing: isTyping(target),
      dialog: hasDialog(this.#document),
      talkKey: pushToTalk ? talkKey : null,
      held: this.#held,
    };
  }

  #take(event: Event, action: KeyAction): void {
    if (action === 'none' || event.defaultPrevented) return;
    // Cmd stays the browser's. The end of the key does not: Firefox would press the button that has the focus.
    if (action !== 'release' || event.type === 'keyup') event.preventDefault();
    if (action === 'toggle') this.#intents.setMicrophoneMuted(!this.#muted);
    else if (action !== 'swallow') this.#setHeld(action === 'hold');
  }

  #setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#intents.setTalkKeyHeld(held);
  }
}
