/** Owns the call: its connections and mesh, the own audio, what is said, and how the others are heard. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import { DisposableStore } from '../../../main/common/lifecycle.ts';
import { HEARTBEAT_IN_CALL_MS, HEARTBEAT_INTERVAL_MS } from '../../../main/common/protocol/limits.ts';
import type { RosterEntry, SignalType } from '../../../main/common/protocol/messages.ts';
import { PARTICIPANT_VIEW_RATE } from '../../../main/common/protocol/peer-limits.ts';
import { LatestThrottle } from '../../../main/common/timing/latest-throttle.ts';
import { LocalAudio } from '../audio/local-audio.ts';
import { PlaybackSettings } from '../audio/playback-settings.ts';
import type { CertificateLike } from '../browser-api.ts';
import type { CallStanding, Cue, FileIntents, JoinMode, TalkKey } from '../call-intents.ts';
import { LateFiles } from '../files/late-files.ts';
import { Mesh } from '../mesh/mesh.ts';
import { Messaging } from '../messaging/messaging.ts';
import type { Repair } from '../peer/ice-recovery.ts';
import { OwnNetwork } from '../peer/own-network.ts';
import { IceServerChoice, WarmPeerConnectionFactory } from '../peer/peer-connection-factory.ts';
import { LateRecordings } from '../recording/late-recordings.ts';
import type { AudioSettings } from '../state/audio-state.ts';
import type { RecordCommand } from '../state/recording-state.ts';
import type { CallContext, CallPort, ConnectionServers, HostHello } from '../waiting/call-port.ts';
import type { FormerPage } from '../waiting/former-page.ts';
import type { CallDeps } from './call-deps.ts';
import { Heartbeat } from './heartbeat.ts';
import { Provisions } from './provisions.ts';

/** One a session, over all that one joins and leaves. */
export class Call<Certificate extends CertificateLike = RTCCertificate> implements CallPort {
  readonly #deps: CallDeps<Certificate>;
  readonly #context: CallContext<Certificate>;
  readonly #store = new DisposableStore();
  readonly #participants: LatestThrottle<void>;
  readonly #playback: PlaybackSettings;
  readonly #audio: LocalAudio;
  readonly #messaging: Messaging;
  readonly #files: LateFiles;
  readonly #iceServers: IceServerChoice;
  readonly #connections: WarmPeerConnectionFactory<Certificate>;
  readonly #mesh: Mesh;
  readonly #recordings: LateRecordings;
  readonly #heartbeat: Heartbeat;
  /** One is in the call, or coming in. */
  #in = false;
  #offline = false;
  /** What the page before this one left, until it is used or of no more use. */
  #former: FormerPage<Certificate> | null;

