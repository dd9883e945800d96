/** Owns the session of a page with its host: connected from the start, in the call once one joins; gives out RoomState. */

import { fitName } from '../../main/common/e2ee/room-names.ts';
import { Emitter } from '../../main/common/emitter.ts';
import { type Disposable, DisposableStore } from '../../main/common/lifecycle.ts';
import type { RosterEntry } from '../../main/common/protocol/messages.ts';
import { assertNever } from '../../main/common/result.ts';
import type { CertificateLike } from './browser-api.ts';
import type { CallIntents, CallStanding, Cue, FileIntents, JoinMode, TalkKey } from './call-intents.ts';
import type { SessionDeps } from './session-deps.ts';
import { HostReachability } from './signaling/host-reachability.ts';
import { Place } from './signaling/place.ts';
import type { HelloMessage, Prover, ServerRoomMessage } from './signaling/server-connection.ts';
import { Signaling } from './signaling/signaling.ts';
import type { AudioSettings, MicrophoneState } from './state/audio-state.ts';
import type { RecordCommand } from './state/recording-state.ts';
import type { RoomAction } from './state/room-reducer.ts';
import type { DoorAnswer, EndReason, RoomState } from './state/room-state.ts';
import { RoomStore } from './state/room-store.ts';
import type { SessionEvent } from './state/session-events.ts';
import { EarlyMicrophone, requestOf } from './waiting/early-microphone.ts';
import { LateCall } from './waiting/late-call.ts';
import { createPageKeys, type PageKeys } from './waiting/page-keys.ts';

/**
 * The code of the call comes as soon as somebody turns to joining. Who only looks has it after this time: the network and
 * the processor were theirs until then, and later the host may be out of reach.
 */
export const CALL_LOADED_AFTER_MS = 6_000;

