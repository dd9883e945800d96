/** Owns the call as one page sees it: starts and ends all parts, takes the person's intents, gives out RoomState. */

import { toBase64Url } from '../../main/common/bytes.ts';
import type { Keyring } from '../../main/common/e2ee/keyring.ts';
import { fitName } from '../../main/common/e2ee/room-names.ts';
import { Emitter } from '../../main/common/emitter.ts';
import { type Disposable, DisposableStore } from '../../main/common/lifecycle.ts';
import { assertNever } from '../../main/common/result.ts';
import { LocalAudio } from './audio/local-audio.ts';
import { PlaybackSettings } from './audio/playback-settings.ts';
import type { CertificateLike } from './browser-api.ts';
import type { CallIntents, Cue, JoinMode } from './call-intents.ts';
import { Mesh } from './mesh/mesh.ts';
import { Messaging } from './messaging/messaging.ts';
import { createPageIdentity, type PageIdentity } from './page-identity.ts';
import { IceServerChoice } from './peer/ice-servers.ts';
import { WarmPeerConnectionFactory } from './peer/peer-connection-factory.ts';
import type { SessionDeps } from './session-deps.ts';
import { HostReachability } from './signaling/host-reachability.ts';
import type { HelloMessage, Prover, ServerRoomMessage } from './signaling/server-connection.ts';
import { Signaling } from './signaling/signaling.ts';
import type { AudioSettings } from './state/audio-state.ts';
import { INITIAL_STATE, type RoomAction, reduceRoom } from './state/room-reducer.ts';
import type { EndReason, RoomState } from './state/room-state.ts';
import { type SessionEvent, sessionEventsBetween } from './state/session-events.ts';
import { logChanges } from './state/state-log.ts';

interface SessionEvents {
  state: RoomState;
  event: SessionEvent;
  level: number;
}

/** What exists once the page has its keys. */
interface Crew<Certificate extends CertificateLike> {
  readonly keyring: Keyring;
  readonly mesh: Mesh;
  readonly connections: WarmPeerConnectionFactory<Certificate>;
  readonly id: string;
}

