/**
 * Owns a relay that has turned hostile: it sees and keeps all that passes between pages and room, and puts in what it likes.
 * It is the host's own program, so that its words are proven; a tunnel on the way can do no more than it.
 */

import { type Bytes, fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import type { RosterEntry, ServerMessage, SignalType } from '../../../main/common/protocol/messages.ts';
import type { CallWorld } from './call-world.ts';

/** A box as it passes; ids are base64url. */
export interface SeenBox {
  /** As the message says; the box has its own word on it. */
  readonly type: SignalType;
  readonly from: string;
  readonly to: string;
  readonly box: Bytes;
}

export class HostileRelay {
  /** Every frame, both ways, as it came. */
  readonly frames: string[] = [];
  readonly boxes: SeenBox[] = [];
  /** The newest roster the room told anybody. */
  roster: readonly RosterEntry[] = [];
  /** What is delivered in the place of a box. */
  onBox: (seen: SeenBox) => readonly SeenBox[] = (seen) => [seen];
  /** What is told to a page (base64url id) in the place of a roster. */
  onRoster: (roster: readonly RosterEntry[], to: string) => readonly RosterEntry[] = (roster) => roster;
  readonly #world: CallWorld;

  constructor(world: CallWorld) {
    this.#world = world;
    world.server.fromPage = (message) => {
      this.frames.push(JSON.stringify(message));
      return message;
    };
    world.server.toPage = (message, side) => {
      this.frames.push(JSON.stringify(message));
      return this.#pass(message, side.pageId ?? '');
    };
  }

  /** Delivers a box to `to`, if that page is there. */
  inject({ type, from, to, box }: SeenBox): void {
    this.tell(to, { type, from, box: toBase64Url(box) });
  }

  /** Tells a page anything at all. */
  tell(to: string, message: ServerMessage): void {
    const side = this.#world.server.open.find(({ pageId }) => pageId === to);
    if (side) this.#world.server.say(side, message);
  }

  /** Tells a page a roster of the relay's own making. */
  tellRoster(to: string, roster: readonly RosterEntry[]): void {
    this.tell(to, { type: 'roster', roster: [...roster], revision: 1_000 });
  }

  entry(id: string): RosterEntry {
    const found = this.roster.find((entry) => entry.id === id);
    if (found === undefined) throw new Error('not in the roster');
    return found;
  }

  #pass(message: ServerMessage, to: string): ServerMessage | null {
    if ('box' in message) {
      const box = fromBase64Url(message.box) ?? new Uint8Array();
      const seen = { type: message.type, from: message.from, to, box };
      this.boxes.push(seen);
      for (const delivered of this.onBox(seen)) this.inject(delivered);
      return null;
    }
    if (message.type !== 'roster' && message.type !== 'hello') return message;
    this.roster = message.roster;
    return { ...message, roster: [...this.onRoster(message.roster, to)] };
  }
}
