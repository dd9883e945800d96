/** Owns the call as one page sees it: starts and ends all parts, takes the person's intents, gives out RoomState. */

import { toBase64Url } from '../../main/common/bytes.ts';
import { Emitter } from '../../main/common/emitter.ts';
import { type Disposable, DisposableStore } from '../../main/common/lifecycle.ts';
import { CHAT_MAX_UNITS } from '../../main/common/protocol/limits.ts';
import type { IceServer } from '../../main/common/protocol/messages.ts';
import { assertNever } from '../../main/common/result.ts';
import { parseFingerprint } from '../../main/common/sealing/identity.ts';
import { Keyring } from '../../main/common/sealing/keyring.ts';
import { fitName } from '../../main/common/sealing/room-name.ts';
import { announcementsBetween, type SessionEvent } from './announcements.ts';
import type { AudioSettings } from './audio-settings.ts';
import type { CallIntents, JoinManner } from './call-intents.ts';
import { ChatLog } from './chat-log.ts';
import { chosenIceServers } from './ice-servers.ts';
import { Mesh } from './mesh.ts';
import { OwnPresence } from './own-presence.ts';
import { OwnVoice } from './own-voice.ts';
import { INITIAL_STATE, type RoomAction, reduceRoom } from './room-reducer.ts';
import type { EndReason, RoomState } from './room-state.ts';
import type { HelloMessage, Prover, RoomMessage } from './server-connection.ts';
import type { CertificateLike, PeerConfiguration, SessionDeps } from './session-deps.ts';
import { Signaling } from './signaling.ts';

export type { SessionEvent } from './announcements.ts';
export type { SessionDeps } from './session-deps.ts';

interface SessionEvents {
  state: RoomState;
  event: SessionEvent;
}

/** What exists once the page has its keys. */
interface Crew {
  readonly keyring: Keyring;
  readonly mesh: Mesh;
  readonly id: string;
}