/** One a page load. */
export class Session<Certificate extends CertificateLike = RTCCertificate>
  implements CallIntents, Disposable
{
  readonly #deps: SessionDeps<Certificate>;
  readonly #signaling: Signaling;
  readonly #audio: LocalAudio;
  readonly #hearing: PlaybackSettings;
  readonly #talk: Messaging;
  readonly #way: HostReachability;
  readonly #events = new Emitter<SessionEvents>();
  readonly #store = new DisposableStore();
  #state: RoomState = INITIAL_STATE;
  #crew: Crew<Certificate> | null = null;
  #prover: Promise<Prover> | null = null;
  /** The name one is in with or wants to come in with; null while out. */
  #ownName: string | null = null;
  /** The name the server was told last. */
  #sentName: string | null = null;
  readonly #iceServers = new IceServerChoice((server) =>
    this.#events.emit('event', { type: 'server-left-out', ...server }),
  );

  constructor(deps: SessionDeps<Certificate>) {
    this.#deps = deps;
    this.#store.add(deps.sound);
    this.#hearing = this.#store.add(new PlaybackSettings(deps.sound, () => this.#showPeople()));
    this.#audio = this.#store.add(
      new LocalAudio(deps, {
        onMicrophone: (microphone) => {
          this.#dispatch({ type: 'microphone', microphone });
          this.#talk.setMicrophone(microphone);
        },
        onAudio: (audio) => this.#dispatch({ type: 'audio', audio }),
        onSpeaking: (speaking) => this.#dispatch({ type: 'speaking', speaking }),
        onLevel: (level) => this.#events.emit('level', level),
        onTrack: () => this.#sendVoice(),
      }),
    );
    this.#talk = this.#store.add(
      new Messaging({
        ...deps,
        mesh: () => this.#crew?.mesh ?? null,
        room: () => this.#state,
        onSelf: (self) => this.#dispatch({ type: 'self', ...self }),
        onChat: (messages) => this.#dispatch({ type: 'chat', messages }),
      }),
    );
    this.#signaling = this.#store.add(
      new Signaling(
        {
          ...deps,
          prover: () => this.#getProver(),
          voicesStand: () => this.#crew?.mesh.voicesStand ?? false,
        },
        {
          onHello: (hello) => this.#handleHello(hello),
          onMessage: (message) => this.#handleMessage(message),
          onOffline: (crowded) => this.#handleOffline(crowded),
          onEnded: (reason) => this.#end(reason),
        },
      ),
    );
    this.#way = this.#store.add(
      new HostReachability(deps.network, (connection) => this.#dispatch({ type: 'connection', connection })),
    );
    this.#store.add(deps.sound.onBlocked((blocked) => this.#dispatch({ type: 'sound-blocked', blocked })));
    this.#store.add(deps.network.onWake(() => this.#handleWake()));
  }

  get state(): RoomState {
    return this.#state;
  }

  /** Calls back with each new state, never with the present one. */
  onState(listener: (state: RoomState) => void): Disposable {
    return this.#events.on('state', listener);
  }

  onEvent(listener: (event: SessionEvent) => void): Disposable {
    return this.#events.on('event', listener);
  }

  /** Calls back with the own microphone's level, 0 to 1, about ten times a second while it changes. */
  onLevel(listener: (level: number) => void): Disposable {
    return this.#events.on('level', listener);
  }

  /** Connects and proves itself, before anybody presses Join. */
  start(): void {
    this.#audio.start();
    this.#signaling.start();
  }

  /**
   * Takes a place under this name as soon as there is a connection. Does not wait for the microphone, which is asked for
   * at the same time unless it is open; settles when the browser has answered that. To be called inside the tap, so that
   * the browser plays sound. A name longer than a name's box is cut; a blank one does nothing.
   */
  async join(name: string, manner: JoinMode = 'talk'): Promise<void> {
    const ownName = fitName(name.trim());
    if (ownName === '' || this.#isOver() || this.#ownName !== null) return;
    this.#ownName = ownName;
    this.#dispatch({ type: 'joining', name: ownName });
    this.#deps.sound.unlock();
    this.#crew?.mesh.join(ownName);
    this.#sendName();
    const answered = this.#audio.join(manner);
    this.#sendVoice();
    await answered;
  }

  /** Gives the place back, ends all links, closes the microphone; the page stays connected. */
  leave(): void {
    if (this.#ownName === null) return;
    this.#goOut({ type: 'left' });
    this.#signaling.send({ type: 'leave' });
  }

  dismissFull(): void {
    this.#dispatch({ type: 'full-dismissed' });
  }

  /** Holds for the page load, with or without a microphone. */
  setMicrophoneMuted(muted: boolean): void {
    this.#audio.setMuted(muted);
  }

  /** Asks for the microphone again, while in the call without one. */
  async retryMicrophone(): Promise<void> {
    if (this.#ownName !== null) await this.#audio.open();
  }

  /** Whether the person is not heard here; nobody else notices. */
  setMutedHere(id: string, muted: boolean): void {
    this.#hearing.setMuted(id, muted);
    this.#showPeople();
  }

  /** How loud the person is here, 0 to 2; holds for the name as well, should they come back. */
  setVolume(id: string, volume: number): void {
    this.#hearing.setVolume(id, volume);
    this.#showPeople();
  }

  /**
   * What comparing the verification codes aloud came to. A match makes the person verified for as long as both pages keep
   * their keys, and does nothing while `code` is null; a mismatch ends the link and bars the id for the page load.
   */
  verify(id: string, matches: boolean): void {
    this.#crew?.mesh.verify(id, matches);
  }

  openMicrophone(): void {
    if (this.#ownName === null && !this.#isOver()) void this.#audio.open();
  }

  closeMicrophone(): void {
    if (this.#ownName === null) this.#audio.close();
  }

  setTalkKeyHeld(held: boolean): void {
    this.#audio.setTalkKeyHeld(held);
  }

  setAudioSettings(settings: AudioSettings): void {
    this.#audio.setSettings(settings);
  }

  testSpeaker(): void {
    this.#deps.cues.play('test');
  }

  playCue(cue: Cue): void {
    this.#deps.cues.play(cue);
  }

  setStunServer(url: string | null): void {
    if (!this.#iceServers.setOwnStun(url)) return;
    this.#crew?.connections.prepare();
    this.#crew?.mesh.reconfigure();
  }

  react(emoji: string): void {
    this.#talk.react(emoji);
  }

  setHandUp(up: boolean): void {
    this.#talk.setHandUp(up);
  }

  sendChat(text: string): void {
    this.#talk.sendChat(text);
  }

  setChatReaction(key: string, emoji: string, on: boolean): void {
    this.#talk.setChatReaction(key, emoji, on);
  }

  /** To be called inside a tap while `soundBlocked`. */
  unlockSound(): void {
    this.#deps.sound.unlock();
  }

  dispose(): void {
    this.#events.dispose();
    this.#goOut({ type: 'left' });
    this.#store.dispose();
  }

  /** Made once, while the first socket opens. */
  #getProver(): Promise<Prover> {
    this.#prover ??= this.#prepare().catch((error: unknown) => {
      this.#end('browser-only');
      throw error;
    });
    return this.#prover;
  }

  async #prepare(): Promise<Prover> {
    const keys = await createPageIdentity(this.#deps);
    const { keyring } = keys;
    this.#crew = this.#createCrew(keys);
    this.#dispatch({ type: 'identified', id: this.#crew.id });
    const { token } = this.#deps.link;
    return { identity: keyring.identity, open: (address) => keyring.openSocket(token, address) };
  }

  #createCrew({ keyring, certificate }: PageIdentity<Certificate>): Crew<Certificate> {
    const { crypto, clock, timers, logger, createPeerConnection } = this.#deps;
    const id = toBase64Url(keyring.identity.id);
    const connections = this.#store.add(
      new WarmPeerConnectionFactory({ timers, certificate, createPeerConnection, servers: this.#iceServers }),
    );
    const mesh = new Mesh(
      keyring,
      id,
      { crypto, clock, timers, logger, connections, voiceCodecs: this.#deps.voiceCodecs() },
      {
        sendBySocket: (to, type, box) => this.#signaling.send({ type, to, box: toBase64Url(box) }),
        onChange: () => this.#showPeople(),
        onVoice: (from, track) =>
          track === null ? this.#deps.sound.detach(from) : this.#deps.sound.attach(from, track),
        onMoved: (from, url) => this.#signaling.addOriginOfGuest(from, url),
        onChat: (from, body) => this.#talk.handleChat(from, body),
        onChatReaction: (from, body) => this.#talk.handleChatReaction(from, body),
        tellHost: (message) => this.#signaling.send(message),
        onSettled: (to, seq, delivered) => this.#talk.handleSettled(to, seq, delivered),
      },
    );
    mesh.setPresence(this.#talk.presence);
    if (this.#ownName !== null) {
      mesh.join(this.#ownName);
      mesh.setTrack(this.#audio.track);
    }
    return { keyring, mesh, connections, id };
  }

  #handleHello({ roster, capacity, iceServers }: HelloMessage): void {
    this.#iceServers.handleHost(iceServers);
    this.#crew?.connections.prepare();
    this.#way.handleOnline();
    this.#dispatch({ type: 'places', capacity, taken: roster.length });
    this.#crew?.mesh.handleHello(roster);
    const selfIn = roster.some(({ id }) => id === this.#crew?.id);
    if (this.#ownName === null) {
      if (selfIn) this.#signaling.send({ type: 'leave' });
    } else if (!selfIn || this.#sentName !== this.#ownName) {
      this.#sendName();
    }
  }

  #handleMessage(message: ServerRoomMessage): void {
    if ('box' in message) {
      this.#crew?.mesh.handleBox(message.from, message.type, message.box);
      return;
    }
    switch (message.type) {
      case 'roster':
        this.#dispatch({ type: 'places', capacity: this.#state.capacity, taken: message.roster.length });
        this.#crew?.mesh.handleRoster(message.roster);
        return;
      case 'full':
        if (this.#ownName !== null) this.#goOut({ type: 'full' });
        return;
      case 'moved':
        if (this.#signaling.addOriginOfHost(message.url)) this.#crew?.mesh.tellMoved(message.url);
        return;
      case 'doubt':
        void this.#crew?.mesh.answerDoubt(message.id);
        return;
      default:
        assertNever(message);
    }
  }

  #handleOffline(crowded: boolean): void {
    this.#way.handleLoss(crowded);
    this.#crew?.mesh.handleOffline();
  }

  #handleWake(): void {
    this.#signaling.wake();
    this.#crew?.mesh.wake();
  }

  #sendName(): void {
    const name = this.#ownName;
    if (name === null || !this.#signaling.want()) return;
    this.#sentName = name;
    void this.#crew?.keyring.sealName(name).then((box) => {
      if (this.#ownName === name) this.#signaling.send({ type: 'name', name: toBase64Url(box) });
    });
  }

  /** Before one is in, the microphone is only looked at. */
  #sendVoice(): void {
    this.#crew?.mesh.setTrack(this.#ownName === null ? null : this.#audio.track);
  }

  #goOut(action: RoomAction): void {
    this.#ownName = null;
    this.#audio.close();
    this.#talk.clear();
    this.#dispatch(action);
    this.#crew?.mesh.leave();
  }

  #end(reason: EndReason): void {
    this.#goOut({ type: 'left' });
    this.#signaling.dispose();
    this.#crew?.connections.dispose();
    this.#dispatch({ type: 'connection', connection: { phase: 'ended', reason } });
  }

  #isOver(): boolean {
    return this.#state.connection.phase === 'ended';
  }

  #showPeople(): void {
    const mesh = this.#crew?.mesh;
    if (!mesh) return;
    this.#hearing.handlePeople(mesh.people);
    const people = mesh.people.map((person) => ({ ...person, ...this.#hearing.of(person.id) }));
    this.#dispatch({ type: 'people', selfIn: mesh.joined, people });
  }

  #dispatch(action: RoomAction): void {
    const before = this.#state;
    this.#state = reduceRoom(before, action);
    if (this.#state === before) return;
    logChanges(this.#deps.logger, before, this.#state);
    this.#events.emit('state', this.#state);
    for (const event of sessionEventsBetween(before, this.#state)) this.#events.emit('event', event);
  }
}
