/** Owns who is in the room with oneself, and the link to each of them: what rosters and boxes do to both. */

import { type Bytes, fromBase64Url } from '../../../main/common/bytes.ts';
import type { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { PeerMessage } from '../../../main/common/protocol/bodies.ts';
import { LINKS_MAX } from '../../../main/common/protocol/limits.ts';
import type { ClientMessage, RosterEntry, SignalType } from '../../../main/common/protocol/messages.ts';
import { SerialQueue } from '../../../main/common/timing/serial-queue.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import { audioEncoding } from '../peer/audio-transceiver.ts';
import { ConnectionTurns } from '../peer/connection-turns.ts';
import { Peer, type PeerTools, type PeerView } from '../peer/peer.ts';
import { ReceiveTurns } from '../peer/receive-turns.ts';
import { type MonitoredPeer, type MonitorView, PeerMonitor } from '../stats/peer-monitor.ts';
import { EarlyBoxes } from './early-boxes.ts';
import { type AcceptedRoster, type RosterParticipant, RosterReader } from './roster-reader.ts';

/** One of the others, as far as the mesh knows them. */
export interface ParticipantView extends PeerView, MonitorView {
  readonly id: string;
}

/** Takes what the others say, each under the id that it is known to be from. */
export interface MessageReceiver {
  handle(from: string, message: PeerMessage): void;
  /** What was sent to this person under this number was taken, or given up. */
  handleSettled(to: string, seq: number, delivered: boolean): void;
  /** The person, or oneself, is gone. */
  handleExit(from: string): void;
}

export interface SendOptions {
  /** Holds until another of its kind does: those to come are told as well, once connected. */
  readonly retain?: boolean;
}

export interface MeshHandler {
  readonly messages: MessageReceiver;
  sendBySocket(to: string, type: SignalType, box: Bytes): void;
  /** The people, their links, or whether one is in oneself changed. */
  onChange(): void;
  onVoice(id: string, track: AudioTrackLike | null): void;
  /** What the host should know: who floods this page and was cut off here, or whether somebody is still there. */
  tellHost(message: Extract<ClientMessage, { readonly type: 'report' | 'vouch' }>): void;
}

const UNLINKED: Omit<ParticipantView, 'id' | 'name' | 'peer'> = {
  trust: 'checking',
  code: null,
  codeless: false,
  obstacle: null,
  tamperedBoxes: 0,
  speaking: false,
  quality: null,
};

interface Person {
  readonly roster: RosterParticipant;
  /** Stands in the roster told last. */
  inRoster: boolean;
  /** Stood in a roster since the socket opened: its absence now means that the person left, not that the server forgot. */
  seen: boolean;
  /** Gets no link: there are too many people for one page. */
  waiting: boolean;
}

/**
 * Rosters take time (each id is recomputed) and are applied one after another; boxes wait behind the roster that came
 * before them. A link stands while both are in one accepted roster. Where a lost socket made the server forget somebody,
 * it also stands as long as its data channel is open: a dead tunnel must not cut living voice.
 */
export class Mesh implements Disposable {
  readonly #keyring: Keyring;
  readonly #tools: PeerTools;
  readonly #handler: MeshHandler;
  readonly #reader: RosterReader;
  readonly #strangers: EarlyBoxes;
  /** As long as the keyring's states. */
  readonly #links = new Map<string, Peer>();
  #people: readonly Person[] = [];
  /** Whom the host was told of since the socket opened. */
  readonly #reported = new Set<string>();
  readonly #steps = new SerialQueue();
  /** The name one is in with, or wants to be; null while out. */
  #ownName: string | null = null;
  #online = false;
  #selfInRoster = false;
  #selfSeen = false;
  #track: AudioTrackLike | null = null;
  readonly #retained = new Map<PeerMessage['kind'], PeerMessage>();
  readonly #watch: PeerMonitor;

  constructor(
    keyring: Keyring,
    ownId: string,
    tools: Omit<PeerTools, 'turns' | 'receiving' | 'retained'>,
    handler: MeshHandler,
  ) {
    this.#keyring = keyring;
    this.#tools = {
      ...tools,
      turns: new ConnectionTurns(tools),
      receiving: new ReceiveTurns(tools),
      retained: this.#retained,
    };
    this.#handler = handler;
    this.#reader = new RosterReader(tools.crypto, keyring, ownId);
    this.#strangers = new EarlyBoxes(tools.clock);
    this.#watch = new PeerMonitor({
      ...tools,
      peers: () => this.#voices(),
      onChange: () => handler.onChange(),
    });
  }

  /** Whether the server has oneself in the roster, and one wants to be there. */
  get joined(): boolean {
    return this.#ownName !== null && this.#selfInRoster;
  }

  /** Whether one talks to anybody, or could again without the server. */
  get voicesStand(): boolean {
    return [...this.#links.values()].some(({ voice, channelOpen }) => voice !== null || channelOpen);
  }

  get participants(): readonly ParticipantView[] {
    return this.#people.map((person) => this.#viewOf(person));
  }

  /** From the next roster that has oneself in it, links are made. */
  join(ownName: string): void {
    this.#ownName = ownName;
  }

  leave(): void {
    this.#ownName = null;
    this.#selfInRoster = false;
    this.#strangers.clear();
    this.#watch.dispose();
    for (const link of this.#links.values()) this.#alone(() => link.exit());
    this.#people = this.#people.filter(({ inRoster }) => inRoster);
    this.#handler.onChange();
  }

  /** The first roster of a new socket. */
  handleHello(roster: readonly RosterEntry[]): void {
    this.#inTurn(async () => {
      this.#online = true;
      this.#reported.clear();
      this.#selfSeen = false;
      for (const person of this.#people) person.seen = false;
      await this.#applyRoster(roster);
    });
  }

  handleRoster(roster: readonly RosterEntry[]): void {
    this.#inTurn(() => this.#applyRoster(roster));
  }

  handleBox(from: string, type: SignalType, boxText: string): void {
    // Nothing of one who is barred is looked at any more.
    if (this.#links.get(from)?.failed) return;
    const box = fromBase64Url(boxText);
    if (box === null) return;
    this.#inTurn(async () => {
      const link = this.#links.get(from);
      if (link?.active) link.handleBox(type, box);
      else if (this.#ownName !== null && !link?.failed) this.#strangers.add({ from, type, box });
    });
  }

  /** The socket is lost: nobody has left for that. */
  handleOffline(): void {
    this.#inTurn(async () => {
      this.#online = false;
      this.#setPaths();
    });
  }

  wake(): void {
    for (const link of this.#activeLinks()) this.#alone(() => link.wake());
  }

  /** The host doubts that this person is still there: tells it what this page can tell. */
  async answerDoubt(id: string): Promise<void> {
    const word = (await this.#links.get(id)?.lookFor()) ?? 'unknown';
    this.#handler.tellHost({ type: 'vouch', id, word });
  }

  /** The servers that help to connect are others now. */
  reconfigure(): void {
    for (const link of this.#activeLinks()) this.#alone(() => link.reconfigure());
  }

  /** Sends a message to everyone who is there now; to whom, and under which number, null where it was not taken. */
  send(message: PeerMessage, { retain = false }: SendOptions = {}): ReadonlyMap<string, number | null> {
    if (retain) this.#retained.set(message.kind, message);
    const active = [...this.#links].filter(([, link]) => link.active);
    return new Map(active.map(([id, link]) => [id, link.send(message, retain)]));
  }

  /** What comparing the codes with this person came to. */
  verify(id: string, matches: boolean): void {
    this.#links.get(id)?.verify(matches);
  }

  setTrack(track: AudioTrackLike | null): void {
    this.#track = track;
    for (const link of this.#links.values()) this.#alone(() => link.setTrack(track));
  }

  dispose(): void {
    this.leave();
    this.#tools.turns.dispose();
    this.#tools.receiving.dispose();
  }

  #inTurn(step: () => Promise<void>): void {
    this.#steps.run(step).catch(() => this.#tools.logger.error('mesh-step-failed'));
  }

  async #applyRoster(roster: readonly RosterEntry[]): Promise<void> {
    const accepted = await this.#reader.read(roster);
    const selfDropped = this.#selfSeen && !accepted.selfIn;
    this.#selfSeen ||= accepted.selfIn;
    this.#selfInRoster = accepted.selfIn;
    this.#replacePeople(accepted, selfDropped);
    if (this.joined) await this.#enterAll(accepted.people);
    this.#setPaths();
    this.#reportFloods();
    this.#handler.onChange();
  }

  /** Ends the links of those who left, or of all where one was put out oneself, and keeps who stays. */
  #replacePeople({ people }: AcceptedRoster, selfDropped: boolean): void {
    const ids = new Set(people.map(({ id }) => id));
    const missing = this.#people.filter(({ roster }) => !ids.has(roster.id));
    for (const person of this.#people) {
      const paired = this.joined && ids.has(person.roster.id);
      const dropped = selfDropped || (person.seen && !ids.has(person.roster.id));
      const link = this.#links.get(person.roster.id);
      if (!paired && (dropped || !link?.channelOpen)) this.#alone(() => link?.exit());
    }
    this.#people = [
      ...people.map((roster) => ({ roster, inRoster: true, seen: true, waiting: false })),
      ...missing.filter((person) => this.#isKept(person)).map((person) => ({ ...person, inRoster: false })),
    ];
    this.#keyring.setPresent(this.#people.map(({ roster }) => roster.id));
  }

  #isKept({ roster }: Person): boolean {
    return this.#links.get(roster.id)?.active === true;
  }

  async #enterAll(people: readonly RosterParticipant[]): Promise<void> {
    const links = await Promise.all(people.map((person) => this.#linkTo(person).catch(() => this.#skip())));
    for (const id of this.#links.keys()) if (this.#keyring.isRetired(id)) this.#links.delete(id);
    let places = LINKS_MAX - this.#activeLinks().length;
    for (const [index, person] of people.entries()) {
      const link = links[index];
      // One may have left while the keys were made.
      const ownName = this.#ownName;
      if (ownName === null || link === undefined || link?.failed) continue;
      if (link !== null && (link.active || places-- > 0))
        this.#alone(() => link.enter(ownName, !person.later));
      else this.#setWaiting(person.id);
    }
    const settings = audioEncoding(this.#activeLinks().length);
    for (const link of this.#activeLinks()) this.#alone(() => link.setVoiceSettings(settings));
  }

  #setWaiting(id: string): void {
    const person = this.#people.find(({ roster }) => roster.id === id);
    if (person) person.waiting = true;
  }

  /** null: too many people for one page, or one who was forgotten. */
  async #linkTo({ id, identity }: RosterParticipant): Promise<Peer | null> {
    const known = this.#links.get(id);
    if (known) return known;
    const pair = await this.#keyring.pair(identity);
    if (!pair.ok) return null;
    const link: Peer = new Peer(pair.value, this.#tools, {
      sendBySocket: (type, box) => this.#handler.sendBySocket(id, type, box),
      onChange: () => this.#handleLink(id),
      onVoice: (track) => this.#handler.onVoice(id, track),
      onMessage: (message) => this.#handler.messages.handle(id, message),
      onSettled: (seq, delivered) => this.#handler.messages.handleSettled(id, seq, delivered),
      onExit: () => this.#handler.messages.handleExit(id),
    });
    link.setTrack(this.#track);
    this.#links.set(id, link);
    return link;
  }

  #handleLink(id: string): void {
    const person = this.#people.find(({ roster }) => roster.id === id);
    const link = this.#links.get(id);
    if (link?.voice) this.#watch.start();
    const paired = this.joined && person?.inRoster === true;
    if (link?.active && !paired && !link.channelOpen) {
      link.exit();
      this.#people = this.#people.filter((other) => other !== person || other.inRoster);
    }
    this.#reportFloods();
    this.#handler.onChange();
  }

  #reportFloods(): void {
    if (!this.#online || !this.joined) return;
    for (const { roster, inRoster } of this.#people) {
      if (!inRoster || this.#reported.has(roster.id) || !this.#links.get(roster.id)?.flooding) continue;
      this.#reported.add(roster.id);
      this.#handler.tellHost({ type: 'report', id: roster.id });
    }
  }

  #setPaths(): void {
    for (const { roster, inRoster } of this.#people) {
      const link = this.#links.get(roster.id);
      this.#alone(() => link?.setSocketOpen(this.#online && this.joined && inRoster && link.active));
      if (!link?.active) continue;
      for (const { type, box } of this.#strangers.take(roster.id)) link.handleBox(type, box);
    }
  }

  /** A step for one person, whose error is nobody else's: a browser may refuse what it has always done. */
  #alone(step: () => void): void {
    try {
      step();
    } catch {
      this.#skip();
    }
  }

  #skip(): undefined {
    this.#tools.logger.error('link-step-failed');
  }

  #voices(): MonitoredPeer[] {
    return [...this.#links].flatMap(([id, { voice }]) => (voice === null ? [] : [{ ...voice, id }]));
  }

  #activeLinks(): Peer[] {
    return [...this.#links.values()].filter((link) => link.active);
  }

  #viewOf({ roster: { id, name }, waiting }: Person): ParticipantView {
    const link = this.#links.get(id);
    const view = link?.view;
    if (view && (link.active || link.failed))
      return { ...view, ...this.#watch.viewOf(id), id, name: view.name ?? name };
    if (this.#keyring.isRetired(id))
      return { ...UNLINKED, id, name, trust: 'failed', peer: { phase: 'failed', reason: 'forgotten' } };
    return { ...UNLINKED, id, name, peer: { phase: waiting ? 'waiting' : 'connecting' } };
  }
}