/** One a page load and link. */
export class Session<Certificate extends CertificateLike = RTCCertificate>
  implements Omit<CallIntents, keyof FileIntents>, Disposable
{
  readonly #deps: SessionDeps<Certificate>;
  readonly #room: RoomStore;
  readonly #signaling: Signaling;
  readonly #place: Place;
  readonly #hostReachability: HostReachability;
  readonly #microphone: EarlyMicrophone;
  readonly #call: LateCall;
  readonly #levels = new Emitter<{ level: number }>();
  readonly #store = new DisposableStore();
  /** Asked for once, while the first socket opens. */
  #making: Promise<PageKeys<Certificate>> | null = null;
  /** null until they are made. */
  #keys: PageKeys<Certificate> | null = null;

  constructor(deps: SessionDeps<Certificate>) {
    this.#deps = deps;
    const room = new RoomStore(deps.logger);
    this.#room = room;
    this.#microphone = new EarlyMicrophone(deps.microphone);
    this.#call = this.#store.add(
      new LateCall({
        timers: deps.timers,
        load: () => this.#loadCall(),
        onFailed: () => {
          if (this.#place.name !== null) this.#giveUpPlace({ type: 'call-missing' });
        },
      }),
    );
    this.#signaling = this.#store.add(
      new Signaling(
        { ...deps, prover: () => this.#getProver(), hasConnectedPeers: () => this.#call.hasConnectedPeers },
        {
          onHello: (hello) => this.#handleHello(hello),
          onMessage: (message) => this.#handleMessage(message),
          onFrame: () => this.#call.use((call) => call.handleFrame()),
          onOffline: (reason) => {
            this.#hostReachability.handleLoss(reason);
            this.#call.tell('offline', (call) => call.handleOffline());
          },
          onEnded: (reason) => this.#end(reason),
        },
      ),
    );
    this.#place = new Place(this.#signaling, () => this.#keys?.keyring);
    this.#hostReachability = this.#store.add(
      new HostReachability(deps.network, (signaling) => room.dispatch({ type: 'signaling', signaling })),
    );
    this.#store.add(
      deps.network.onWake(() => {
        this.#signaling.wake();
        this.#call.use((call) => call.wake(deps.network.offline));
      }),
    );
  }

  get state(): RoomState {
    return this.#room.state;
  }

  /** By the button; a key to talk may be held over it. */
  get muted(): boolean {
    return this.#call.muted;
  }

  /** What can be wanted of files; null while the code of the call is to come. */
  get files(): FileIntents | null {
    return this.#call.files;
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
    this.#signaling.start();
  }

  prepare(): void {
    if (!this.#room.ended) this.#call.load();
  }

  /**
   * Takes a place under this name as soon as there is a connection. Waits neither for the code of the call nor for the
   * microphone, which is asked for at the same time unless it is open. To be called inside the tap, so that the browser
   * asks and plays sound. A name longer than a name's box is cut; a blank one does nothing.
   */
  join(name: string, mode: JoinMode = 'talk'): void {
    const ownName = fitName(name.trim());
    if (ownName === '' || this.#room.ended || this.#place.name !== null) return;
    this.#place.take(ownName);
    this.#room.dispatch({ type: 'joining', name: ownName });
    if (!this.#call.open && mode !== 'listen') this.#askForMicrophone();
    this.#call.tell('place', (call) => call.join(ownName, mode));
    this.#call.load();
  }

  restore(standing: CallStanding): void {
    this.#room.dispatch({ type: 'returned' });
    this.#call.tell('standing', (call) => call.restore(standing));
  }

  /** Gives the place back, ends all connections, closes the microphone; the page stays connected. */
  leave(): void {
    if (this.#place.name !== null) this.#giveUpPlace({ type: 'left' });
  }

  dismissFull(): void {
    this.#room.dispatch({ type: 'full-dismissed' });
  }

  /** Holds for the page load, with or without a microphone. */
  setMicrophoneMuted(muted: boolean): void {
    this.#call.tell('muted', (call) => call.setMicrophoneMuted(muted));
  }

  /** Asks for the microphone again, while in the call without one. */
  retryMicrophone(): void {
    if (this.#place.name === null) return;
    if (this.#call.open) this.#call.use((call) => call.retryMicrophone());
    else this.#askForMicrophone();
  }

  openMicrophone(): void {
    if (this.#place.name !== null || this.#room.ended) return;
    this.#call.tell('microphone', (call) => call.openMicrophone());
    this.#call.load();
  }

  closeMicrophone(): void {
    if (this.#place.name === null) this.#call.tell('microphone', (call) => call.closeMicrophone());
  }

  setTalkKeyHeld(held: boolean, key?: TalkKey): void {
    this.#call.use((call) => call.setTalkKeyHeld(held, key));
  }

  setMuteKeyHeld(held: boolean): void {
    this.#call.use((call) => call.setMuteKeyHeld(held));
  }

  setAudioSettings(settings: AudioSettings): void {
    this.#room.dispatch({ type: 'audio', audio: { ...this.#room.state.audio, settings, refused: null } });
    this.#call.tell('audio', (call) => call.setAudioSettings(settings));
  }

  testSpeaker(): void {
    this.#call.tell('speaker-test', (call) => call.testSpeaker());
    this.#call.load();
  }

  playCue(cue: Cue): void {
    this.#call.use((call) => call.playCue(cue));
  }

  setStunServer(url: string | null): void {
    this.#call.tell('stun', (call) => call.setStunServer(url));
  }

  setAddressHidden(hidden: boolean): void {
    this.#call.tell('hiding', (call) => call.setAddressHidden(hidden));
  }

  /** Whether the person is not heard here; nobody else notices. */
  setMutedHere(id: string, muted: boolean): void {
    this.#call.use((call) => call.setMutedHere(id, muted));
  }

  /** How loud the person is here, 0 to 2; holds for the name as well, should they come back. */
  setVolume(id: string, volume: number): void {
    this.#call.use((call) => call.setVolume(id, volume));
  }

  /**
   * What comparing the verification codes aloud came to. A match makes the person verified for as long as both pages keep
   * their keys, and does nothing while `code` is null; a mismatch ends the connection and bars the id for the page load.
   */
  verify(id: string, matches: boolean): void {
    this.#call.use((call) => call.verify(id, matches));
  }

  react(emoji: string): void {
    this.#call.use((call) => call.react(emoji));
  }

  setHandUp(up: boolean): void {
    this.#call.use((call) => call.setHandUp(up));
  }

  sendChat(text: string): void {
    this.#call.use((call) => call.sendChat(text));
  }

  setChatReaction(key: string, emoji: string, on: boolean): void {
    this.#call.use((call) => call.setChatReaction(key, emoji, on));
  }

  record(command: RecordCommand): void {
    this.#call.use((call) => call.record(command));
  }

  /** To be called inside a tap while `soundBlocked`. */
  unlockSound(): void {
    this.#call.use((call) => call.unlockSound());
  }

  dispose(): void {
    this.#room.dispose();
    this.#levels.dispose();
    this.#goOut({ type: 'left' });
    this.#store.dispose();
  }

  #getKeys(): Promise<PageKeys<Certificate>> {
    this.#making ??= createPageKeys(this.#deps).then((keys) => {
      this.#keys = keys;
      this.#room.dispatch({ type: 'identified', id: keys.id });
      return keys;
    });
    return this.#making;
  }

  async #getProver(): Promise<Prover> {
    try {
      const { keyring } = await this.#getKeys();
      const { token } = this.#deps.link;
      return { identity: keyring.identity, open: (address) => keyring.openSocket(token, address) };
    } catch (error) {
      this.#end('browser-only');
      throw error;
    }
  }

  async #loadCall() {
    const [openCall, keys] = await Promise.all([this.#deps.loadCall(), this.#getKeys()]);
    return () =>
      openCall({
        keys,
        room: this.#room,
        microphone: this.#microphone,
        send: (message) => this.#signaling.send(message),
        doubtHost: (doubted) => this.#signaling.doubt(doubted),
        loseHost: () => this.#signaling.lose(),
        onMoved: (from, url) => this.#signaling.addOriginOfGuest(from, url),
        onLevel: (level) => this.#levels.emit('level', level),
      });
  }

  #handleHello(hello: HelloMessage): void {
    const { roster, capacity } = hello;
    this.#hostReachability.handleOnline();
    this.#showPlaces(roster, capacity);
    this.#call.tell('hello', (call) => call.handleHello(hello));
    this.#place.handleHello(roster.some(({ id }) => id === this.#keys?.id));
    this.#call.loadAfter(CALL_LOADED_AFTER_MS);
  }

  #handleMessage(message: ServerRoomMessage): void {
    if ('box' in message) {
      const { from, type, box } = message;
      this.#call.pass((call) => call.handleBox(from, type, box));
      return;
    }
    switch (message.type) {
      case 'roster':
        this.#showPlaces(message.roster, this.#room.state.capacity);
        this.#call.tell('roster', (call) => call.handleRoster(message.roster));
        return;
      case 'full':
        if (this.#place.name !== null) this.#goOut({ type: 'full' });
        return;
      case 'waiting':
      case 'refused':
      case 'locked':
        this.#handleDoor(message.type);
        return;
      case 'moved':
        if (this.#signaling.addOriginOfHost(message.url))
          this.#call.tell('moved', (call) => call.handleMoved(message.url));
        return;
      case 'ice-servers':
        this.#call.tell('ice-servers', (call) => call.handleIceServers(message));
        return;
      case 'files':
        this.#call.tell('files', (call) => call.handleFilesAllowed(message.allowed));
        return;
      case 'doubt':
        this.#call.pass((call) => call.handleDoubt(message.id));
        return;
      default:
        assertNever(message);
    }
  }

  #handleDoor(answer: DoorAnswer): void {
    const action = { type: 'door', answer } as const;
    if (this.#room.state.call !== 'joining') return;
    if (answer === 'waiting') this.#room.dispatch(action);
    else this.#goOut(action);
  }

  #showPlaces(roster: readonly RosterEntry[], capacity: number): void {
    const others = roster.filter(({ id }) => id !== this.#keys?.id).length;
    this.#room.dispatch({ type: 'places', capacity, taken: roster.length, others });
  }

  /** The call's code, still to come, takes up the answer: inside the tap a browser is surest to ask. */
  #askForMicrophone(): void {
    this.#room.dispatch({ type: 'microphone', microphone: { phase: 'asking' } });
    void this.#microphone.ask(requestOf(this.#room.state.audio.settings)).then((answer) => {
      // While nothing is sent there is nothing to be seen of it, but that nobody needs to be asked.
      if (this.#call.open || this.#place.name === null) return;
      const microphone: MicrophoneState = answer.ok
        ? { phase: 'off' }
        : { phase: 'none', reason: answer.error };
      this.#room.dispatch({ type: 'microphone', microphone });
    });
  }

  #giveUpPlace(action: RoomAction): void {
    this.#goOut(action);
    this.#signaling.send({ type: 'leave' });
  }

  #goOut(action: RoomAction): void {
    this.#place.giveUp();
    if (!this.#call.open) this.#room.dispatch({ type: 'microphone', microphone: { phase: 'off' } });
    this.#microphone.giveUp();
    this.#room.dispatch(action);
    this.#call.tell('place', (call) => call.leave());
  }

  #end(reason: EndReason): void {
    this.#goOut({ type: 'left' });
    this.#signaling.dispose();
    this.#call.dispose();
    this.#room.dispatch({ type: 'signaling', signaling: { phase: 'ended', reason } });
  }
}
