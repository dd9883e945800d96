/** Owns two PeerTransports over a fake peer network, with signals that go in order, each way, when the scheduler says so. */

import type { BodyMap, SignalBody, WishBody } from '../../../main/common/protocol/bodies.ts';
import type {
  AudioTrackLike,
  CodecLike,
  PeerConnectionLike,
  SenderLike,
} from '../../../web-client/core/browser-api.ts';
import { ConnectionTurns } from '../../../web-client/core/peer/connection-turns.ts';
import type { DescriptionProblem } from '../../../web-client/core/peer/description-sections.ts';
import { OwnNetwork } from '../../../web-client/core/peer/own-network.ts';
import type { PeerConnectionFactory } from '../../../web-client/core/peer/peer-connection-factory.ts';
import { PeerTransport } from '../../../web-client/core/peer/peer-transport.ts';
import { VoiceStart } from '../../../web-client/core/peer/voice-start.ts';
import { ManualTime } from '../time/manual-time.ts';
import type { FakeCertificate, FakePeerConnection } from './fake-peer-connection.ts';
import { FakePeerNetwork, type Scheduler } from './fake-peer-network.ts';

export const CODECS: readonly CodecLike[] = [
  { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, sdpFmtpLine: 'minptime=10;useinbandfec=1' },
  { mimeType: 'audio/red', clockRate: 48_000, channels: 2, sdpFmtpLine: '111/111' },
  { mimeType: 'audio/PCMU', clockRate: 8_000 },
];

/** One whose every byte is `byte`. */
export function fakeCertificate(byte: number): FakeCertificate {
  const hex = byte.toString(16).padStart(2, '0').toUpperCase();
  return { der: new Uint8Array([byte]).buffer, fingerprint: Array(32).fill(hex).join(':') };
}

const GREETING = Uint8Array.of(1);

export type TransportMessage = SignalBody | { readonly type: 'wish'; readonly body: WishBody };

export class TransportSide {
  readonly transport: PeerTransport;
  readonly sent: TransportMessage[] = [];
  readonly boxes: string[] = [];
  readonly voices: AudioTrackLike[] = [];
  /** What pages said by a reserve that were loaded anew. */
  readonly returned: Uint8Array[] = [];
  /** Why the transport was ended. */
  readonly refused: DescriptionProblem[] = [];
  /** Whether a signal can be sent now. */
  path = true;
  /** Whether its page goes by relays alone. */
  relayOnly = false;
  /** Whether there are relays to be asked. */
  asksRelays = false;
  /** Of its connections, those that go by relays alone by themselves. */
  readonly byRelay = new Set<PeerConnectionLike>();
  /** Whether anything still comes by what says that it stands. */
  alive = true;
  /** How that is found out. */
  isAlive = async () => this.alive;
  /** What was ordered of each sender the page took in hand: how much of it is repeated, or that it ended. */
  readonly repeated = new Map<SenderLike, (number | 'ended')[]>();
  /** Applied to each message on its way to this side. */
  tamper: (message: TransportMessage) => TransportMessage = (message) => message;
  /** So often it was told that something changed. */
  changes = 0;
  /** Of its page. */
  readonly voiceStart: VoiceStart;
  /** Set while the two are in one roster. */
  here = false;
  #greeted: object | null = null;
  readonly #own: () => FakePeerConnection[];

