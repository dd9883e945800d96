/** Owns making peer connections, the first before anybody needs it, and which ICE servers they ask. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { isIceServer } from '../../../main/common/protocol/ice-server.ts';
import type { IceServer } from '../../../main/common/protocol/messages.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type {
  CertificateLike,
  PeerConfiguration,
  PeerConnectionLike,
  PlainIceServer,
} from '../browser-api.ts';
import type { ConnectDiagnosis } from '../state/connect-diagnosis.ts';
import type { RelayOffer } from '../state/room-state.ts';
import type { LeftOutServer } from '../state/session-events.ts';

const IS_STUN = /^stuns?:/i;
/** Of a name made from a shared secret: the second, since 1970, until which it is good. */
const ENDS_AT = /^(\d{10}):/;
/** The page is drawn and online by then, and few people have pressed Join yet. */
const IDLE_MS = 300;

/** What a transport asks of it. */
export interface PeerConnectionFactory {
  /**
   * A connection that nobody uses yet; the caller closes it. Throws where the browser makes none.
   * @param byRelay whether it goes by relays alone, whatever the others do
   */
  create(byRelay?: boolean): PeerConnectionLike;
  /** Whether a connection has servers to ask for the own address, and such as relay. */
  readonly asks: Pick<ConnectDiagnosis, 'asksServers' | 'asksRelays' | 'relaysEnded'>;
  /** Whether no address but those of relays may be told to anybody. */
  readonly relayOnly: boolean;
  /** Gives a connection the servers as they are now. */
  configure(connection: PeerConnectionLike, byRelay?: boolean): void;
}

export interface PeerConnectionFactoryOptions<Certificate> {
  readonly timers: TimersLike;
  readonly certificate: Certificate;
  readonly servers: Pick<IceServerChoice, 'chosen' | 'relaysEnded' | 'relayOnly' | 'leaveOut'>;
  readonly createPeerConnection: (configuration: PeerConfiguration<Certificate>) => PeerConnectionLike;
}

/**
 * The first connection of a page starts the browser's threads for all of them. Made while nothing else happens, it waits
 * for the first pair: it asks nothing of the network until then, and no page makes more connections than it has pairs.
 */
export class WarmPeerConnectionFactory<Certificate extends CertificateLike>
  implements PeerConnectionFactory, Disposable
{
  readonly #options: PeerConnectionFactoryOptions<Certificate>;
  #first: PeerConnectionLike | null = null;
  readonly #idle: Timeout;
  /** The first connection was made, or is not wanted any more. */
  #past = false;

  constructor(options: PeerConnectionFactoryOptions<Certificate>) {
    this.#options = options;
    this.#idle = new Timeout(options.timers);
  }

  /** The servers are known, or are others now: what waits for its pair is given them, or will be made with them. */
  prepare(): void {
    if (this.#first !== null) this.configure(this.#first);
    if (this.#past || this.#idle.pending) return;
    this.#idle.set(() => {
      this.#past = true;
      this.#first = this.#try(() => this.#make(false));
    }, IDLE_MS);
  }

  create(byRelay = false): PeerConnectionLike {
    this.#giveUpFirst();
    if (byRelay) return this.#make(true);
    const first = this.#first;
    this.#first = null;
    return first ?? this.#make(false);
  }

  get asks(): PeerConnectionFactory['asks'] {
    const { chosen, relaysEnded } = this.#options.servers;
    return { asksServers: chosen.length > 0, asksRelays: chosen.some(isRelay), relaysEnded };
  }

  get relayOnly(): boolean {
    return this.#options.servers.relayOnly;
  }

  configure(connection: PeerConnectionLike, byRelay = false): void {
    const configure = () =>
      connection.setConfiguration(this.#configurationWith(this.#options.servers.chosen, byRelay));
    this.#try(() => this.#withGoodServers(configure));
  }

  dispose(): void {
    this.#giveUpFirst();
    this.#first?.close();
    this.#first = null;
  }

  #make(byRelay: boolean): PeerConnectionLike {
    return this.#withGoodServers(() => this.#makeWith(this.#options.servers.chosen, byRelay));
  }

  #makeWith(iceServers: PlainIceServer[], byRelay = false): PeerConnectionLike {
    return this.#options.createPeerConnection(this.#configurationWith(iceServers, byRelay));
  }

  #configurationWith(iceServers: PlainIceServer[], byRelay: boolean): PeerConfiguration<Certificate> {
    return {
      certificates: [this.#options.certificate],
      iceServers,
      bundlePolicy: 'max-bundle',
      ...((byRelay || this.relayOnly) && { iceTransportPolicy: 'relay' as const }),
    };
  }

  /** Again without the servers that the browser refuses, where it is they that it refuses. */
  #withGoodServers<Value>(step: () => Value): Value {
    try {
      return step();
    } catch (error) {
      if (!this.#takes([])) throw error;
      const { servers } = this.#options;
      for (const server of servers.chosen) if (!this.#takes([server])) servers.leaveOut(server);
      return step();
    }
  }

  #takes(iceServers: PlainIceServer[]): boolean {
    const connection = this.#try(() => this.#makeWith(iceServers));
    connection?.close();
    return connection !== null;
  }

  /** null where the browser refuses. */
  #try<Value>(step: () => Value): Value | null {
    try {
      return step();
    } catch {
      return null;
    }
  }

  #giveUpFirst(): void {
    this.#past = true;
    this.#idle.clear();
  }
}

