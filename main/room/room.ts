/** Owns the room: who is in, which links are good, and who gets a message. Pure: an event and the time in, deliveries out. */

import type { CommandResult, RoomCommand } from '../common/host-api/commands.ts';
import { ONLOOKERS_MAX, PLACE_HELD_MS, RELOAD_AWAITED_MS, TURN_HELD_MS } from '../common/protocol/limits.ts';
import type { RosterEntry } from '../common/protocol/messages.ts';
import { assertNever, ok } from '../common/result.ts';
import { Admission } from './admission.ts';
import { type Attendance, attendanceOf, isSameAttendance } from './attendance.ts';
import { Doubts } from './doubts.ts';
import { Expulsions } from './expulsions.ts';
import { FileSwitch } from './file-switch.ts';
import { HostPlace } from './host-place.ts';
import { fromKept, toKept } from './kept-places.ts';
import { LinkBook, type RoomLinkEntry } from './link-book.ts';
import { hasPlace, isOnlooker, type Member, Members } from './members.ts';
import { NameRequests } from './name-requests.ts';
import { Outbox } from './outbox.ts';
import { ActionLimits } from './rate-limits.ts';
import { Relay } from './relay.ts';
import {
  type Delivery,
  isBox,
  type KeptPlaces,
  type RoomEvent,
  type RoomMessage,
  type RoomOptions,
  type SocketId,
} from './room-events.ts';
import { RosterNews } from './roster-news.ts';
import { Takeovers } from './takeovers.ts';
import { TurnHandout } from './turn-handout.ts';
import { WaitingRoom } from './waiting-room.ts';

export class Room {
  readonly #members = new Members();
  readonly #links = new LinkBook();
  readonly #takeovers = new Takeovers();
  readonly #outbox = new Outbox();
  readonly #news = new RosterNews(this.#members, this.#outbox);
  readonly #relay = new Relay({ members: this.#members, outbox: this.#outbox, news: this.#news });
  readonly #limits: ActionLimits;
  readonly #waitingRoom: WaitingRoom;
  readonly #admission: Admission;
  readonly #expulsions: Expulsions;
  readonly #hostPlace: HostPlace;
  readonly #requests: NameRequests;
  readonly #turnHandout: TurnHandout;
  readonly #fileSwitch: FileSwitch;
  #attendance: Attendance;
  readonly #doubts = new Doubts(this.#members, this.#outbox, (member) => this.#giveUp(member));
  #nowMs = 0;

