/** Owns what is said besides the voice: chat, emoji, the own hand and whether the own microphone is open. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { ChatBody, ChatReactionBody, PresenceBody } from '../../../main/common/protocol/bodies.ts';
import { CHAT_MAX_UNITS, CHAT_REACTING, TELLING } from '../../../main/common/protocol/limits.ts';
import { LatestThrottle } from '../../../main/common/timing/latest-throttle.ts';
import { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MicrophoneState } from '../state/audio-state.ts';
import type { ChatMessage } from '../state/chat-state.ts';
import type { QuickReaction, RoomState } from '../state/room-state.ts';
import { ChatLog } from './chat-log.ts';
import { LocalPresence } from './local-presence.ts';

export interface MessagingOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  /** null until the page has its keys. */
  readonly mesh: () => Pick<Mesh, 'setPresence' | 'tell' | 'sendChat'> | null;
  readonly room: () => RoomState;
  readonly onSelf: (self: { readonly handUp: boolean; readonly reaction: QuickReaction | null }) => void;
  readonly onChat: (messages: readonly ChatMessage[]) => void;
}

export class Messaging implements Disposable {
  readonly #options: MessagingOptions;
  readonly #presence: LocalPresence;
  readonly #chat: ChatLog;
  readonly #toldPresence: LatestThrottle<PresenceBody>;
  readonly #toldReaction: LatestThrottle<string>;
  readonly #chatReacting: TokenBucket;

  constructor(options: MessagingOptions) {
    this.#options = options;
    this.#toldPresence = new LatestThrottle({
      ...options,
      limit: TELLING,
      tell: (presence) => options.mesh()?.setPresence(presence),
    });
    this.#toldReaction = new LatestThrottle({
      ...options,
      limit: TELLING,
      tell: (emoji) => options.mesh()?.tell({ kind: 'reaction', emoji }),
    });
    this.#chatReacting = new TokenBucket(CHAT_REACTING, options.clock());
    this.#presence = new LocalPresence(options.timers, {
      onPresence: (presence) => this.#toldPresence.push(presence),
      onChange: () => options.onSelf(this.#presence.view),
    });
    this.#chat = new ChatLog({
      wallClock: options.wallClock,
      onChange: () => options.onChat(this.#chat.messages),
    });
  }

  /** What the others are told of one's microphone and hand. */
  get presence(): PresenceBody {
    return this.#presence.body;
  }

  setMicrophone(state: MicrophoneState): void {
    this.#presence.setMicrophone(state);
  }

  setHandUp(up: boolean): void {
    if (this.#isIn()) this.#presence.setHandUp(up);
  }

  react(emoji: string): void {
    if (!this.#isIn()) return;
    this.#presence.showReaction(emoji);
    this.#toldReaction.push(emoji);
  }

  sendChat(text: string): void {
    const { self } = this.#options.room();
    const mesh = this.#options.mesh();
    if (mesh === null || !this.#isIn() || text.trim() === '' || text.length > CHAT_MAX_UNITS) return;
    this.#chat.write(self.id, self.name, text, (body) => mesh.sendChat(body));
  }

  /** A key held down asks for this far too often: what is not told does not happen here either. */
  setChatReaction(key: string, emoji: string, on: boolean): void {
    if (!this.#chatReacting.take(this.#options.clock())) return;
    const told = this.#chat.react(this.#options.room().self.id, key, emoji, on);
    if (told !== null) this.#options.mesh()?.tell(told);
  }

  handleChat(from: string, body: ChatBody): void {
    const author = this.#options.room().participants.find(({ id }) => id === from);
    this.#chat.handleMessage(from, author?.name ?? null, body);
  }

  handleChatReaction(from: string, body: ChatReactionBody): void {
    this.#chat.handleReaction(from, body);
  }

  /** What was sent to `to` under `seq` was taken, or given up. */
  handleSettled(to: string, seq: number, delivered: boolean): void {
    this.#chat.handleSettled(to, seq, delivered);
  }

  /** One goes out: the hand goes down, the chat stays. */
  clear(): void {
    this.#presence.clear();
    this.#toldReaction.dispose();
  }

  dispose(): void {
    this.#presence.dispose();
    this.#toldPresence.dispose();
    this.#toldReaction.dispose();
  }

  #isIn(): boolean {
    return this.#options.room().call === 'joined';
  }
}