  constructor(world: TransportPair, name: 'a' | 'b', polite: boolean) {
    const byte = name === 'a' ? 0xaa : 0xbb;
    const turns = new ConnectionTurns(world.time);
    this.voiceStart = new VoiceStart(world.time);
    const send = (message: TransportMessage) => {
      this.sent.push(message);
      world.carry(name, message);
    };
    this.#own = () => world.network.open.filter((connection) => connection.name.startsWith(`${name}#`));
    this.transport = new PeerTransport(
      {
        polite,
        fp: new Uint8Array(32).fill(name === 'a' ? 0xbb : 0xaa),
        connections: this.#connectionsOf(world, name, fakeCertificate(byte)),
        turn: turns.pair(),
        voiceStart: this.voiceStart,
        reserveTurn: turns.pair(),
        isAlive: () => this.isAlive(),
        voiceCodecs: CODECS,
        repeater: { attach: (sender) => this.#attach(sender) },
        ownNetwork: new OwnNetwork(),
        clock: world.time.clock,
        timers: world.time.timers,
        hasPath: () => this.path,
        hasOtherPath: () => this.path,
      },
      {
        sendSignal: <Type extends SignalBody['type']>(type: Type, body: BodyMap[Type]) =>
          send({ type, body } as SignalBody),
        sendWish: (body) => send({ type: 'wish', body }),
        onChange: () => {
          this.changes++;
          this.#greet();
        },
        onReturn: ({ end }, word) => {
          this.returned.push(word);
          end.dispose();
        },
        onMessage: (box) => {
          if (box[0] !== GREETING[0]) this.boxes.push(new TextDecoder().decode(box));
        },
        onLook: () => {},
        onRemoteVoice: (track) => this.voices.push(track),
        onRefused: (reason) => {
          this.refused.push(reason);
          this.transport.stop();
        },
      },
    );
  }

  #connectionsOf(world: TransportPair, name: string, certificate: FakeCertificate): PeerConnectionFactory {
    const isRelayOnly = () => this.relayOnly;
    const asksRelays = () => this.asksRelays;
    const configure = (connection: PeerConnectionLike, byRelay = false) => {
      if (byRelay) this.byRelay.add(connection);
      else this.byRelay.delete(connection);
    };
    return {
      create: (byRelay) => {
        const connection = world.network.create(name, certificate, name);
        configure(connection, byRelay);
        return connection;
      },
      configure,
      get asks() {
        return { asksServers: true, asksRelays: asksRelays(), relaysEnded: false };
      },
      get relayOnly() {
        return isRelayOnly();
      },
    };
  }

  #attach(sender: SenderLike) {
    const orders: (number | 'ended')[] = [];
    this.repeated.set(sender, orders);
    return { setRepeats: (repeats: number) => orders.push(repeats), dispose: () => orders.push('ended') };
  }

  /** As a pair that has a new channel ties it to itself. */
  #greet(): void {
    const { connection, channelOpen, standing } = this.transport;
    if (!channelOpen || !standing || connection === this.#greeted) return;
    this.#greeted = connection;
    this.transport.sendBox(GREETING);
  }

  start(offering: boolean): void {
    this.here = true;
    this.transport.start(offering);
  }

  stop(): void {
    this.here = false;
    this.transport.stop();
  }

  /** Connections that are not closed. */
  get connections(): FakePeerConnection[] {
    return this.#own();
  }

  get connection(): FakePeerConnection {
    const [only] = this.#own();
    if (only === undefined) throw new Error('there is no connection');
    return only;
  }

  take(message: TransportMessage): void {
    if (!this.here) return;
    const arrived = this.tamper(message);
    if (arrived.type === 'wish') this.transport.handleWish(arrived.body);
    else this.transport.handleSignal(arrived);
  }
}

const soon: Scheduler = (_what, step) => queueMicrotask(() => queueMicrotask(step));

export class TransportPair {
  readonly time = new ManualTime();
  readonly network: FakePeerNetwork;
  readonly a: TransportSide;
  readonly b: TransportSide;
  /** While true no signal arrives. */
  lost = false;
  readonly #schedule: Scheduler;
  readonly #onWay: Record<'a' | 'b', TransportMessage[]> = { a: [], b: [] };

  constructor(schedule: Scheduler = soon) {
    this.#schedule = schedule;
    this.network = new FakePeerNetwork(schedule);
    this.a = new TransportSide(this, 'a', true);
    this.b = new TransportSide(this, 'b', false);
  }

  get phases(): PeerTransport['phase'][] {
    return [this.a.transport.phase, this.b.transport.phase];
  }

  /** By the present connection of each. */
  get offersMade(): number[] {
    return [this.a.connection.made.offer, this.b.connection.made.offer];
  }

  /** Both in one roster, `b` the later one. */
  async connect(): Promise<void> {
    this.a.start(false);
    this.b.start(true);
    await this.time.advance(100);
  }

  /** Whether either side has a path for signals. */
  path(open: boolean): void {
    for (const side of [this.a, this.b]) side.path = open;
  }

  carry(from: 'a' | 'b', message: TransportMessage): void {
    const onWay = this.#onWay[from];
    onWay.push(message);
    this.#schedule(`signals of ${from}`, () => {
      const next = onWay.shift();
      if (next && !this.lost) this[from === 'a' ? 'b' : 'a'].take(next);
    });
  }
}
