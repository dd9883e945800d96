/** Owns a whole call in Node: sessions as pages have them, real sealing and room, fake sockets, peers and devices. */

import { createHash } from 'node:crypto';
import type { RoomLink } from '../../../main/common/e2ee/invite-link.ts';
import { toDisposable } from '../../../main/common/lifecycle.ts';
import { STREAM_ACK_DELAY_MS } from '../../../main/common/protocol/peer-limits.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';
import type {
  AudioTrackLike,
  CertificateLike,
  MicrophoneTrackLike,
  SenderLike,
  StorageLike,
} from '../../../web-client/core/browser-api.ts';
import { Call } from '../../../web-client/core/call/call.ts';
import type { CallDeps } from '../../../web-client/core/call/call-deps.ts';
import type { JoinMode } from '../../../web-client/core/call-intents.ts';
import { Files } from '../../../web-client/core/files/files.ts';
import { LogRing } from '../../../web-client/core/log-ring.ts';
import { Session } from '../../../web-client/core/session.ts';
import type { MicrophoneProblem, VolumeReach } from '../../../web-client/core/state/audio-state.ts';
import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import type { SessionEvent } from '../../../web-client/core/state/session-events.ts';
import type { OpenCall } from '../../../web-client/core/waiting/call-port.ts';
import type { MicrophoneRequest } from '../../../web-client/core/waiting/early-microphone.ts';
import type { FormerPage } from '../../../web-client/core/waiting/former-page.ts';
import { CryptoWork } from '../crypto/crypto-work.ts';
import { randomBytes, textCoder } from '../crypto/e2ee-tools.ts';
import { FakeLinkNetwork } from '../files/fake-file-links.ts';
import { FakeFileWorker, TabDisk } from '../files/fake-file-worker.ts';
import { FakeRoomServer } from '../room/fake-room-server.ts';
import { FakeRecorder } from '../sound/fake-recorder.ts';
import { FakeCues, FakeDevices, FakeMeter, FakeVisibility } from '../sound/fake-sound.ts';
import { ManualTime, settle } from '../time/manual-time.ts';
import type { FakeSocket } from '../wire/fake-socket.ts';
import type { FakeCertificate, FakePeerConnection } from './fake-peer-connection.ts';
import { FakePeerNetwork } from './fake-peer-network.ts';
import { FakeTrack } from './fake-transceiver.ts';
import { CODECS } from './transport-pair.ts';

export const ORIGIN = 'https://here.test';
const REAL_LIMIT_MS = 10_000;

export class PageCertificate implements CertificateLike, FakeCertificate {
  readonly der = randomBytes(64).buffer;
  readonly fingerprint: string;

  constructor() {
    const hex = createHash('sha256').update(new Uint8Array(this.der)).digest('hex');
    this.fingerprint = (hex.match(/../g) ?? []).join(':');
  }

  getFingerprints() {
    return [{ algorithm: 'sha-256', value: this.fingerprint }];
  }
}

export class MemoryStorage implements StorageLike {
  readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

export class CallPage {
  readonly session: Session<PageCertificate>;
  readonly log: LogRing;
  readonly certificate: PageCertificate;
  /** What it would leave to its next load. */
  left: FormerPage<PageCertificate> | null = null;
  readonly storage: MemoryStorage;
  readonly states: RoomState[] = [];
  readonly events: SessionEvent[] = [];
  /** Remote voices that are played, by id. */
  readonly heard = new Map<string, AudioTrackLike>();
  readonly mutedHere = new Map<string, boolean>();
  readonly volumes = new Map<string, number>();
  speakerId: string | null = null;
  unlocks = 0;
  readonly meter = new FakeMeter();
  readonly devices = new FakeDevices();
  readonly visibility = new FakeVisibility();
  readonly cues = new FakeCues();
  readonly recorder = new FakeRecorder();
  /** How the microphone was asked for. */
  readonly wishes: MicrophoneRequest[] = [];
  /** The own level, as told. */
  readonly levels: number[] = [];
  /** Senders that it would have repeated more of. */
  readonly offeredToRepeat: SenderLike[] = [];
  /** Microphones handed out. */
  readonly tracks: FakeTrack[] = [];
  /** How the browser answers the question for the microphone. */
  answer: () => Promise<Result<MicrophoneTrackLike, MicrophoneProblem>>;
  /** The network came, went or is another, or the computer woke. */
  wake: () => void = () => {};
  changeNetworkKind: () => void = () => {};
  tellBlocked: (blocked: boolean) => void = () => {};
  /** Whether the browser knows of no network, and how the host answers a plain request. */
  readonly network = { offline: false, hostAnswers: async () => this.hostAnswers };
  hostAnswers = false;
  /** Made by the session: one, once its code is there. */
  calls = 0;
  /** How the code of the call comes. */
  loadCall: () => Promise<OpenCall<PageCertificate>>;
  tellReach: (id: string, reach: VolumeReach) => void = () => {};
  readonly fileWorker: FakeFileWorker;
  readonly #world: CallWorld;
  readonly name: string;

