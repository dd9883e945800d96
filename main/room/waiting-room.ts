/** Owns the waiting room: whether the door is open, locked or watched, who waits to be let in, and whom the host knows already. */

import type { CommandResult, DoorCommand } from '../common/host-api/commands.ts';
import {
  ASK_AGAIN_MS,
  ASKS_MAX,
  STANDING_KEPT_MS,
  STANDINGS_KEPT_MAX,
  WAITING_SHOWN_MAX,
} from '../common/protocol/limits.ts';
import { assertNever, fail, ok } from '../common/result.ts';
import { hasPlace, type Member, type Members, newStanding, type Standing } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { ActionLimits } from './rate-limits.ts';
import type { Door } from './room-events.ts';

export interface WaitingRoomSetup {
  readonly door: Door;
  readonly members: Members;
  readonly outbox: Outbox;
  readonly limits: ActionLimits;
}

/** What was decided about somebody whose page the room does not know any more. */
interface KeptStanding {
  readonly standing: Standing;
  readonly untilMs: number;
}

export class WaitingRoom {
  readonly #setup: WaitingRoomSetup;
  /** By resume, the oldest first. */
  readonly #kept = new Map<string, KeptStanding>();
  #door: Door;
  /** By which the host's own page is known, until it has come. */
  #hostResume: string | null = null;

  constructor(setup: WaitingRoomSetup) {
    this.#setup = setup;
    this.#door = setup.door;
  }

  get door(): Door {
    return this.#door;
  }

  /** Another run goes on, and the door is as it was. */
  resume(door: Door): void {
    this.#door = door;
  }

  expectHost(resume: string): void {
    this.#hostResume = resume;
  }

  /** Whether this is the host's own page; what shows it is good for one page. */
  redeemHost(resume: string | null): boolean {
    if (resume === null || resume !== this.#hostResume) return false;
    this.#hostResume = null;
    return true;
  }

  /** Those who wait, the first to ask first. */
  get waiting(): readonly Member[] {
    return this.#setup.members.all().filter(isWaiting).sort(byRequest);
  }

  handle(command: DoorCommand, nowMs: number): CommandResult {
    switch (command.type) {
      case 'lock':
      case 'unlock':
        this.#door = { ...this.#door, locked: command.type === 'lock' };
        return ok(null);
      case 'lobby':
        return this.#setLobby(command.on);
      case 'admit':
        return this.#admit(command.participant);
      case 'refuse':
        return this.#refuse(command.participant, nowMs);
      default:
        return assertNever(command);
    }
  }

  /** Asks for a place, or for another name. The name one waits under is the one the host sees, and stands. */
  request(member: Member, name: string, nowMs: number): void {
    if (isWaiting(member)) this.#tell(member, 'waiting');
    else member.request = { name, sinceMs: member.request?.sinceMs ?? nowMs, waits: false };
  }

  /** Whether the request may come to something now; who is turned away is told, and asks no more. */
  mayGoOn(member: Member, nowMs: number): boolean {
    if (hasPlace(member)) return true;
    const { locked, lobby } = this.#door;
    const { isLetIn, mayAskAtMs } = member.standing;
    if (locked && !isLetIn) return this.#turnAway(member, 'locked');
    if (isWaiting(member)) return false;
    if (lobby && !isLetIn && mayAskAtMs > nowMs) return this.#turnAway(member, 'refused');
    return this.leavesItToTime(member);
  }

  /** Whether a request waits for its limits alone: not for the host, nor, of who was let in while away, for that person to be back. */
  leavesItToTime(member: Member): boolean {
    return hasPlace(member) || (member.socket !== null && !isWaiting(member));
  }

  /** Whether the host has to let the person in. */
  isForHost(member: Member): boolean {
    return this.#door.lobby && !hasPlace(member) && !member.standing.isLetIn;
  }

  /** From now on the host sees the person. */
  wait(member: Member, name: string, nowMs: number): void {
    this.#setup.limits.take(member, nowMs);
    member.request = { name, sinceMs: member.request?.sinceMs ?? nowMs, waits: true };
    this.#tell(member, 'waiting');
  }

  /** Whether the turn is kept for a member that has just lost its socket: of those the host sees. */
  keepsTurn(member: Member): boolean {
    return isWaiting(member) && this.waiting.indexOf(member) < WAITING_SHOWN_MAX;
  }

  /** The member is known no more: what was decided about the person is, for a while. */
  keep({ standing, resume }: Member, nowMs: number): void {
    this.#kept.delete(resume);
    if (standing.isLetIn || standing.refusals > 0)
      this.#kept.set(resume, { standing, untilMs: nowMs + STANDING_KEPT_MS });
    for (const [oldest, { untilMs }] of this.#kept) {
      if (untilMs > nowMs && this.#kept.size <= STANDINGS_KEPT_MAX) break;
      this.#kept.delete(oldest);
    }
  }

  /** What was decided about the person a new page was before: good for one page. */
  inherit(formerResume: string | null, nowMs: number): Standing {
    const kept = formerResume === null ? undefined : this.#kept.get(formerResume);
    if (formerResume !== null) this.#kept.delete(formerResume);
    return kept && kept.untilMs > nowMs ? kept.standing : newStanding();
  }

  /** A call has ended for everybody: what was decided in it counts in no other. */
  forgetStandings(): void {
    this.#kept.clear();
  }

  #setLobby(lobby: boolean): CommandResult {
    this.#door = { ...this.#door, lobby };
    // Nobody has to let them in any more.
    if (!lobby) for (const member of this.waiting) this.#stopWaiting(member);
    return ok(null);
  }

  #admit(id: string): CommandResult {
    const { members, limits } = this.#setup;
    const member = this.#find(id);
    if (!member) return fail('unknown-waiting');
    if (limits.isFullFor(member, members.placesTaken)) return fail('room-full');
    member.standing.isLetIn = true;
    this.#stopWaiting(member);
    return ok(null);
  }

  #stopWaiting(member: Member): void {
    member.request = member.request && { ...member.request, waits: false };
  }

  #refuse(id: string, nowMs: number): CommandResult {
    const member = this.#find(id);
    if (!member) return fail('unknown-waiting');
    const { standing } = member;
    standing.refusals += 1;
    standing.mayAskAtMs = standing.refusals >= ASKS_MAX ? Infinity : nowMs + ASK_AGAIN_MS;
    this.#turnAway(member, 'refused');
    return ok(null);
  }

  #find(id: string): Member | undefined {
    return this.waiting.find((member) => member.id === id);
  }

  #turnAway(member: Member, answer: 'locked' | 'refused'): false {
    member.request = null;
    this.#tell(member, answer);
    return false;
  }

  #tell({ socket }: Member, type: 'waiting' | 'locked' | 'refused'): void {
    if (socket !== null) this.#setup.outbox.send([socket], { type });
  }
}

/** The order in which they asked. */
export function byRequest(a: Member, b: Member): number {
  return (a.request?.sinceMs ?? 0) - (b.request?.sinceMs ?? 0);
}

/** Whether the host was asked to let the member in, and has not said yet. */
export function isWaiting({ request }: Member): boolean {
  return request?.waits === true;
}
