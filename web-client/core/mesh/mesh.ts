/** Owns the mesh: who is in the room, and a peer for each of them, as rosters and boxes come and go. */

import { fromBase64Url } from '../../../main/common/bytes.ts';
import type { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { PairTools } from '../../../main/common/e2ee/pair-state.ts';
import { PairStates } from '../../../main/common/e2ee/pair-states.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { PeerMessage } from '../../../main/common/protocol/bodies.ts';
import { PEERS_MAX } from '../../../main/common/protocol/limits.ts';
import type { RosterEntry, SignalType } from '../../../main/common/protocol/messages.ts';
import { SerialQueue } from '../../../main/common/timing/serial-queue.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import { ConnectionTurns } from '../peer/connection-turns.ts';
import type { Repair } from '../peer/ice-recovery.ts';
import { Peer, type PeerTools } from '../peer/peer.ts';
import type { PairForFiles } from '../peer/peer-handler.ts';
import { ReceiveTurns } from '../peer/receive-turns.ts';
import { VoiceStart } from '../peer/voice-start.ts';
import { PeerMonitor } from '../stats/peer-monitor.ts';
import type { WayBack } from '../waiting/former-page.ts';
import { EarlyBoxes } from './early-boxes.ts';
import { FloodReports } from './flood-reports.ts';
import type { MeshHandler, SendOptions } from './mesh-handler.ts';
import { PageReturn } from './page-return.ts';
import { ParticipantList } from './participant-list.ts';
import { type ParticipantView, viewParticipant } from './participant-view.ts';
import { PeerMap } from './peer-map.ts';
import { type AcceptedRoster, type RosterParticipant, RosterReader } from './roster-reader.ts';
import { WithoutHost } from './without-host.ts';

/** So long after the last word to those who hear it without the host the connections end: until it is sealed and sent. */
const FAREWELL_MS = 50;

/**
 * Rosters take time (each id is recomputed) and are applied one after another; boxes wait behind the roster that came
 * before them. A peer is active while both are in one accepted roster. Where a lost socket made the server forget somebody,
 * it also stands as long as its data channel is open: a dead tunnel must not cut living voice.
 */
export class Mesh implements Disposable {
  readonly #pairs: PairStates;
  readonly #tools: PeerTools;
  readonly #handler: MeshHandler;
  readonly #reader: RosterReader;
  readonly #earlyBoxes: EarlyBoxes;
  readonly #peers = new PeerMap();
  readonly #participants = new ParticipantList();
  readonly #floodReports: FloodReports;
  readonly #steps = new SerialQueue();
  /** The name one is in with, or wants to be; null while out. */
  #ownName: string | null = null;
  #online = false;
  #selfInRoster = false;
  #selfSeen = false;
  #track: AudioTrackLike | null = null;
  readonly #retained = new Map<PeerMessage['kind'], PeerMessage>();
  readonly #monitor: PeerMonitor;
  readonly #withoutHost: WithoutHost;
  readonly #pageReturn: PageReturn;
  readonly #farewell: Timeout;

  constructor(
    keyring: Keyring,
    ownId: string,
    tools: PairTools & Omit<PeerTools, 'turns' | 'voiceStart' | 'receiving' | 'retained'>,
    handler: MeshHandler,
  ) {
    this.#pairs = new PairStates(tools, keyring.own);
    this.#tools = {
      ...tools,
      ...{ turns: new ConnectionTurns(tools), voiceStart: new VoiceStart(tools) },
      ...{ receiving: new ReceiveTurns(tools), retained: this.#retained },
    };
    this.#handler = handler;
    this.#reader = new RosterReader(tools.crypto, keyring, ownId);
    this.#earlyBoxes = new EarlyBoxes(tools.clock);
    this.#monitor = new PeerMonitor({
      ...tools,
      peers: () => this.#peers.voices,
      onChange: () => handler.onChange(),
    });
    this.#farewell = new Timeout(tools.timers);
    this.#floodReports = new FloodReports((id) => handler.tellHost({ type: 'report', id }));
    this.#pageReturn = new PageReturn({
      ...{ ...tools, reader: this.#reader, participants: this.#participants, peers: this.#peers },
      ownName: () => (this.#online ? null : this.#ownName),
      takesBack: () => this.joined,
      peerOf: (participant) => this.#peerOf(participant),
      mayIntroduce: (id) => this.#mayIntroduce(id),
      onFormer: (id) => this.#drop(id),
      onListed: () => this.#handleListed(),
    });
    this.#withoutHost = new WithoutHost({
      ...{ ...tools, ownId, peers: this.#peers },
      listedOf: (id) => this.#participants.get(id),
      mayIntroduce: (id) => id !== ownId && this.#mayIntroduce(id),
      onIntroduced: (entry) => this.#introduce(entry),
      onGraceOver: () => this.#dropIntroduced(),
      onGone: (id) => this.#drop(id),
      onWays: (ways) => handler.onWays(ways),
    });
  }

  /** Whether the server has oneself in the roster, and one wants to be there. */
  get joined(): boolean {
    return this.#ownName !== null && this.#selfInRoster;
  }

  /** Whether one talks to anybody, or could again without the server. */
  get hasConnectedPeers(): boolean {
    return this.#peers.anyConnected;
  }

  get participants(): readonly ParticipantView[] {
    return [...this.#participants].map((participant) => {
      const { id } = participant.roster;
      const retired = this.#pairs.isRetired(id);
      return viewParticipant(participant, this.#peers.get(id), this.#monitor.viewOf(id), retired);
    });
  }

  /** From the next roster that has oneself in it, peers are made. */
  join(ownName: string): void {
    if (this.#farewell.pending) this.#exitAll();
    this.#ownName = ownName;
  }

  leave(): void {
    this.#ownName = null;
    this.#selfInRoster = false;
    this.#earlyBoxes.clear();
    this.#monitor.dispose();
    if (this.#withoutHost.sayLeft()) this.#farewell.set(() => this.#exitAll(), FAREWELL_MS);
    else this.#exitAll();
    this.#participants.dropUnlisted();
    this.#handler.onChange();
  }

  /** The first roster of a new socket. */
  handleHello(roster: readonly RosterEntry[]): void {
    this.#inTurn(async () => {
      // What went by a socket that was replaced, and may have been dead, goes again by this one.
      this.#online = false;
      this.#setPaths();
      this.#online = true;
      this.#withoutHost.setOffline(false);
      this.#floodReports.restart();
      this.#selfSeen = false;
      this.#participants.forgetSeen();
      await this.#applyRoster(roster);
    });
  }

  handleRoster(roster: readonly RosterEntry[]): void {
    this.#inTurn(() => this.#applyRoster(roster));
  }

  handleBox(from: string, type: SignalType, boxText: string): void {
    // Nothing of one who is barred is looked at any more.
    if (this.#peers.get(from)?.failed) return;
    const box = fromBase64Url(boxText);
    if (box === null) return;
    this.#inTurn(async () => {
      const peer = this.#peers.get(from);
      if (peer?.active) peer.handleBox(type, box);
      else if (this.#ownName !== null && !peer?.failed) this.#earlyBoxes.add({ from, type, box });
    });
  }

  /** The socket is lost: nobody has left for that. */
  handleOffline(): void {
    this.#inTurn(async () => {
      this.#online = false;
      this.#withoutHost.setOffline(true);
      this.#setPaths();
    });
  }

  wake(): void {
    for (const peer of this.#peers.active) this.#alone(() => peer.transport.wake());
  }

  /** What does not stand yet is tried again at once. */
  wakeUnconnected(): void {
    for (const peer of this.#peers.unconnected) this.#alone(() => peer.transport.wake());
  }

  /** The host doubts that this person is still there: tells it what this page can tell. */
  async answerDoubt(id: string): Promise<void> {
    const word = (await this.#peers.get(id)?.checkLiveness()) ?? 'unknown';
    this.#handler.tellHost({ type: 'vouch', id, word });
  }

  /** While the host is out of reach, goes to those who wait for the page that this one was before it was loaded anew. */
  comeBack(ways: readonly WayBack[]): void {
    this.#inTurn(() => this.#pageReturn.go(ways));
  }

  /** The servers that help to connect are others now; with `repair` connections that stand go by these as well. */
  reconfigure(repair: Repair | null = null): void {
    for (const peer of this.#peers.active) this.#alone(() => peer.transport.reconfigure(repair));
  }

  /** Sends a message to everyone who is there now; to whom, and under which number, null where it was not taken. */
  send(message: PeerMessage, { retain = false, to }: SendOptions = {}): ReadonlyMap<string, number | null> {
    if (retain) this.#retained.set(message.kind, message);
    const active = [...this.#peers].filter(([id, peer]) => peer.active && (to === undefined || id === to));
    return new Map(active.map(([id, peer]) => [id, peer.send(message, retain)]));
  }

  pairForFiles(id: string): PairForFiles | null {
    return this.#peers.get(id)?.forFiles ?? null;
  }

  /** What comparing the codes with this person came to. */
  verify(id: string, matches: boolean): void {
    this.#peers.get(id)?.verify(matches);
  }

  setTrack(track: AudioTrackLike | null): void {
    this.#track = track;
    for (const peer of this.#peers.values()) this.#alone(() => peer.transport.setTrack(track));
  }

  dispose(): void {
    this.leave();
    this.#exitAll();
    this.#tools.turns.dispose();
    this.#tools.receiving.dispose();
  }

  #exitAll(): void {
    this.#farewell.clear();
    for (const peer of this.#peers.values()) this.#alone(() => peer.exit());
    this.#withoutHost.dispose();
  }

  #inTurn(step: () => Promise<void>): void {
    this.#steps.run(step).catch(() => this.#tools.logger.error('mesh-step-failed'));
  }

  async #applyRoster(roster: readonly RosterEntry[]): Promise<void> {
    const accepted = await this.#reader.read(roster);
    const selfDropped = this.#selfSeen && !accepted.selfIn;
    this.#selfSeen ||= accepted.selfIn;
    this.#selfInRoster = accepted.selfIn;
    this.#replaceParticipants(accepted, selfDropped);
    if (this.joined) await this.#enterAll(accepted.participants);
    else this.#makeKeys(accepted.participants);
    this.#handleListed();
    this.#reportFloods();
  }

  /** Ends the peers of those who left, or of all where one was put out oneself, and keeps who stays. */
  #replaceParticipants({ participants }: AcceptedRoster, selfDropped: boolean): void {
    const ids = new Set(participants.map(({ id }) => id));
    for (const participant of this.#participants) {
      const paired = this.joined && ids.has(participant.roster.id);
      const dropped = selfDropped || (participant.seen && !ids.has(participant.roster.id));
      const peer = this.#peers.get(participant.roster.id);
      if (!paired && (dropped || !peer?.transport.channelOpen)) this.#alone(() => peer?.exit());
    }
    const someCame = this.#participants.replace(participants, (id) => this.#peers.get(id)?.active === true);
    if (someCame) this.#tools.voiceStart.noteComing();
    this.#pairs.setPresent(this.#participants.ids);
  }

  /** Of those who are in while one is at the door oneself, so that a press of Join need not wait for that. */
  #makeKeys(participants: readonly RosterParticipant[]): void {
    for (const { identity } of participants.slice(0, PEERS_MAX))
      this.#pairs.get(identity).catch(() => this.#logSkipped());
  }

  async #enterAll(participants: readonly RosterParticipant[]): Promise<void> {
    const peers = await Promise.all(
      participants.map((participant) => this.#peerOf(participant).catch(() => this.#logSkipped())),
    );
    for (const id of this.#peers.keys()) if (this.#pairs.isRetired(id)) this.#peers.delete(id);
    const ownName = this.#ownName;
    // One may have left while the keys were made.
    if (ownName === null) return;
    const present = this.#peers.activeWith(peers.flatMap((peer) => peer ?? []));
    // How many they are is part of how each connection is made.
    for (const peer of present) this.#alone(() => peer.transport.setPeerCount(present.size));
    for (const [index, { id, later }] of participants.entries()) {
      const peer = peers[index];
      if (peer === undefined || peer?.failed) continue;
      if (peer !== null && present.has(peer)) this.#alone(() => peer.enter(ownName, !later));
      else this.#participants.setWaiting(id);
    }
  }

  /** null: too many people for one page, or one who was forgotten. */
  async #peerOf({ id, identity }: RosterParticipant): Promise<Peer | null> {
    const known = this.#peers.get(id);
    if (known) return known;
    const pair = await this.#pairs.get(identity);
    if (!pair.ok) return null;
    const peer: Peer = new Peer(pair.value, this.#tools, {
      sendBySocket: (type, box) => this.#handler.sendBySocket(id, type, box),
      sendByPassing: (type, box) => this.#withoutHost.passing.send(id, type, box),
      onChange: () => this.#handlePeerChange(id),
      onVoice: (track) => this.#handler.onVoice(id, track),
      onMessage: (message) => this.#handler.messages.handle(id, message),
      onMeshBody: (body) => this.#withoutHost.handle(id, body),
      onReturn: (entry, reserve) => this.#inTurn(() => this.#pageReturn.handle(id, entry, reserve)),
      onSettled: (seq, delivered) => this.#handler.messages.handleSettled(id, seq, delivered),
      onExit: () => {
        this.#withoutHost.handleExit(id);
        this.#handler.messages.handleExit(id);
      },
    });
    peer.transport.setTrack(this.#track);
    this.#peers.set(id, peer);
    return peer;
  }

  #mayIntroduce(id: string): boolean {
    const hasRoom = this.#participants.ids.length < this.#handler.capacity() - 1;
    return hasRoom && this.#participants.mayIntroduce(id) && !this.#peers.get(id)?.failed;
  }

  /** While the host is out of reach one of the others says who this is. */
  #introduce(entry: RosterEntry): void {
    this.#inTurn(async () => {
      const participant = await this.#reader.readIntroduced(entry);
      if (participant === null || this.#online || !this.joined || !this.#mayIntroduce(entry.id)) return;
      this.#participants.introduce(participant);
      this.#handleListed();
      await this.#enterAll([participant]);
      this.#handleListed();
    });
  }

  #handleListed(): void {
    this.#pairs.setPresent(this.#participants.ids);
    this.#setPaths();
    this.#handler.onChange();
  }

  /** Those the host does not have in, though it was there for a while. */
  #dropIntroduced(): void {
    for (const { roster, introduced } of this.#participants) if (introduced) this.#drop(roster.id);
  }

  #drop(id: string): void {
    this.#participants.drop(id);
    this.#alone(() => this.#peers.get(id)?.exit());
    this.#handler.onChange();
  }

  #handlePeerChange(id: string): void {
    const peer = this.#peers.get(id);
    if (peer?.transport.voice) this.#monitor.start();
    // Somebody took one back who was in: there is nobody else to say so.
    if (peer?.reachable && !this.#online && this.#ownName !== null) this.#selfInRoster = true;
    const paired = this.#ownName !== null && (this.joined || !this.#online) && this.#isListed(id);
    if (peer?.active && !paired && !peer.transport.channelOpen) {
      if (this.#participants.get(id)?.inRoster) peer.exit();
      else this.#drop(id);
    }
    this.#pageReturn.handlePeerChange(id);
    this.#withoutHost.update();
    this.#reportFloods();
    this.#handler.onChange();
  }

  /** By the host's word, or without the host by that of others. */
  #isListed(id: string): boolean {
    const participant = this.#participants.get(id);
    return participant?.inRoster === true || (participant?.introduced === true && !this.#online);
  }

  #reportFloods(): void {
    if (this.#online && this.joined) this.#floodReports.update(this.#participants, this.#peers);
  }

  #setPaths(): void {
    for (const { roster, inRoster } of this.#participants) {
      const peer = this.#peers.get(roster.id);
      this.#alone(() => peer?.setPath('socket', this.#online && this.joined && inRoster && peer.active));
      if (!peer?.active) continue;
      for (const { type, box } of this.#earlyBoxes.take(roster.id)) peer.handleBox(type, box);
    }
    this.#withoutHost.update();
  }

  /** A step for one person, whose error is nobody else's: a browser may refuse what it has always done. */
  #alone(step: () => void): void {
    try {
      step();
    } catch {
      this.#logSkipped();
    }
  }

  #logSkipped(): undefined {
    this.#tools.logger.error('peer-step-failed');
  }
}