  constructor(deps: CallDeps<Certificate>, context: CallContext<Certificate>) {
    this.#deps = deps;
    this.#context = context;
    const { room, keys, microphone } = context;
    this.#store.add(deps.sound);
    this.#participants = this.#store.add(
      new LatestThrottle({ ...deps, limit: PARTICIPANT_VIEW_RATE, tell: () => this.#showParticipants() }),
    );
    this.#playback = this.#store.add(new PlaybackSettings(deps.sound, () => this.#showParticipants()));
    this.#audio = this.#store.add(
      new LocalAudio(
        { ...deps, microphone },
        {
          onMicrophone: (state) => {
            room.dispatch({ type: 'microphone', microphone: state });
            this.#messaging.setMicrophone(state);
          },
          onAudio: (audio) => room.dispatch({ type: 'audio', audio }),
          onSpeaking: (speaking) => room.dispatch({ type: 'speaking', speaking }),
          onLevel: (level) => context.onLevel(level),
          onTrack: () => {
            this.#sendVoice();
            this.#recordings.handleOwnVoice();
          },
        },
      ),
    );
    this.#messaging = this.#store.add(
      new Messaging({
        ...deps,
        room: () => room.state,
        onSelf: (self) => room.dispatch({ type: 'self', ...self }),
        onChat: (messages) => room.dispatch({ type: 'chat', messages }),
        onPresence: () => this.#participants.push(),
        onMoved: (from, url) => context.onMoved(from, url),
        onFile: (from, body) => this.#files.handleBody(from, body),
        onSettled: (to, seq, delivered) => this.#files.handleSettled(to, seq, delivered),
        onRecord: (from, body) => this.#recordings.handle(from, body),
        onExit: (from) => {
          this.#files.handleExit(from);
          this.#recordings.handleExit(from);
        },
      }),
    );
    this.#iceServers = new IceServerChoice(
      (server) => room.emit('event', { type: 'server-left-out', ...server }),
      deps.wallClock,
    );
    const { certificate, former } = keys;
    this.#former = former;
    this.#connections = this.#store.add(
      new WarmPeerConnectionFactory({ ...deps, certificate, servers: this.#iceServers }),
    );
    const connections = this.#connections;
    const ownNetwork = new OwnNetwork();
    this.#files = this.#store.add(
      new LateFiles({
        ...{ ...deps, room, connections, ownNetwork },
        pairOf: (id) => this.#mesh.pairForFiles(id),
        send: (to, body) => this.#mesh.send(body, { to }).get(to) ?? null,
      }),
    );
    this.#mesh = this.#store.add(
      new Mesh(
        keys.keyring,
        keys.id,
        { ...deps, connections, ownNetwork, voiceCodecs: deps.voiceCodecs() },
        {
          messages: this.#messaging.receiver,
          sendBySocket: (to, type, box) => context.send({ type, to, box: toBase64Url(box) }),
          onChange: () => this.#participants.push(),
          capacity: () => room.state.capacity,
          onVoice: (from, track) => {
            if (track === null) deps.sound.detach(from);
            else deps.sound.attach(from, track);
            this.#recordings.setVoice(from, track);
          },
          tellHost: (message) => context.send(message),
          onWays: (ways) => {
            const { capacity, filesAllowed } = room.state;
            const { fromHost: iceServers, hostHides: relayOnly } = this.#iceServers;
            const page = { certificate, capacity, iceServers, relayOnly, filesAllowed, ways };
            const left = deps.leaveToNext(ways.length === 0 ? null : page);
            left.then(
              (wayBack) => room.dispatch({ type: 'way-back', left: wayBack }),
              () => {},
            );
          },
        },
      ),
    );
    this.#recordings = this.#store.add(
      new LateRecordings({
        ...{ ...deps, room },
        ownVoice: () => this.#audio.track,
        send: (to, body) => (this.#mesh.send(body, { to }).get(to) ?? null) !== null,
      }),
    );
    const provisions = this.#store.add(
      new Provisions({
        ...deps,
        parts: [() => this.#files.prepare(), async () => (await deps.loadRecorder()).prepare()],
      }),
    );
    this.#store.add(room.on('state', (state) => provisions.handleRoom(state)));
    this.#heartbeat = this.#store.add(
      new Heartbeat({
        ...deps,
        intervalMs: () => (this.hasConnectedPeers ? HEARTBEAT_IN_CALL_MS : HEARTBEAT_INTERVAL_MS),
        sendPing: () => context.send({ type: 'ping' }),
        onDoubt: (doubted) => context.doubtHost(doubted),
        onDead: () => context.loseHost(),
      }),
    );
    this.#store.add(
      deps.networkKind.onChange(() => {
        context.doubtHost(true);
        this.wake(false);
      }),
    );
    this.#messaging.attach(this.#mesh);
    this.#store.add(deps.sound.onBlocked((blocked) => room.dispatch({ type: 'sound-blocked', blocked })));
    this.#audio.start();
  }

  get hasConnectedPeers(): boolean {
    return this.#mesh.hasConnectedPeers;
  }

  get muted(): boolean {
    return this.#audio.muted;
  }

  get files(): FileIntents {
    return this.#files;
  }

  handleHello(hello: HostHello): void {
    this.#offline = false;
    this.#former = null;
    this.#heartbeat.start();
    this.handleFilesAllowed(hello.files !== false);
    this.handleIceServers(hello);
    this.#mesh.handleHello(hello.roster);
  }

  handleRoster(roster: readonly RosterEntry[]): void {
    this.#mesh.handleRoster(roster);
  }

  /** Also what stands is given them: its next repair may be hours from now. */
  handleIceServers({ iceServers, relayOnly }: ConnectionServers): void {
    this.#iceServers.handleHost(iceServers);
    const goesOtherWay = this.#iceServers.setHostHides(relayOnly === true);
    this.#showRelays();
    this.#connections.prepare();
    this.#mesh.reconfigure(goesOtherWay ? this.#reroute : null);
    if (goesOtherWay) this.#files.reroute();
  }

  handleFilesAllowed(allowed: boolean): void {
    this.#context.room.dispatch({ type: 'files-allowed', allowed });
  }

  handleBox(from: string, type: SignalType, box: string): void {
    this.#mesh.handleBox(from, type, box);
  }

  handleDoubt(id: string): void {
    void this.#mesh.answerDoubt(id);
  }

  handleMoved(url: string): void {
    this.#messaging.sendMoved(url);
  }

  handleOffline(): void {
    this.#heartbeat.stop();
    this.#mesh.handleOffline();
    this.#offline = true;
    this.#comeBack();
  }

  handleFrame(): void {
    this.#heartbeat.handleFrame();
  }

  wake(offline: boolean): void {
    this.#heartbeat.probe();
    // Without any network there is nothing to repair anything with.
    if (!offline) this.#mesh.wake();
  }

  /** Settles when the browser has answered on the microphone. */
  async join(name: string, mode: JoinMode): Promise<void> {
    this.#in = true;
    this.#deps.sound.unlock();
    this.#mesh.join(name);
    this.#comeBack();
    this.#files.join();
    const answered = this.#audio.join(mode);
    this.#sendVoice();
    await answered;
  }

  leave(): void {
    this.#in = false;
    this.#recordings.leave();
    this.#audio.close();
    this.#messaging.clear();
    this.#files.leave();
    this.#mesh.leave();
  }

  restore({ muted, handUp, playback }: CallStanding): void {
    if (muted) this.#audio.setMuted(true);
    this.#messaging.restoreHand(handUp);
    this.#playback.restore(playback);
  }

  openMicrophone(): void {
    void this.#audio.open();
  }

  closeMicrophone(): void {
    this.#audio.close();
  }

  retryMicrophone(): Promise<void> {
    return this.#audio.open();
  }

  setMicrophoneMuted(muted: boolean): void {
    this.#audio.setMuted(muted);
  }

  setTalkKeyHeld(held: boolean, key?: TalkKey): void {
    this.#audio.setTalkKeyHeld(held, key);
  }

  setMuteKeyHeld(held: boolean): void {
    this.#audio.setMuteKeyHeld(held);
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

  unlockSound(): void {
    this.#deps.sound.unlock();
  }

  setStunServer(url: string | null): void {
    if (!this.#iceServers.setOwnStun(url)) return;
    this.#connections.prepare();
    this.#mesh.reconfigure();
    this.#mesh.wakeUnconnected();
  }

  setAddressHidden(hidden: boolean): void {
    if (!this.#iceServers.setSelfHides(hidden)) return;
    this.#connections.prepare();
    this.#mesh.reconfigure(this.#reroute);
    this.#files.reroute();
  }

  setMutedHere(id: string, muted: boolean): void {
    this.#playback.setMuted(id, muted);
    this.#showParticipants();
  }

  setVolume(id: string, volume: number): void {
    this.#playback.setVolume(id, volume);
    this.#showParticipants();
  }

  verify(id: string, matches: boolean): void {
    this.#mesh.verify(id, matches);
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

  record(command: RecordCommand): void {
    this.#recordings.handleCommand(command);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Browsers leave a relay for a direct way by themselves, and not the other way round. */
  get #reroute(): Repair {
    return this.#iceServers.relayOnly ? 'rebuild' : 'restart';
  }

  /** The host does not answer: those who wait for this page's former load may. */
  #comeBack(): void {
    const former = this.#former;
    if (former === null || !this.#in || !this.#offline) return;
    this.#former = null;
    this.#context.room.dispatch({ type: 'places', capacity: former.capacity, taken: 0, others: 0 });
    this.handleFilesAllowed(former.filesAllowed);
    this.#iceServers.setHostHides(former.relayOnly);
    this.#iceServers.handleHost(former.iceServers);
    this.#showRelays();
    this.#mesh.comeBack(former.ways);
  }

  /** Before one is in, the microphone is only looked at. */
  #sendVoice(): void {
    this.#mesh.setTrack(this.#in ? this.#audio.track : null);
  }

  #showRelays(): void {
    this.#context.room.dispatch({ type: 'relays', relays: this.#iceServers.relays });
  }

  #showParticipants(): void {
    const { participants, joined } = this.#mesh;
    this.#playback.handleParticipants(participants);
    const shown = participants.map((participant) => ({
      ...participant,
      ...this.#messaging.presenceOf(participant.id),
      ...this.#playback.of(participant.id),
    }));
    this.#context.room.dispatch({ type: 'participants', selfIn: joined, participants: shown });
    this.#recordings.update();
  }
}
