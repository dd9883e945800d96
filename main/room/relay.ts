/** Owns the relay of boxes: from who is in to who is in, unopened, and what is answered where it cannot be done. */

import type { Member, Members } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { BoxEvent, SocketId } from './room-events.ts';
import type { RosterNews } from './roster-news.ts';

export interface RelaySetup {
  readonly members: Members;
  readonly outbox: Outbox;
  readonly news: RosterNews;
}

export class Relay {
  readonly #setup: RelaySetup;

  constructor(setup: RelaySetup) {
    this.#setup = setup;
  }

  handle(sender: Member, socket: SocketId, { type, to, box }: BoxEvent['message']): void {
    const { members, outbox, news } = this.#setup;
    if (sender.name === null) {
      outbox.send([socket], { type: 'error', code: 'not-joined' });
      return;
    }
    const recipient = members.joined.find(({ id }) => id === to);
    if (!recipient || recipient === sender) {
      outbox.send([socket], { type: 'error', code: 'unknown-recipient' });
    } else if (recipient.socket !== null) {
      news.sendForSender(sender, recipient);
      outbox.send([recipient.socket], { type, from: sender.id, box });
    }
    // For someone who is away it is lost here: the pair's stream sends it again.
  }
}