  constructor(options: RoomOptions) {
    this.#limits = new ActionLimits(options.capacity);
    this.#hostPlace = new HostPlace(this.#members, options.capacity);
    this.#waitingRoom = new WaitingRoom({
      door: { locked: false, lobby: options.lobby },
      members: this.#members,
      outbox: this.#outbox,
      limits: this.#limits,
    });
    this.#fileSwitch = new FileSwitch({
      allowed: options.files,
      members: this.#members,
      outbox: this.#outbox,
    });
    this.#attendance = this.#attend();
    this.#turnHandout = new TurnHandout({ servers: options, members: this.#members, outbox: this.#outbox });
    this.#requests = new NameRequests({
      options,
      members: this.#members,
      limits: this.#limits,
      waitingRoom: this.#waitingRoom,
      doubts: this.#doubts,
      outbox: this.#outbox,
      onGranted: (member, name) => this.#name(member, name),
    });
    this.#admission = new Admission({
      options,
      members: this.#members,
      links: this.#links,
      takeovers: this.#takeovers,
      outbox: this.#outbox,
      limits: this.#limits,
      waitingRoom: this.#waitingRoom,
      news: this.#news,
      turnHandout: this.#turnHandout,
      fileSwitch: this.#fileSwitch,
      forget: (member) => this.#forget(member),
      onReturn: (member) => {
        this.#doubts.settle(member);
        this.#retireOneTime(member);
      },
    });
    this.#expulsions = new Expulsions({
      newLink: options.newLink,
      members: this.#members,
      links: this.#links,
      takeovers: this.#takeovers,
      outbox: this.#outbox,
      forget: (member) => this.#forget(member),
      forgetStandings: () => this.#waitingRoom.forgetStandings(),
      admitRivalOf: (member) => this.#admission.admitRivalOf(member, this.#nowMs),
    });
  }

  /** Rises with every change of the roster. */
  get revision(): number {
    return this.#news.revision;
  }

  /** The links that let people in, in the order they were made; a new list at every change. */
  get links(): readonly RoomLinkEntry[] {
    return this.#links.live;
  }

  /** Everyone who is in, in order of joining. */
  roster(): RosterEntry[] {
    return this.#members.roster();
  }

  /** A new one at every change. */
  get attendance(): Attendance {
    return this.#attendance;
  }

  /** Of everyone who is known, in or not. */
  get resumes(): readonly string[] {
    return this.#members.all().map(({ resume }) => resume);
  }

  /** What another run needs to go on with this room. */
  keep(nowMs: number): KeptPlaces {
    const { door } = this.#waitingRoom;
    const { allowed: files } = this.#fileSwitch;
    return toKept({ members: this.#members, links: this.#links, door, files }, nowMs);
  }

  /** When a `tick` is due, or null if nothing waits for one. */
  nextDeadlineMs(): number | null {
    const deadlines = [
      ...this.#takeovers.deadlines(),
      ...this.#links.deadlines(),
      ...this.#news.deadlines(this.#nowMs),
      ...this.#doubts.deadlines(),
      ...this.#requests.deadlines(this.#nowMs),
      ...this.#turnHandout.deadlines(),
    ];
    for (const { heldUntilMs, knownUntilMs } of this.#members.all())
      deadlines.push(...[heldUntilMs, knownUntilMs].filter((deadlineMs) => deadlineMs !== null));
    return deadlines.length === 0 ? null : Math.min(...deadlines);
  }

  /** Applies one event; the deliveries are to be carried out in order. */
  handle(event: RoomEvent, nowMs: number): readonly Delivery[] {
    this.#nowMs = nowMs;
    if (isBox(event)) {
      // Nearly all that comes, and nothing follows from it.
      this.#handleMessage(event.socket, event.message);
      return this.#outbox.empty();
    }
    // Before anything else: the tick that was due may come late, after a sleep of the computer.
    this.#expulsions.retire(this.#links.expired(nowMs));
    switch (event.type) {
      case 'resumed':
        this.#resume(event.kept, event.awayMs);
        break;
      case 'servers':
        this.#turnHandout.change(event.servers, nowMs);
        break;
      case 'host-expected':
        this.#waitingRoom.expectHost(event.resume);
        break;
      case 'entered':
        this.#admission.enter(event, nowMs);
        break;
      case 'message':
        this.#handleMessage(event.socket, event.message);
        break;
      case 'gone':
        this.#handleGone(event.socket, event.goodbye);
        break;
      case 'alive':
        this.#handleAlive(event.socket);
        break;
      case 'silent':
        this.#handleSilent(event.socket);
        break;
      case 'tick':
        this.#handleTick();
        break;
      case 'command':
        this.#outbox.answer(this.#handleCommand(event.command));
        break;
      default:
        assertNever(event);
    }
    this.#settle();
    this.#outbox.forget(
      this.#links.forget((link) => this.#members.all().some(({ links }) => links.has(link))),
    );
    return this.#outbox.empty();
  }

  #handleCommand(command: RoomCommand): CommandResult {
    switch (command.type) {
      case 'lock':
      case 'unlock':
      case 'lobby':
      case 'admit':
      case 'refuse':
        return this.#waitingRoom.handle(command, this.#nowMs);
      case 'files':
        this.#fileSwitch.set(command.on);
        return ok(null);
      default:
        return this.#expulsions.handle(command, this.#nowMs);
    }
  }

  #resume(kept: KeptPlaces, awayMs: number): void {
    this.#waitingRoom.resume(kept.door);
    this.#fileSwitch.resume(kept.files);
    fromKept(kept, { members: this.#members, links: this.#links }, { nowMs: this.#nowMs, awayMs });
    for (const member of this.#members.joined) this.#doubts.handleAway(member, this.#nowMs);
    this.#news.change();
  }

  /** What follows from an event, whatever it was. */
  #settle(): void {
    this.#hostPlace.keep(this.#nowMs);
    this.#requests.grant(this.#nowMs);
    this.#boundOnlookers();
    this.#turnHandout.tellDue(this.#nowMs);
    this.#news.sendDue(this.#nowMs);
    const attendance = this.#attend();
    if (!isSameAttendance(attendance, this.#attendance)) this.#attendance = attendance;
  }

  #attend(): Attendance {
    return attendanceOf(this.#members, this.#waitingRoom, this.#fileSwitch.allowed);
  }

  /** Of too many pages that only look on, those that have done so for longest give way. */
  #boundOnlookers(): void {
    const onlookers = this.#members.all().filter(isOnlooker);
    if (onlookers.length <= ONLOOKERS_MAX) return;
    onlookers.sort((a, b) => a.sinceMs - b.sinceMs);
    for (const member of onlookers.slice(0, -ONLOOKERS_MAX)) this.#expulsions.putOut(member, 'crowded');
  }

  #handleMessage(socket: SocketId, message: RoomMessage): void {
    const member = this.#members.withSocket(socket);
    if (!member) {
      // Whoever waits has nothing to say yet; any other has been put out in this very moment.
      if (this.#takeovers.delete(socket)) this.#outbox.close(socket, 'bad-message');
      return;
    }
    switch (message.type) {
      case 'name':
        this.#hostPlace.handleRequest(member);
        this.#waitingRoom.request(member, message.name, this.#nowMs);
        break;
      case 'leave':
        this.#leave(member);
        this.#hostPlace.handleLeave(member);
        member.standing.isLetIn = member.standing.isHost;
        // Who has left is to know it before coming in again.
        this.#news.sendNow(member);
        break;
      case 'report':
        this.#report(member, message.id);
        break;
      case 'vouch':
        this.#doubts.handleVouch(member, message, this.#nowMs);
        break;
      default:
        this.#relay.handle(member, socket, message);
    }
  }

  /** Said to the host, who may remove somebody for it; nothing else comes of it. */
  #report(reporter: Member, id: string): void {
    const member = this.#members.joined.find((other) => other.id === id);
    if (reporter.name !== null && member !== reporter) member?.reportedBy.add(reporter);
  }

  #name(member: Member, name: string): void {
    this.#limits.take(member, this.#nowMs);
    const isNew = this.#members.join(member, name);
    member.standing.isLetIn = true;
    this.#news.change();
    if (isNew) {
      member.sinceMs = this.#nowMs;
      member.joinedRevision = this.#news.revision;
      this.#turnHandout.tell(member, this.#nowMs);
      this.#doubts.raise(member, false, this.#nowMs);
    }
    this.#retireOneTime(member);
  }

  /** Takes the place of somebody who is not there; should they be, they come back with their resume as after a loss. */
  #giveUp(member: Member): void {
    if (member.socket !== null) this.#outbox.cut(member.socket);
    this.#leave(member);
    member.knownUntilMs = this.#nowMs + PLACE_HELD_MS;
  }

  /** Gives the place back, if there is one. */
  #leave(member: Member): void {
    if (hasPlace(member)) {
      this.#limits.handleLeave(member, this.#nowMs);
      member.sinceMs = this.#nowMs;
    }
    if (this.#members.leave(member)) this.#news.change();
  }

  /** Whoever is in has used up the one-time links they came with. */
  #retireOneTime({ links }: Member): void {
    const used = this.#links.live.filter(({ id, terms }) => terms.kind === 'one-time' && links.has(id));
    this.#expulsions.retire(used.map(({ id }) => id));
  }

  #handleGone(socket: SocketId, goodbye: boolean): void {
    this.#takeovers.delete(socket);
    const member = this.#members.withSocket(socket);
    if (!member) return;
    this.#members.connect(member, null);
    this.#doubts.handleGone(member, this.#nowMs);
    const keepsTurn = !goodbye && this.#waitingRoom.keepsTurn(member);
    if (member.name === null && !keepsTurn) member.request = null;
    const entry = this.#takeovers.takeFor(member);
    if (entry) {
      this.#admission.takeOver(member, entry, this.#nowMs);
    } else if (!goodbye && hasPlace(member)) {
      member.heldUntilMs ??= this.#nowMs + PLACE_HELD_MS;
      this.#doubts.handleAway(member, this.#nowMs);
    } else if (keepsTurn) {
      member.knownUntilMs = this.#nowMs + TURN_HELD_MS;
    } else {
      const { position } = member;
      this.#leave(member);
      // A browser says goodbye at a reload, too, and a page whose links have ended could not come in as a new one.
      if (!this.#expulsions.hasLiveLink(member)) member.knownUntilMs = this.#nowMs + PLACE_HELD_MS;
      else if (position !== null) member.knownUntilMs = this.#nowMs + RELOAD_AWAITED_MS;
      else this.#forgetPage(member);
      member.position = position;
    }
  }

  #handleAlive(socket: SocketId): void {
    const member = this.#members.withSocket(socket);
    if (!member) return;
    this.#doubts.settle(member);
    this.#admission.admitRivalOf(member, this.#nowMs);
  }

  #handleSilent(socket: SocketId): void {
    const member = this.#members.withSocket(socket);
    if (member) this.#doubts.handleSilence(member, this.#nowMs);
  }

  #handleTick(): void {
    for (const { entry, holder } of this.#takeovers.takeDue(this.#nowMs))
      this.#admission.takeOver(holder, entry, this.#nowMs);
    for (const member of this.#members.all()) {
      const { socket, heldUntilMs, knownUntilMs } = member;
      if ((heldUntilMs ?? knownUntilMs ?? Infinity) > this.#nowMs) continue;
      if (socket === null) this.#forgetPage(member);
      else member.heldUntilMs = null;
    }
    this.#doubts.handleTick(this.#nowMs);
  }

  /** The page is gone; what was decided about its person may still count. */
  #forgetPage(member: Member): void {
    this.#waitingRoom.keep(member, this.#nowMs);
    this.#forget(member);
  }

  #forget(member: Member): void {
    this.#doubts.settle(member);
    if (this.#members.remove(member)) this.#news.change();
  }
}
