/** Owns the composer, the field one writes in: sending, its counter, what is inserted, and why it is closed. */

import { CHAT_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { EmojiPicker } from '../emoji/emoji-picker.ts';
import { byId, setAttribute, setText } from '../shell/dom.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatNames } from './chat-names.ts';
import { MentionPopup } from './mention-popup.ts';

/** From here on it is counted before one's eyes. */
export const COUNTED_UNITS = 1_800;

/** What can be done with what is typed. */
export type Composing =
  /** Nobody would read it. */
  | { readonly kind: 'closed'; readonly reason: 'alone' | 'outside' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'ready'; readonly text: string; readonly units: number }
  | { readonly kind: 'too-long'; readonly units: number; readonly excess: number };

export function composing(
  typed: string,
  room: Pick<RoomState, 'call'> & { readonly participants: readonly unknown[] },
): Composing {
  if (room.call !== 'joined') return { kind: 'closed', reason: 'outside' };
  if (room.participants.length === 0) return { kind: 'closed', reason: 'alone' };
  const text = typed.trim();
  if (text === '') return { kind: 'blank' };
  const units = text.length;
  return units > CHAT_MAX_UNITS
    ? { kind: 'too-long', units, excess: units - CHAT_MAX_UNITS }
    : { kind: 'ready', text, units };
}

/** What an input method sends for a key that is its own. */
const INPUT_METHOD_KEY_CODE = 229;

export class Composer {
  readonly #context: ChatContext;
  readonly #field: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #note: HTMLElement;
  readonly #counter: HTMLElement;
  readonly #mentions: MentionPopup;
  readonly #handleSent: () => void;
  #room: Pick<RoomState, 'call' | 'participants'> = { call: 'out', participants: [] };
  /** Sending was tried and could not be: it is said why until that changes. */
  #refused = false;

  constructor(context: ChatContext, picker: EmojiPicker, handleSent: () => void) {
    const { document: root } = context;
    this.#context = context;
    this.#handleSent = handleSent;
    this.#field = byId(root, 'chat-input', HTMLTextAreaElement);
    this.#send = byId(root, 'chat-send', HTMLButtonElement);
    this.#note = byId(root, 'chat-note', HTMLElement);
    this.#counter = byId(root, 'chat-counter', HTMLElement);
    this.#mentions = new MentionPopup(context, this.#field, (start, text) => {
      this.#replace(start, this.#field.selectionStart, text);
      this.#field.focus();
    });
    const emoji = byId(root, 'chat-emoji', HTMLButtonElement);
    setAttribute(this.#field, 'enterkeyhint', this.#enterSends ? 'send' : 'enter');

    this.#field.addEventListener('input', () => this.#handleInput());
    this.#field.addEventListener('keydown', (event) => this.#handleKey(event));
    // The focus, and with it the keyboard of a phone, stays in the field.
    this.#send.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#send.addEventListener('mousedown', (event) => event.preventDefault());
    byId(root, 'chat-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#trySend();
    });
    emoji.addEventListener('click', () =>
      picker.open(emoji, (chosen, staysOpen) => this.#insertEmoji(chosen, staysOpen)),
    );
  }

  render(room: RoomState, names: ChatNames): void {
    this.#room = room;
    setAttribute(this.#field, 'placeholder', this.#context.t('chat.message'));
    this.#mentions.setPeople(names.present, names.selfId);
    this.#renderState();
  }

  focus(): void {
    this.#field.focus();
  }

  /** On a phone the keyboard has no other way to a new line; there the button sends, as in every messenger. */
  get #enterSends(): boolean {
    return this.#context.document.defaultView?.matchMedia('(pointer: coarse)').matches !== true;
  }

  #handleInput(): void {
    this.#refused = false;
    this.#fitHeight();
    this.#mentions.update();
    this.#renderState();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === INPUT_METHOD_KEY_CODE) return;
    if (this.#mentions.handleKey(event) || event.key !== 'Enter') return;
    const byKey = event.ctrlKey || event.metaKey || (this.#enterSends && !event.shiftKey && !event.altKey);
    if (!byKey) return;
    event.preventDefault();
    if (!event.repeat) this.#trySend();
  }

  #trySend(): void {
    const state = composing(this.#field.value, this.#room);
    this.#refused = state.kind === 'too-long';
    if (state.kind === 'ready') {
      this.#field.value = '';
      this.#context.intents.sendChat(state.text);
      this.#handleInput();
      this.#handleSent();
    }
    this.#renderState();
    this.#field.focus();
  }

  #insertEmoji(emoji: string, staysOpen: boolean): void {
    const { selectionStart, selectionEnd } = this.#field;
    this.#replace(selectionStart, selectionEnd, emoji);
    if (!staysOpen) this.#field.focus();
  }

  /** The caret ends behind what was put in. */
  #replace(start: number, end: number, text: string): void {
    this.#field.setRangeText(text, start, end, 'end');
    this.#handleInput();
  }

  #renderState(): void {
    const state = composing(this.#field.value, this.#room);
    const closed = state.kind === 'closed';
    // Not disabled: that would take away the focus, and with it a draft that is being written.
    this.#field.readOnly = closed;
    setAttribute(this.#field, 'aria-disabled', closed ? 'true' : null);
    setAttribute(this.#field, 'aria-invalid', state.kind === 'too-long' ? 'true' : null);
    // With too long a text it can be pressed: it says why it does not go.
    setAttribute(this.#send, 'aria-disabled', closed || state.kind === 'blank' ? 'true' : null);
    setText(this.#note, this.#noteText(state));
    setAttribute(this.#note, 'data-tone', state.kind === 'too-long' ? 'problem' : null);
    setText(this.#counter, this.#counterText(state));
    setAttribute(this.#counter, 'data-tone', state.kind === 'too-long' ? 'problem' : null);
  }

  #noteText(state: Composing): string {
    const { t } = this.#context;
    if (state.kind === 'closed') return t(`chat.${state.reason}`);
    return state.kind === 'too-long' && this.#refused ? t('chat.too-long', { count: state.excess }) : '';
  }

  #counterText(state: Composing): string {
    if (state.kind !== 'ready' && state.kind !== 'too-long') return '';
    if (state.units < COUNTED_UNITS) return '';
    return this.#context.t('chat.counter', { count: state.units, max: CHAT_MAX_UNITS });
  }

  /** As high as its text; the stylesheet ends that at some lines. */
  #fitHeight(): void {
    this.#field.style.setProperty('height', 'auto');
    const { scrollHeight, offsetHeight, clientHeight } = this.#field;
    const edges = offsetHeight - clientHeight;
    if (scrollHeight > 0) this.#field.style.setProperty('height', `${scrollHeight + edges}px`);
  }
}
