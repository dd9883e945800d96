/** Owns the pace of roster messages: at once after quiet, then so many times a second, the newest one only. */

import { ROSTERS_BURST, ROSTERS_OUTSIDE_PER_SECOND, ROSTERS_PER_SECOND } from '../common/protocol/limits.ts';
import { TokenBucket } from '../common/timing/token-bucket.ts';
import type { Member, Members } from './members.ts';
import type { Outbox } from './outbox.ts';

interface Audience {
  readonly isIn: boolean;
  readonly bucket: TokenBucket;
}

export class RosterNews {
  readonly #members: Members;
  readonly #outbox: Outbox;
  readonly #audiences: readonly Audience[] = [
    { isIn: true, bucket: new TokenBucket({ perSecond: ROSTERS_PER_SECOND, burst: ROSTERS_BURST }, 0) },
    { isIn: false, bucket: new TokenBucket({ perSecond: ROSTERS_OUTSIDE_PER_SECOND, burst: 1 }, 0) },
  ];
  #revision = 0;

  constructor(members: Members, outbox: Outbox) {
    this.#members = members;
    this.#outbox = outbox;
  }

  /** Rises with every change of the roster, sent or not. */
  get revision(): number {
    return this.#revision;
  }

  change(): void {
    this.#revision++;
  }

  /** Sends the roster to everyone for whom it is due by now. */
  sendDue(nowMs: number): void {
    for (const { isIn, bucket } of this.#audiences) {
      const behind = this.#behind(isIn);
      if (behind.length > 0 && bucket.take(nowMs)) this.#send(behind);
    }
  }

  sendNow(member: Member): void {
    if (this.#isBehind(member)) this.#send([member]);
  }

  /** Nobody gets a box of somebody whom no roster has listed for them. */
  sendForSender(sender: Member, recipient: Member): void {
    if (recipient.sentRevision < sender.joinedRevision) this.#send([recipient]);
  }

  /** When a roster is due for somebody who waits for it. */
  deadlines(nowMs: number): readonly number[] {
    return this.#audiences
      .filter(({ isIn }) => this.#behind(isIn).length > 0)
      .map(({ bucket }) => nowMs + bucket.waitMs(nowMs));
  }

  #behind(isIn: boolean): readonly Member[] {
    return this.#members.all().filter((member) => (member.name !== null) === isIn && this.#isBehind(member));
  }

  #isBehind({ socket, sentRevision }: Member): boolean {
    return socket !== null && sentRevision < this.#revision;
  }

  #send(to: readonly Member[]): void {
    const roster = this.#members.roster();
    const sockets = to.map(({ socket }) => socket).filter((socket) => socket !== null);
    this.#outbox.send(sockets, { type: 'roster', roster, revision: this.#revision });
    for (const member of to) member.sentRevision = this.#revision;
  }
}