/** One a page load. */
export class Session<Certificate extends CertificateLike = RTCCertificate>
  implements CallIntents, Disposable
{
  readonly #deps: SessionDeps<Certificate>;
  readonly #signaling: Signaling;
  readonly #voice: OwnVoice;
  readonly #events = new Emitter<SessionEvents>();
  readonly #store = new DisposableStore();
  readonly #mutedHere = new Set<string>();
  #state: RoomState = INITIAL_STATE;
  #crew: Crew | null = null;
  #prover: Promise<Prover> | null = null;
  /** The name one is in with or wants to come in with; null while out. */
  #ownName: string | null = null;
  /** The name the server was told last. */
  #sentName: string | null = null;
  #iceServers: readonly IceServer[] = [];
  #ownStun: string | null = null;
  readonly #presence: OwnPresence;
  readonly #chat: ChatLog;

  constructor(deps: SessionDeps<Certificate>) {
    this.#deps = deps;
    this.#voice = new OwnVoice(deps.microphone, {
      onState: (microphone) => {
        this.#dispatch({ type: 'microphone', microphone });
        this.#presence.setMicrophone(microphone);
      },
      onTrack: (track) => this.#crew?.mesh.setTrack(track),
    });
    this.#presence = this.#store.add(
      new OwnPresence(deps.timers, {
        onPresence: (presence) => this.#crew?.mesh.setPresence(presence),
        onChange: () => this.#dispatch({ type: 'self', ...this.#presence.view }),
      }),
    );
    this.#chat = new ChatLog({
      wallClock: deps.wallClock,
      onChange: () => this.#dispatch({ type: 'chat', messages: this.#chat.messages }),
    });
    this.#signaling = this.#store.add(
      new Signaling(
        { ...deps, prover: () => this.#getProver() },
        {
          onHello: (hello) => this.#handleHello(hello),
          onMessage: (message) => this.#handleMessage(message),
          onOffline: () => this.#handleOffline(),
          onEnded: (reason) => this.#end(reason),
        },
      ),
    );
    this.#store.add(deps.sound);
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

  /** Connects and proves itself, before anybody presses Join. */
  start(): void {
    this.#signaling.start();
  }

  /**
   * Takes a place under this name as soon as there is a connection. Does not wait for the microphone, which is asked for
   * at the same time; settles when the browser has answered that. To be called inside the tap, so that the browser plays
   * sound. A name longer than a name's box is cut; a blank one does nothing.
   */
  async join(name: string, _manner: JoinManner = 'talk'): Promise<void> {
    const ownName = fitName(name.trim());
    if (ownName === '' || this.#isOver() || this.#ownName !== null) return;
    this.#ownName = ownName;
    this.#dispatch({ type: 'joining', name: ownName });
    this.#deps.sound.unlock();
    this.#crew?.mesh.join(ownName);
    this.#sendName();
    await this.#voice.open();
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
    this.#voice.setMuted(muted);
  }

  /** Asks for the microphone again, while in the call without one. */
  async retryMicrophone(): Promise<void> {
    if (this.#ownName !== null) await this.#voice.open();
  }

  /** Whether the person is not heard here; nobody else notices. */
  setMutedHere(id: string, muted: boolean): void {
    if (muted) this.#mutedHere.add(id);
    else this.#mutedHere.delete(id);
    this.#deps.sound.setMuted(id, muted);
    this.#showPeople();
  }

  /**
   * What comparing the verification codes aloud came to. A match makes the person verified for as long as both pages keep
   * their keys, and does nothing while `code` is null; a mismatch ends the link and bars the id for the page load.
   */
  verify(id: string, matches: boolean): void {
    this.#crew?.mesh.verify(id, matches);
  }

  openMicrophone(): void {}
  closeMicrophone(): void {}
  setTalkKeyHeld(_held: boolean): void {}
  setAudioSettings(_settings: AudioSettings): void {}
  testSpeaker(): void {}

  setStunServer(url: string | null): void {
    if (url === this.#ownStun) return;
    this.#ownStun = url;
    this.#crew?.mesh.reconfigure();
  }
  setVolume(_id: string, _volume: number): void {}

  react(emoji: string): void {
    if (this.#state.call !== 'joined') return;
    this.#presence.showReaction(emoji);
    this.#crew?.mesh.tell({ kind: 'reaction', emoji });
  }

  setHandUp(up: boolean): void {
    if (this.#state.call === 'joined') this.#presence.setHandUp(up);
  }

  sendChat(text: string): void {
    const { call, self } = this.#state;
    const mesh = this.#crew?.mesh;
    if (mesh === undefined || call !== 'joined') return;
    if (text.trim() === '' || text.length > CHAT_MAX_UNITS) return;
    this.#chat.write(self.id, self.name, text, (body) => mesh.sendChat(body));
  }

  setChatReaction(key: string, emoji: string, on: boolean): void {
    const told = this.#chat.react(this.#state.self.id, key, emoji, on);
    if (told !== null) this.#crew?.mesh.tell(told);
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
    const { crypto, text, clock, timers, link } = this.#deps;
    const certificate = await this.#deps.generateCertificate();
    const fp = certificate.getFingerprints().find(({ algorithm }) => algorithm?.toLowerCase() === 'sha-256');
    const fpBytes = parseFingerprint(fp?.value ?? '');
    if (fpBytes === null) throw new Error('certificate without a sha-256 fingerprint');
    const keyring = await Keyring.create({ crypto, text, clock, timers }, link.secret, fpBytes);
    this.#crew = this.#createCrew(keyring, certificate);
    this.#dispatch({ type: 'identified', id: this.#crew.id });
    return { identity: keyring.identity, proof: (nonce) => keyring.proof(link.token, nonce) };
  }

  #createCrew(keyring: Keyring, certificate: Certificate): Crew {
    const { crypto, clock, timers, logger } = this.#deps;
    const id = toBase64Url(keyring.identity.id);
    const configuration = (): PeerConfiguration<Certificate> => ({
      certificates: [certificate],
      iceServers: chosenIceServers(this.#iceServers, this.#ownStun),
      bundlePolicy: 'max-bundle',
    });
    const mesh = new Mesh(
      keyring,
      id,
      {
        ...{ crypto, clock, timers, logger },
        createConnection: () => this.#deps.createPeerConnection(configuration()),
        configure: (connection) => connection.setConfiguration(configuration()),
        voiceCodecs: this.#deps.voiceCodecs(),
      },
      {
        sendBySocket: (to, type, box) => this.#signaling.send({ type, to, box: toBase64Url(box) }),
        onChange: () => this.#showPeople(),
        onVoice: (from, track) => {
          if (track === null) this.#deps.sound.detach(from);
          else this.#deps.sound.attach(from, track);
        },
        onMoved: (url) => this.#signaling.addOrigin(url),
        onChat: (from, body) => this.#chat.handleMessage(from, this.#nameOf(from), body),
        onChatReaction: (from, body) => this.#chat.handleReaction(from, body),
        onSettled: (to, seq, delivered) => this.#chat.handleSettled(to, seq, delivered),
      },
    );
    mesh.setPresence(this.#presence.body);
    if (this.#ownName !== null) mesh.join(this.#ownName);
    return { keyring, mesh, id };
  }

  #handleHello({ roster, capacity, iceServers }: HelloMessage): void {
    this.#iceServers = iceServers;
    this.#dispatch({ type: 'connection', connection: { phase: 'online' } });
    this.#dispatch({ type: 'places', capacity, taken: roster.length });
    this.#crew?.mesh.handleHello(roster);
    const selfIn = roster.some(({ id }) => id === this.#crew?.id);
    if (this.#ownName === null) {
      if (selfIn) this.#signaling.send({ type: 'leave' });
    } else if (!selfIn || this.#sentName !== this.#ownName) {
      this.#sendName();
    }
  }

  #handleMessage(message: RoomMessage): void {
    switch (message.type) {
      case 'roster':
        this.#dispatch({ type: 'places', capacity: this.#state.capacity, taken: message.roster.length });
        this.#crew?.mesh.handleRoster(message.roster);
        return;
      case 'full':
        if (this.#ownName !== null) this.#goOut({ type: 'full' });
        return;
      case 'moved':
        if (this.#signaling.addOrigin(message.url)) this.#crew?.mesh.tellMoved(message.url);
        return;
      case 'offer':
      case 'answer':
      case 'ice':
      case 'sas':
      case 'chat':
      case 'pair':
      case 'ack':
        this.#crew?.mesh.handleBox(message.from, message.type, message.box);
        return;
      default:
        assertNever(message);
    }
  }

  #handleOffline(): void {
    this.#dispatch({ type: 'connection', connection: { phase: 'retrying' } });
    this.#crew?.mesh.handleOffline();
  }

  #handleWake(): void {
    this.#signaling.wake();
    this.#crew?.mesh.wake();
  }

  #sendName(): void {
    const name = this.#ownName;
    if (name === null || !this.#signaling.online) return;
    this.#sentName = name;
    void this.#crew?.keyring.sealName(name).then((box) => {
      if (this.#ownName === name) this.#signaling.send({ type: 'name', name: toBase64Url(box) });
    });
  }

  #goOut(action: RoomAction): void {
    this.#ownName = null;
    this.#voice.close();
    this.#presence.clear();
    this.#dispatch(action);
    this.#crew?.mesh.leave();
  }

  #end(reason: EndReason): void {
    this.#goOut({ type: 'left' });
    this.#signaling.dispose();
    this.#dispatch({ type: 'connection', connection: { phase: 'ended', reason } });
  }

  #isOver(): boolean {
    return this.#state.connection.phase === 'ended';
  }

  #nameOf(id: string): string | null {
    return this.#state.participants.find((person) => person.id === id)?.name ?? null;
  }

  #showPeople(): void {
    const mesh = this.#crew?.mesh;
    if (!mesh) return;
    const people = mesh.people.map((person) => ({
      ...person,
      mutedHere: this.#mutedHere.has(person.id),
      volume: 1,
    }));
    this.#dispatch({ type: 'people', selfIn: mesh.joined, people });
  }

  #dispatch(action: RoomAction): void {
    const before = this.#state;
    this.#state = reduceRoom(before, action);
    if (this.#state === before) return;
    this.#events.emit('state', this.#state);
    for (const event of announcementsBetween(before, this.#state)) this.#events.emit('event', event);
  }
}
