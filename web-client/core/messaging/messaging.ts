/** Owns messaging, all that is said besides the voice: chat, reactions, and presence, which is hand and microphone. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { ChatBody, PresenceBody } from '../../../main/common/protocol/bodies.ts';
import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { CHAT_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { CHAT_REACTION_RATE, PRESENCE_RATE } from '../../../main/common/protocol/peer-limits.ts';
import type { RecordBody } from '../../../main/common/protocol/record-bodies.ts';
import { LatestThrottle } from '../../../main/common/timing/latest-throttle.ts';
import { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MessageReceiver } from '../mesh/mesh-handler.ts';
import type { MicrophoneState } from '../state/audio-state.ts';
import type { ChatMessage } from '../state/chat-state.ts';
import type { RoomState, SelfState } from '../state/room-state.ts';
import { MessageBus } from './bus.ts';
import { ChatLog } from './chat-log.ts';
import { LocalPresence } from './local-presence.ts';
import { type PresenceView, RemotePresence } from './remote-presence.ts';

export interface MessagingOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly room: () => RoomState;
  readonly onSelf: (self: Pick<SelfState, 'handUp' | 'reaction'>) => void;
  readonly onChat: (messages: readonly ChatMessage[]) => void;
  /** What somebody says of himself changed. */
  readonly onPresence: () => void;
  /** Where the host is, as this person says; not checked. */
  readonly onMoved: (from: string, url: string) => void;
  readonly onFile: (from: string, body: FileBody) => void;
  /** What was sent to this person under this number was taken, or given up. */
  readonly onSettled: (to: string, seq: number, delivered: boolean) => void;
  readonly onRecord: (from: string, body: RecordBody) => void;
  /** The person, or oneself, is gone. */
  readonly onExit: (from: string) => void;
}

export class Messaging implements Disposable {
  readonly #options: MessagingOptions;
  readonly #bus: MessageBus;
  readonly #local: LocalPresence;
  readonly #remote: RemotePresence;
  /** Where the host said last that it is. */
  #hostUrl: string | null = null;
  readonly #chat: ChatLog;
  readonly #presenceThrottle: LatestThrottle<PresenceBody>;
  readonly #reactionThrottle: LatestThrottle<string>;
  readonly #chatReactions: TokenBucket;

  constructor(options: MessagingOptions) {
    this.#options = options;
    this.#presenceThrottle = new LatestThrottle({
      ...options,
      limit: PRESENCE_RATE,
      tell: (presence) => this.#bus.send(presence, { retain: true }),
    });
    this.#reactionThrottle = new LatestThrottle({
      ...options,
      limit: PRESENCE_RATE,
      tell: (emoji) => this.#bus.send({ kind: 'reaction', emoji }),
    });
    this.#chatReactions = new TokenBucket(CHAT_REACTION_RATE, options.clock());
    this.#local = new LocalPresence(options.timers, {
      onPresence: (presence) => this.#presenceThrottle.push(presence),
      onChange: () => options.onSelf(this.#local.view),
    });
    this.#remote = new RemotePresence(options.timers, options.onPresence);
    this.#chat = new ChatLog({
      wallClock: options.wallClock,
      onChange: () => options.onChat(this.#chat.messages),
    });
    this.#bus = new MessageBus({
      handlers: {
        chat: (from, message) => this.#handleChat(from, message),
        'chat-reaction': (from, message) => this.#chat.handleReaction(from, message),
        presence: (from, message) => this.#remote.handlePresence(from, message),
        reaction: (from, message) => this.#remote.handleReaction(from, message),
        moved: (from, { url }) => options.onMoved(from, url),
        'record-ask': options.onRecord,
        'record-answer': options.onRecord,
        'record-state': options.onRecord,
      },
      handleFile: options.onFile,
      handleSettled: (to, seq, delivered) => {
        this.#chat.handleSettled(to, seq, delivered);
        options.onSettled(to, seq, delivered);
      },
      handleExit: (from) => {
        this.#remote.handleExit(from);
        options.onExit(from);
      },
    });
  }

  /** Takes what the others say. */
  get receiver(): MessageReceiver {
    return this.#bus;
  }

  /** The page has its keys: there will be somebody to say something to. */
  attach(mesh: Pick<Mesh, 'send'>): void {
    this.#bus.attach(mesh);
    this.#bus.send(this.#local.body, { retain: true });
  }

  /** What this person says of the moment. */
  presenceOf(id: string): PresenceView {
    return this.#remote.of(id);
  }

  setMicrophone(state: MicrophoneState): void {
    this.#local.setMicrophone(state);
  }

  setHandUp(up: boolean): void {
    if (this.#isIn()) this.#local.setHandUp(up);
  }

  /** It was up before the page was loaded anew: whoever comes in is seen with it at once. */
  restoreHand(up: boolean): void {
    this.#local.setHandUp(up);
  }

  react(emoji: string): void {
    if (!this.#isIn()) return;
    this.#local.showReaction(emoji);
    this.#reactionThrottle.push(emoji);
  }

  sendChat(text: string): void {
    const { self } = this.#options.room();
    if (!this.#isIn() || text.trim() === '' || text.length > CHAT_MAX_UNITS) return;
    this.#chat.write(self.id, self.name, text, (body) => this.#bus.send({ kind: 'chat', ...body }));
  }

  /** A key held down asks for this far too often: what is not told does not happen here either. */
  setChatReaction(key: string, emoji: string, on: boolean): void {
    if (!this.#chatReactions.take(this.#options.clock())) return;
    const change = this.#chat.react(this.#options.room().self.id, key, emoji, on);
    if (change !== null) this.#bus.send(change);
  }

  /** Passes on where the host says it is now, once, to those who may have lost it, and to whoever connects later. */
  sendMoved(url: string): void {
    if (url === this.#hostUrl) return;
    this.#hostUrl = url;
    this.#bus.send({ kind: 'moved', url }, { retain: true });
  }

  /** One goes out: the hand goes down, the chat stays. */
  clear(): void {
    this.#local.clear();
    this.#reactionThrottle.dispose();
  }

  dispose(): void {
    this.#local.dispose();
    this.#remote.dispose();
    this.#presenceThrottle.dispose();
    this.#reactionThrottle.dispose();
  }

  #handleChat(from: string, body: ChatBody): void {
    const author = this.#options.room().participants.find(({ id }) => id === from);
    this.#chat.handleMessage(from, author?.name ?? null, body);
  }

  #isIn(): boolean {
    return this.#options.room().call === 'joined';
  }
}