  constructor(
    world: CallWorld,
    name: string,
    storage: MemoryStorage,
    link: RoomLink,
    former: FormerPage<PageCertificate> | null = null,
    disk = new TabDisk(),
  ) {
    this.fileWorker = new FakeFileWorker(world.work.crypto, disk);
    this.certificate = former?.certificate ?? new PageCertificate();
    this.#world = world;
    this.name = name;
    this.storage = storage;
    this.answer = async () => ok(this.#newTrack());
    this.log = new LogRing(world.time.clock);
    const shared = {
      crypto: world.work.crypto,
      text: textCoder,
      clock: world.time.clock,
      timers: world.time.timers,
      logger: this.log,
    };
    const callDeps: CallDeps<PageCertificate> = {
      ...shared,
      wallClock: world.time.clock,
      createPeerConnection: (configuration) => world.peers.create(name, this.certificate, configuration),
      voiceCodecs: () => CODECS,
      repeater: {
        attach: (sender) => {
          this.offeredToRepeat.push(sender);
          return null;
        },
      },
      whenIdle: async () => {},
      loadRecorder: async () => this.recorder,
      leaveToNext: async (page) => {
        this.left = page;
        return page !== null;
      },
      loadFiles: async () => (context) =>
        new Files(context, { worker: this.fileWorker, createLinks: world.links.create }),
      hasKeptFiles: async () => this.fileWorker.disk.kept.size > 0,
      networkKind: {
        onChange: (listener) => {
          this.changeNetworkKind = listener;
          return toDisposable(() => {});
        },
      },
      meter: this.meter,
      devices: this.devices,
      visibility: this.visibility,
      cues: this.cues,
      sound: {
        attach: (id, track) => this.heard.set(id, track),
        detach: (id) => this.heard.delete(id),
        setMuted: (id, muted) => this.mutedHere.set(id, muted),
        setVolume: (id, volume) => this.volumes.set(id, volume),
        setSpeaker: (deviceId) => {
          this.speakerId = deviceId;
        },
        unlock: () => {
          this.unlocks++;
        },
        onBlocked: (listener) => {
          this.tellBlocked = listener;
          return toDisposable(() => {});
        },
        onReach: (listener) => {
          this.tellReach = listener;
          return toDisposable(() => {});
        },
        dispose: () => this.heard.clear(),
      },
    };
    this.loadCall = async () => (context) => {
      this.calls++;
      return new Call(callDeps, context);
    };
    this.session = new Session<PageCertificate>({
      ...shared,
      origin: ORIGIN,
      link,
      random: () => 0.5,
      createSocket: (url) => world.serverAt(url).connect(url),
      generateCertificate: async () => this.certificate,
      takeFormer: async () => former,
      storage,
      lastingStorage: new MemoryStorage(),
      network: Object.assign(this.network, {
        onWake: (listener: () => void) => {
          this.wake = listener;
          return toDisposable(() => {
            this.wake = () => {};
          });
        },
      }),
      microphone: {
        open: async (wish) => {
          this.wishes.push(wish);
          const answer = await this.answer();
          return answer.ok ? ok({ track: answer.value, asRequested: true, fellBack: false }) : answer;
        },
      },
      loadCall: () => this.loadCall(),
    });
    this.session.onState((state) => this.states.push(state));
    this.session.onEvent((event) => this.events.push(event));
    this.session.onLevel((level) => this.levels.push(level));
  }

  get state(): RoomState {
    return this.session.state;
  }

  get id(): string {
    return this.state.self.id;
  }

  /** Names, links and trust of the others, for short. */
  get people(): string[] {
    return this.state.participants.map(({ name, peer, trust }) => `${name} ${peer.phase} ${trust}`);
  }

  get connections(): FakePeerConnection[] {
    return this.#world.peers.open.filter((connection) => connection.name.startsWith(`${this.name}#`));
  }

  /** Joins, and lets the browser answer on the microphone. */
  async join(name: string, mode?: JoinMode): Promise<void> {
    this.session.join(name, mode);
    await settle();
  }

  /** Asks for the microphone again, and lets the browser answer. */
  async retryMicrophone(): Promise<void> {
    this.session.retryMicrophone();
    await settle();
  }

  refuseMicrophone(problem: MicrophoneProblem): void {
    this.answer = async () => fail(problem);
  }

  #newTrack(): FakeTrack {
    const track = new FakeTrack(`${this.name}'s microphone`);
    this.tracks.push(track);
    return track;
  }
}

export class CallWorld {
  readonly work = new CryptoWork();
  readonly time = new ManualTime(() => this.work.done());
  readonly peers = new FakePeerNetwork();
  /** By which files go. */
  readonly links = new FakeLinkNetwork(this.time);
  readonly link: RoomLink;
  readonly server: FakeRoomServer;
  readonly pages: CallPage[] = [];
  /** Who answers at an address. */
  serverAt: (url: string) => { connect(url: string): FakeSocket } = () => this.server;

