/** Owns the call as one page sees it: starts and ends all parts, takes the person's intents, gives out RoomState. */

import { toBase64Url } from '../../main/common/bytes.ts';
import { fitName } from '../../main/common/e2ee/room-names.ts';
import { Emitter } from '../../main/common/emitter.ts';
import { type Disposable, DisposableStore } from '../../main/common/lifecycle.ts';
import { PARTICIPANT_VIEW_RATE } from '../../main/common/protocol/limits.ts';
import { assertNever } from '../../main/common/result.ts';
import { LatestThrottle } from '../../main/common/timing/latest-throttle.ts';
import { LocalAudio } from './audio/local-audio.ts';
import { PlaybackSettings } from './audio/playback-settings.ts';
import type { CertificateLike } from './browser-api.ts';
import type { CallIntents, Cue, JoinMode } from './call-intents.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { Messaging } from './messaging/messaging.ts';
import { IceServerChoice } from './peer/ice-servers.ts';
import type { SessionDeps } from './session-deps.ts';
import { HostReachability } from './signaling/host-reachability.ts';
import { Place } from './signaling/place.ts';
import type { HelloMessage, Prover, ServerRoomMessage } from './signaling/server-connection.ts';
import { Signaling } from './signaling/signaling.ts';
import type { AudioSettings } from './state/audio-state.ts';
import type { RoomAction } from './state/room-reducer.ts';
import type { EndReason, RoomState } from './state/room-state.ts';
import { RoomStore } from './state/room-store.ts';
import type { SessionEvent } from './state/session-events.ts';

