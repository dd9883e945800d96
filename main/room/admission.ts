/** Owns admission: whether a page that proved a link comes in, and as whom: new, on another socket, or by takeover after a reload. */

import { PLACE_HELD_MS, TAKEOVER_PING_MS } from '../common/protocol/limits.ts';
import type { FileSwitch } from './file-switch.ts';
import type { LinkBook } from './link-book.ts';
import { type Member, type Members, newActionLimit, newStanding } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { ActionLimits } from './rate-limits.ts';
import type { LinkId, RoomEvent, RoomOptions, SocketId } from './room-events.ts';
import type { RosterNews } from './roster-news.ts';
import type { Entry, Takeovers } from './takeovers.ts';
import type { TurnHandout } from './turn-handout.ts';
import type { WaitingRoom } from './waiting-room.ts';

export interface AdmissionSetup {
  readonly options: RoomOptions;
  readonly members: Members;
  readonly links: LinkBook;
  readonly takeovers: Takeovers;
  readonly outbox: Outbox;
  readonly limits: ActionLimits;
  readonly waitingRoom: WaitingRoom;
  readonly news: RosterNews;
  readonly turnHandout: TurnHandout;
  readonly fileSwitch: FileSwitch;
  /** Forgets a member, and lets the others know. */
  readonly forget: (member: Member) => void;
  /** Called when somebody who is in has come back, perhaps by another link. */
  readonly onReturn: (member: Member) => void;
}

/** What a reloaded page takes over from the one before. */
type FormerSelf = Pick<Member, 'resume' | 'limit' | 'standing' | 'heldUntilMs' | 'sinceMs' | 'position'> & {
  readonly links: Iterable<LinkId>;
};

export class Admission {
  readonly #setup: AdmissionSetup;

  constructor(setup: AdmissionSetup) {
    this.#setup = setup;
  }

  /** A socket proved a link. */
  enter(event: Extract<RoomEvent, { readonly type: 'entered' }>, nowMs: number): void {
    const { members, links, takeovers, outbox, waitingRoom } = this.#setup;
    const { socket, link, identity, resume } = event;
    const entry = { ...event, isHost: waitingRoom.redeemHost(resume) };
    if (!links.isLive(link) && !this.#formerOf(entry)?.links.has(link)) {
      outbox.close(socket, 'auth-failed');
      return;
    }
    const known = members.withKey(identity.key);
    if (known) {
      // It proved that the key is its own. A page whose `hello` got lost on the way has no resume yet.
      const isSame = identity.id === known.id && (resume === null || resume === known.resume);
      if (isSame) this.#reconnect(known, entry, nowMs);
      else outbox.close(socket, 'id-taken');
      return;
    }
    const waiting = takeovers.withKey(identity.key);
    if (waiting && (resume !== waiting.entry.resume || identity.id !== waiting.entry.identity.id)) {
      outbox.close(socket, 'id-taken');
      return;
    }
    if (waiting) {
      takeovers.delete(waiting.entry.socket);
      outbox.close(waiting.entry.socket, 'replaced');
    }
    this.#enterNewKey(waiting ? { ...entry, isHost: waiting.entry.isHost } : entry, nowMs);
  }

  /** Who this page was before, by its key and resume, or after a reload by its resume alone. */
  #formerOf({ identity, resume, isHost }: Entry): Member | undefined {
    const { members } = this.#setup;
    const known = members.withKey(identity.key);
    if (!known) return isHost ? members.host : members.withResume(resume);
    return resume === known.resume && identity.id === known.id ? known : undefined;
  }

  /** The same page on a new socket: place and order stay, the old socket goes. */
  #reconnect(member: Member, { socket, link }: Entry, nowMs: number): void {
    const { members, outbox, onReturn } = this.#setup;
    const former = members.connect(member, socket);
    if (former !== null) outbox.close(former, 'replaced');
    if (member.name !== null) member.heldUntilMs = null;
    member.knownUntilMs = null;
    member.links.add(link);
    this.#greet(member, socket, nowMs);
    this.admitRivalOf(member, nowMs);
    if (member.name !== null) onReturn(member);
  }

  /** A key nobody here has: a new page, or the reload of one whose resume it brings. */
  #enterNewKey(entry: Entry, nowMs: number): void {
    const { takeovers, outbox } = this.#setup;
    const holder = this.#formerOf(entry);
    if (!holder || takeovers.isAwaited(holder)) {
      this.#enterAnew(entry, nowMs);
    } else if (holder.socket === null) {
      this.takeOver(holder, entry, nowMs);
    } else {
      takeovers.add({ entry, holder, deadlineMs: nowMs + TAKEOVER_PING_MS });
      outbox.probe(holder.socket);
    }
  }

  /** A new page: for that its link has to be one that still lets people in. */
  #enterAnew(entry: Entry, nowMs: number): void {
    const { options, links, limits, waitingRoom, outbox } = this.#setup;
    if (!links.isLive(entry.link)) {
      outbox.close(entry.socket, 'auth-failed');
      return;
    }
    const resume = options.newResume();
    const limit = limits.inherit(entry.resume, resume) ?? newActionLimit(nowMs);
    const standing = entry.isHost ? newStanding({ isHost: true }) : waitingRoom.inherit(entry.resume, nowMs);
    const former = { resume, limit, standing, links: [], heldUntilMs: null, sinceMs: nowMs, position: null };
    this.#admit(entry, former, nowMs);
  }

  #admit({ socket, link, identity }: Entry, former: FormerSelf, nowMs: number): void {
    const { id, key, fp } = identity;
    const { resume, limit, standing, links, heldUntilMs, sinceMs, position } = former;
    const member: Member = {
      ...{ id, key, fp, socket, resume, limit, standing, heldUntilMs, sinceMs, position },
      links: new Set([...links, link]),
      name: null,
      request: null,
      reportedBy: new Set(),
      joinedRevision: 0,
      sentRevision: 0,
      knownUntilMs: null,
    };
    this.#setup.members.add(member);
    this.#greet(member, socket, nowMs);
  }

  /** A reloaded page takes the place of its former self; the former id leaves, the place waits for the new name. */
  takeOver(holder: Member, entry: Entry, nowMs: number): void {
    const { outbox, forget } = this.#setup;
    const heldUntilMs = holder.name === null ? holder.heldUntilMs : nowMs + PLACE_HELD_MS;
    const { position } = holder;
    if (holder.socket !== null) outbox.close(holder.socket, 'replaced');
    forget(holder);
    this.#admit(entry, { ...holder, heldUntilMs, position }, nowMs);
  }

  /** The holder lives, or is none any more: whoever waited for its place is a new page. */
  admitRivalOf(holder: Member, nowMs: number): void {
    const { takeovers } = this.#setup;
    const entry = takeovers.takeFor(holder);
    if (entry) this.#enterAnew(entry, nowMs);
  }

  #greet(member: Member, socket: SocketId, nowMs: number): void {
    const { options, members, news, turnHandout, fileSwitch, outbox } = this.#setup;
    const { id, resume } = member;
    member.sentRevision = news.revision;
    const hello = { type: 'hello', id, roster: members.roster(), capacity: options.capacity } as const;
    outbox.send([socket], {
      ...hello,
      ...turnHandout.serversFor(member, nowMs),
      ...fileSwitch.inHello,
      resume,
    });
  }
}
