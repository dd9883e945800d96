/** Owns the members, everyone the room knows: by key, by socket, by place, and the order in which they joined. */

import {
  JOINS_BURST,
  JOINS_PER_SECOND,
  RENAMES_BURST,
  RENAMES_PER_SECOND,
} from '../common/protocol/limits.ts';
import type { RosterEntry } from '../common/protocol/messages.ts';
import { TokenBucket } from '../common/timing/token-bucket.ts';
import type { Identity, LinkId, SocketId } from './room-events.ts';

/** What one person has left; it stays with them over a reload. */
export interface ActionLimit {
  readonly joins: TokenBucket;
  readonly renames: TokenBucket;
}

export const newActionLimit = (nowMs: number): ActionLimit => ({
  joins: new TokenBucket({ perSecond: JOINS_PER_SECOND, burst: JOINS_BURST }, nowMs),
  renames: new TokenBucket({ perSecond: RENAMES_PER_SECOND, burst: RENAMES_BURST }, nowMs),
});

export interface JoinRequest {
  readonly name: string;
  /** Since when there is one; a newer name does not lose its place in the queue. */
  readonly sinceMs: number;
  /** The host is to let the person in, and sees this name. */
  readonly waits: boolean;
}

/** What was decided about a person; it stays with them over a reload. */
export interface Standing {
  /** The host's own page in the app: always let in, and whose place the next such page takes over. */
  readonly isHost: boolean;
  /** Was in, or was let in, and has not left since: comes in without being let in. */
  isLetIn: boolean;
  /** How often the host refused. */
  refusals: number;
  /** The host is not asked again before. */
  mayAskAtMs: number;
}

export const newStanding = ({ isHost = false, isLetIn = isHost }: Partial<Standing> = {}): Standing => ({
  isHost,
  isLetIn,
  refusals: 0,
  mayAskAtMs: -Infinity,
});

/** A page the room knows by its key: connected, or away with its place kept. */
export interface Member extends Identity {
  /** Lets the same person in again, to the same place. */
  readonly resume: string;
  /** Every link this person has shown, under this key or one before a reload. */
  readonly links: Set<LinkId>;
  /** null while away. */
  socket: SocketId | null;
  /** The sealed name; whoever has one is in the roster. */
  name: string | null;
  /** A sealed name that waits to be granted, the newest one. */
  request: JoinRequest | null;
  readonly limit: ActionLimit;
  readonly standing: Standing;
  /** Since when the member is in, or is not. */
  sinceMs: number;
  /** Those who say that this member floods them. */
  readonly reportedBy: Set<Member>;
  /** Of the roster that was the first to list this member. */
  joinedRevision: number;
  /** Of the roster this member was sent last. */
  sentRevision: number;
  /** Until when a place is kept for someone who is away, or who came back under a new key or is the host and has not joined yet. */
  heldUntilMs: number | null;
  /** Until when someone away without a place is still known, whose links let in nobody else. */
  knownUntilMs: number | null;
  /** In the order of joining: of who is in, or was when the page said goodbye, perhaps for a reload. */
  position: number | null;
}

export function hasPlace({ name, heldUntilMs }: Member): boolean {
  return name !== null || heldUntilMs !== null;
}

/** Whether the member has the page open, and neither a place nor a request for one. */
export function isOnlooker(member: Member): boolean {
  return member.socket !== null && member.request === null && !hasPlace(member);
}

export class Members {
  readonly #byKey = new Map<string, Member>();
  readonly #bySocket = new Map<SocketId, Member>();
  #joined: readonly Member[] = [];
  #positions = 0;

  /** Those who are in, the first to join first. */
  get joined(): readonly Member[] {
    return this.#joined;
  }

  get sockets(): readonly SocketId[] {
    return [...this.#bySocket.keys()];
  }

  get placesTaken(): number {
    return this.all().filter(hasPlace).length;
  }

  all(): readonly Member[] {
    return [...this.#byKey.values()];
  }

  withKey(key: string): Member | undefined {
    return this.#byKey.get(key);
  }

  withSocket(socket: SocketId): Member | undefined {
    return this.#bySocket.get(socket);
  }

  /** The host's own page, the newest where there were several. */
  get host(): Member | undefined {
    return this.all().findLast(({ standing }) => standing.isHost);
  }

  withResume(resume: string | null): Member | undefined {
    return this.all().find((member) => member.resume === resume);
  }

  add(member: Member): void {
    this.#byKey.set(member.key, member);
    if (member.socket !== null) this.#bySocket.set(member.socket, member);
  }

  /** Moves a member to another socket, or to none; returns the one it had. */
  connect(member: Member, socket: SocketId | null): SocketId | null {
    const former = member.socket;
    if (former !== null) this.#bySocket.delete(former);
    member.socket = socket;
    if (socket !== null) this.#bySocket.set(socket, member);
    return former;
  }

  /** Puts a member into the roster, or changes the name there; returns whether it is a newcomer. */
  join(member: Member, name: string): boolean {
    const isNew = member.name === null;
    member.position ??= this.#positions++;
    if (isNew) this.#joined = [...this.#joined, member].sort(byPosition);
    member.name = name;
    member.request = null;
    // A new name may be granted while its owner is away.
    if (member.socket !== null) member.heldUntilMs = null;
    return isNew;
  }

  /** Takes a member's place away; returns whether it was in the roster. */
  leave(member: Member): boolean {
    const wasIn = member.name !== null;
    member.name = null;
    member.request = null;
    member.heldUntilMs = null;
    member.position = null;
    member.reportedBy.clear();
    this.#joined = this.#joined.filter((other) => other !== member);
    return wasIn;
  }

  /** Forgets a member; returns whether it was in the roster. */
  remove(member: Member): boolean {
    this.connect(member, null);
    this.#byKey.delete(member.key);
    for (const { reportedBy } of this.#byKey.values()) reportedBy.delete(member);
    return this.leave(member);
  }

  roster(): RosterEntry[] {
    return this.#joined.flatMap(({ id, key, fp, name }) => (name === null ? [] : [{ id, key, fp, name }]));
  }
}

function byPosition(one: Member, other: Member): number {
  return (one.position ?? 0) - (other.position ?? 0);
}