/**
 * The host's ICE servers, with a STUN server of the person's own in place of theirs. One server that a browser does not take
 * has it refuse them all: such a one is left out, which is told once.
 */
export class IceServerChoice {
  readonly #onLeftOut: (server: LeftOutServer) => void;
  readonly #wallClock: () => number;
  readonly #leftOut = new Set<string>();
  #fromHost: readonly IceServer[] = [];
  #hostHides = false;
  #selfHides = false;
  #ownStun: string | null = null;

  /**
   * @param onLeftOut told once for each address
   * @param wallClock in milliseconds since 1970
   */
  constructor(onLeftOut: (server: LeftOutServer) => void, wallClock: () => number) {
    this.#onLeftOut = onLeftOut;
    this.#wallClock = wallClock;
  }

  /** As the host told them last. */
  get fromHost(): readonly IceServer[] {
    return this.#fromHost;
  }

  /** Whether the host wants nobody to learn another's address. */
  get hostHides(): boolean {
    return this.#hostHides;
  }

  /** Whether connections go by relays alone, also where there is none: rather none is made then. */
  get relayOnly(): boolean {
    return this.#hostHides || this.#selfHides;
  }

  /** Of the host's, what is told of them. */
  get relays(): RelayOffer {
    if (this.#hostHides) return 'only';
    return this.chosen.some(isRelay) ? 'some' : 'none';
  }

  /** What a connection is given from now on. */
  get chosen(): PlainIceServer[] {
    const own = this.#ownStun;
    const fromHost = own === null ? this.#fromHost : this.#fromHost.filter(({ urls }) => !IS_STUN.test(urls));
    const all = [...(own === null ? [] : [{ urls: own }]), ...fromHost.map(plain)];
    return all.filter(({ urls }) => !this.#leftOut.has(urls));
  }

  /** Whether what the host gives out for some relay has ended, by this device's clock: one of the two clocks is wrong. */
  get relaysEnded(): boolean {
    const seconds = this.chosen.flatMap(({ username = '' }) => ENDS_AT.exec(username)?.[1] ?? []);
    return seconds.some((endsAt) => Number(endsAt) * 1_000 < this.#wallClock());
  }

  handleHost(servers: readonly IceServer[]): void {
    this.#fromHost = servers;
    for (const server of servers) if (!isIceServer(server)) this.leaveOut(server);
  }

  /** The browser does not take it. */
  leaveOut({ urls: url }: Pick<IceServer, 'urls'>): void {
    if (this.#leftOut.has(url)) return;
    this.#leftOut.add(url);
    this.#onLeftOut({ url, own: url === this.#ownStun });
  }

  /** Returns whether connections are to go another way for that. */
  setHostHides(hides: boolean): boolean {
    const before = this.relayOnly;
    this.#hostHides = hides;
    return this.relayOnly !== before;
  }

  /** Whether the person wants nobody to learn the own address. Returns the same. */
  setSelfHides(hides: boolean): boolean {
    const before = this.relayOnly;
    this.#selfHides = hides;
    return this.relayOnly !== before;
  }

  /** @param url `stun:name[:port]`; null: the host's are asked. Returns whether that is a change. */
  setOwnStun(url: string | null): boolean {
    const changed = url !== this.#ownStun;
    this.#ownStun = url;
    return changed;
  }
}

function isRelay({ urls }: PlainIceServer): boolean {
  return !IS_STUN.test(urls);
}

/** Members that are not set have to be absent, not undefined. */
function plain({ urls, username, credential }: IceServer): PlainIceServer {
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