  constructor(
    capacity = 6,
    link: RoomLink = { secret: randomBytes(32), token: randomBytes(16), certificate: null },
  ) {
    this.link = link;
    this.server = new FakeRoomServer(this.link, ORIGIN, this.time.clock, capacity);
  }

  /** A page that has been loaded; it connects by itself, and somebody turns to joining. */
  open(name: string, storage = new MemoryStorage(), link: RoomLink = this.link): CallPage {
    const page = this.openIdle(name, storage, link);
    page.session.prepare();
    return page;
  }

  /** A page that has been loaded, and nobody looks at it. */
  openIdle(name: string, storage = new MemoryStorage(), link: RoomLink = this.link): CallPage {
    const page = new CallPage(this, name, storage, link);
    this.pages.push(page);
    page.session.start();
    return page;
  }

  /** The page goes, and is loaded anew in its tab, with nothing but what it left; `left` where something happened to that. */
  reload(page: CallPage, left = page.left): CallPage {
    page.session.dispose();
    const { disk } = page.fileWorker;
    const next = new CallPage(this, page.name, page.storage, this.link, left, disk);
    this.pages.splice(this.pages.indexOf(page), 1, next);
    next.session.start();
    return next;
  }

  /** A page that has all that a call needs. */
  async openReady(name: string): Promise<CallPage> {
    const page = this.open(name);
    await this.until(`${name} has the code of the call`, () => page.calls === 1);
    return page;
  }

  /** Loads a page and joins under its name. */
  async join(name: string): Promise<CallPage> {
    const page = this.open(name);
    page.session.join(name);
    await this.until(`${name} is in`, () => page.state.call === 'joined');
    return page;
  }

  /** One after another, until all are connected and sealed. */
  async joinAll<Names extends readonly string[]>(
    ...names: Names
  ): Promise<{ -readonly [Index in keyof Names]: CallPage }> {
    const pages: CallPage[] = [];
    for (const name of names) pages.push(await this.join(name));
    await this.until('all are sealed', () => this.allSealed());
    return pages as { -readonly [Index in keyof Names]: CallPage };
  }

  /** Everybody is connected with all the others, and sealed. */
  allSealed(pages: readonly CallPage[] = this.pages): boolean {
    return pages.every(
      ({ state }) =>
        state.call === 'joined' &&
        state.participants.length === pages.length - 1 &&
        state.participants.every(({ peer, trust }) => peer.phase === 'connected' && trust === 'sealed'),
    );
  }

  /** Lets the work in WebCrypto's threads and `stepMs` of the page's time at a turn go on until `holds`. */
  async until(what: string, holds: () => boolean, stepMs = 5): Promise<void> {
    const limitMs = performance.now() + REAL_LIMIT_MS;
    while (!holds()) {
      if (performance.now() > limitMs) {
        const seen = this.pages.map(({ state, people }) => ({
          call: state.call,
          signaling: state.signaling,
          people,
          files: state.files.map(
            ({ direction, phase, why, bytesDone }) => `${direction} ${phase} ${why ?? ''} ${bytesDone}`,
          ),
        }));
        throw new Error(`${what} did not happen: ${JSON.stringify(seen)}`);
      }
      await this.time.advance(stepMs);
      this.server.tick();
      await this.work.done();
    }
  }

  /** Lets time pass, with WebCrypto's threads done after each of its steps. */
  async pass(totalMs: number, stepMs = 100): Promise<void> {
    for (let passedMs = 0; passedMs < totalMs; passedMs += stepMs) {
      await this.time.advance(stepMs);
      this.server.tick();
      await this.work.done();
    }
  }

  dispose(): void {
    for (const { session } of this.pages) session.dispose();
  }

  /**
   * Ends all pages and waits until no timer of theirs is left. Boxes that were being opened when their page went may still
   * ask for an ack, which then is not sent.
   */
  async end(): Promise<void> {
    this.dispose();
    await this.until('no timer is left', () => this.time.pending === 0, STREAM_ACK_DELAY_MS);
  }
}
