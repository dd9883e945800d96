/** Owns the names that are asked for: granted in the order in which they were, as far as places, limits and the host allow. */

import type { Doubts } from './doubts.ts';
import type { Member, Members } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { ActionLimits } from './rate-limits.ts';
import type { RoomOptions } from './room-events.ts';
import { byRequest, type WaitingRoom } from './waiting-room.ts';

export interface NameRequestsSetup {
  readonly options: Pick<RoomOptions, 'capacity'>;
  readonly members: Members;
  readonly limits: ActionLimits;
  readonly waitingRoom: WaitingRoom;
  readonly doubts: Doubts;
  readonly outbox: Outbox;
  readonly onGranted: (member: Member, name: string) => void;
}

export class NameRequests {
  readonly #setup: NameRequestsSetup;

  constructor(setup: NameRequestsSetup) {
    this.#setup = setup;
  }

  grant(nowMs: number): void {
    const { members, limits, waitingRoom, onGranted } = this.#setup;
    const asking = members.all().filter(({ request }) => request !== null);
    let { placesTaken } = members;
    for (const member of asking.sort(byRequest)) {
      // Whoever came before may have used up the link of those behind.
      if (member.request === null || !waitingRoom.mayGoOn(member, nowMs)) continue;
      const { name } = member.request;
      if (limits.isFullFor(member, placesTaken)) {
        this.#refuseUnlessDoubted(member, nowMs);
      } else if (limits.waitMs(member, placesTaken, nowMs) === 0) {
        if (waitingRoom.isForHost(member)) waitingRoom.wait(member, name, nowMs);
        else onGranted(member, name);
        ({ placesTaken } = members);
      }
    }
  }

  /** When those that wait for a limit alone are to be looked at again. Where there is no place, it is a doubt that is awaited. */
  deadlines(nowMs: number): number[] {
    const { members, limits, waitingRoom } = this.#setup;
    const { placesTaken } = members;
    return members
      .all()
      .filter(
        (member) =>
          member.request !== null &&
          waitingRoom.leavesItToTime(member) &&
          !limits.isFullFor(member, placesTaken),
      )
      .map((member) => nowMs + limits.waitMs(member, placesTaken, nowMs));
  }

  /** There is no place, unless somebody who has one is not there any more. */
  #refuseUnlessDoubted(member: Member, nowMs: number): void {
    const { options, doubts, outbox } = this.#setup;
    doubts.raise(member, true, nowMs);
    if (doubts.pending) return;
    member.request = null;
    if (member.socket !== null) outbox.send([member.socket], { type: 'full', capacity: options.capacity });
  }
}