/** One a page load. */
export class Session<Certificate extends CertificateLike = RTCCertificate>
  implements CallIntents, Disposable
{
  readonly #deps: SessionDeps<Certificate>;
  readonly #signaling: Signaling;
  readonly #audio: LocalAudio;
  readonly #playback: PlaybackSettings;
  readonly #messaging: Messaging;
  readonly #hostReachability: HostReachability;
  readonly #room: RoomStore;
  readonly #place: Place;
  readonly #levels = new Emitter<{ level: number }>();
  readonly #store = new DisposableStore();
  readonly #participants: LatestThrottle<void>;
  /** null until the page has its keys. */
  #endpoint: Endpoint | null = null;
  #prover: Promise<Prover> | null = null;
  readonly #iceServers = new IceServerChoice((server) =>
    this.#room.emit('event', { type: 'server-left-out', ...server }),
  );

  constructor(deps: SessionDeps<Certificate>) {
    this.#deps = deps;
    const room = new RoomStore(deps.logger);
    this.#room = room;
    this.#store.add(deps.sound);
    this.#participants = this.#store.add(
      new LatestThrottle({ ...deps, limit: PARTICIPANT_VIEW_RATE, tell: () => this.#showParticipants() }),
    );
    this.#playback = this.#store.add(new PlaybackSettings(deps.sound, () => this.#showParticipants()));
    this.#audio = this.#store.add(
      new LocalAudio(deps, {
        onMicrophone: (microphone) => {
          room.dispatch({ type: 'microphone', microphone });
          this.#messaging.setMicrophone(microphone);
        },
        onAudio: (audio) => room.dispatch({ type: 'audio', audio }),
        onSpeaking: (speaking) => room.dispatch({ type: 'speaking', speaking }),
        onLevel: (level) => this.#levels.emit('level', level),
        onTrack: () => this.#sendVoice(),
      }),
    );
    this.#messaging = this.#store.add(
      new Messaging({
        ...deps,
        room: () => room.state,
        onSelf: (self) => room.dispatch({ type: 'self', ...self }),
        onChat: (messages) => room.dispatch({ type: 'chat', messages }),
        onPresence: () => this.#participants.push(),
        onMoved: (from, url) => this.#signaling.addOriginOfGuest(from, url),
      }),
    );
    this.#signaling = this.#store.add(
      new Signaling(
        {
          ...deps,
          prover: () => this.#getProver(),
          hasConnectedPeers: () => this.#endpoint?.mesh.hasConnectedPeers ?? false,
        },
        {
          onHello: (hello) => this.#handleHello(hello),
          onMessage: (message) => this.#handleMessage(message),
          onOffline: (crowded) => {
            this.#hostReachability.handleLoss(crowded);
            this.#endpoint?.mesh.handleOffline();
          },
          onEnded: (reason) => this.#end(reason),
        },
      ),
    );
    this.#place = new Place(this.#signaling, () => this.#endpoint?.keyring);
    this.#hostReachability = this.#store.add(
      new HostReachability(deps.network, (signaling) => room.dispatch({ type: 'signaling', signaling })),
    );
    this.#store.add(deps.sound.onBlocked((blocked) => room.dispatch({ type: 'sound-blocked', blocked })));
    this.#store.add(
      deps.network.onWake(() => {
        this.#signaling.wake();
        this.#endpoint?.mesh.wake();
      }),
    );
  }

  get state(): RoomState {
    return this.#room.state;
  }

  /** Calls back with each new state, never with the present one. */
  onState(listener: (state: RoomState) => void): Disposable {
    return this.#room.on('state', listener);
  }

  onEvent(listener: (event: SessionEvent) => void): Disposable {
    return this.#room.on('event', listener);
  }

  /** Calls back with the own microphone's level, 0 to 1, about ten times a second while it changes. */
  onLevel(listener: (level: number) => void): Disposable {
    return this.#levels.on('level', listener);
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
  async join(name: string, mode: JoinMode = 'talk'): Promise<void> {
    const ownName = fitName(name.trim());
    if (ownName === '' || this.#room.ended || this.#place.name !== null) return;
    this.#place.take(ownName);
    this.#room.dispatch({ type: 'joining', name: ownName });
    this.#deps.sound.unlock();
    this.#endpoint?.mesh.join(ownName);
    const answered = this.#audio.join(mode);
    this.#sendVoice();
    await answered;
  }

  /** Gives the place back, ends all connections, closes the microphone; the page stays connected. */
  leave(): void {
    if (this.#place.name === null) return;
    this.#goOut({ type: 'left' });
    this.#signaling.send({ type: 'leave' });
  }

  dismissFull(): void {
    this.#room.dispatch({ type: 'full-dismissed' });
  }

  /** Holds for the page load, with or without a microphone. */
  setMicrophoneMuted(muted: boolean): void {
    this.#audio.setMuted(muted);
  }

  /** Asks for the microphone again, while in the call without one. */
  async retryMicrophone(): Promise<void> {
    if (this.#place.name !== null) await this.#audio.open();
  }

  /** Whether the person is not heard here; nobody else notices. */
  setMutedHere(id: string, muted: boolean): void {
    this.#playback.setMuted(id, muted);
    this.#showParticipants();
  }

  /** How loud the person is here, 0 to 2; holds for the name as well, should they come back. */
  setVolume(id: string, volume: number): void {
    this.#playback.setVolume(id, volume);
    this.#showParticipants();
  }

  /**
   * What comparing the verification codes aloud came to. A match makes the person verified for as long as both pages keep
   * their keys, and does nothing while `code` is null; a mismatch ends the connection and bars the id for the page load.
   */
  verify(id: string, matches: boolean): void {
    this.#endpoint?.mesh.verify(id, matches);
  }

  openMicrophone(): void {
    if (this.#place.name === null && !this.#room.ended) void this.#audio.open();
  }

  closeMicrophone(): void {
    if (this.#place.name === null) this.#audio.close();
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
    this.#endpoint?.prepareConnections();
    this.#endpoint?.mesh.reconfigure();
  }

  react(emoji: string): void {
    this.#messaging.react(emoji);
  }

  setHandUp(up: boolean): void {
    this.#messaging.setHandUp(up);
  }

  sendChat(text: string): void {
    this.#messaging.sendChat(text);
  }

  setChatReaction(key: string, emoji: string, on: boolean): void {
    this.#messaging.setChatReaction(key, emoji, on);
  }

  /** To be called inside a tap while `soundBlocked`. */
  unlockSound(): void {
    this.#deps.sound.unlock();
  }

  dispose(): void {
    this.#room.dispose();
    this.#levels.dispose();
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
    const { sound, link } = this.#deps;
    const endpoint = await createEndpoint(this.#deps, this.#iceServers, {
      messages: this.#messaging.receiver,
      sendBySocket: (to, type, box) => this.#signaling.send({ type, to, box: toBase64Url(box) }),
      onChange: () => this.#participants.push(),
      onVoice: (from, track) => (track === null ? sound.detach(from) : sound.attach(from, track)),
      tellHost: (message) => this.#signaling.send(message),
    });
    const { id, keyring, mesh } = endpoint;
    this.#endpoint = this.#store.add(endpoint);
    this.#messaging.attach(mesh);
    if (this.#place.name !== null) {
      mesh.join(this.#place.name);
      mesh.setTrack(this.#audio.track);
    }
    this.#room.dispatch({ type: 'identified', id });
    return { identity: keyring.identity, open: (address) => keyring.openSocket(link.token, address) };
  }

  #handleHello({ roster, capacity, iceServers }: HelloMessage): void {
    this.#iceServers.handleHost(iceServers);
    this.#endpoint?.prepareConnections();
    this.#hostReachability.handleOnline();
    this.#room.dispatch({ type: 'places', capacity, taken: roster.length });
    this.#endpoint?.mesh.handleHello(roster);
    this.#place.handleHello(roster.some(({ id }) => id === this.#endpoint?.id));
  }

  #handleMessage(message: ServerRoomMessage): void {
    if ('box' in message) {
      this.#endpoint?.mesh.handleBox(message.from, message.type, message.box);
      return;
    }
    switch (message.type) {
      case 'roster':
        this.#room.dispatch({
          type: 'places',
          capacity: this.#room.state.capacity,
          taken: message.roster.length,
        });
        this.#endpoint?.mesh.handleRoster(message.roster);
        return;
      case 'full':
        if (this.#place.name !== null) this.#goOut({ type: 'full' });
        return;
      case 'moved':
        if (this.#signaling.addOriginOfHost(message.url)) this.#messaging.sendMoved(message.url);
        return;
      case 'doubt':
        void this.#endpoint?.mesh.answerDoubt(message.id);
        return;
      default:
        assertNever(message);
    }
  }

  /** Before one is in, the microphone is only looked at. */
  #sendVoice(): void {
    this.#endpoint?.mesh.setTrack(this.#place.name === null ? null : this.#audio.track);
  }

  #goOut(action: RoomAction): void {
    this.#place.giveUp();
    this.#audio.close();
    this.#messaging.clear();
    this.#room.dispatch(action);
    this.#endpoint?.mesh.leave();
  }

  #end(reason: EndReason): void {
    this.#goOut({ type: 'left' });
    this.#signaling.dispose();
    this.#endpoint?.dispose();
    this.#room.dispatch({ type: 'signaling', signaling: { phase: 'ended', reason } });
  }

  #showParticipants(): void {
    const mesh = this.#endpoint?.mesh;
    if (!mesh) return;
    this.#playback.handleParticipants(mesh.participants);
    const participants = mesh.participants.map((participant) => ({
      ...participant,
      ...this.#messaging.presenceOf(participant.id),
      ...this.#playback.of(participant.id),
    }));
    this.#room.dispatch({ type: 'participants', selfIn: mesh.joined, participants });
  }
}
