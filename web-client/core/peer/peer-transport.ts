/** Owns the transport to one peer over all its epochs: which RTCPeerConnection counts, and its repair. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { SignalBody, WishBody } from '../../../main/common/protocol/bodies.ts';
import { SIGNALS_KEPT_MAX } from '../../../main/common/protocol/peer-limits.ts';
import type { AudioTrackLike, PeerConnectionLike } from '../browser-api.ts';
import type { ConnectDiagnosis, ConnectObstacle } from '../state/connect-diagnosis.ts';
import type { MonitoredPeer } from '../stats/peer-monitor.ts';
import type { ReserveTerms } from '../waiting/former-page.ts';
import { ConnectWatch } from './connect-watch.ts';
import { ConnectionSetup } from './connection-setup.ts';
import { IceRecovery, type Repair } from './ice-recovery.ts';
import type { ReturnReserve } from './own-reserve.ts';
import type { PeerConnection, PeerConnectionHandler } from './peer-connection.ts';
import type { PeerTransportHandler, PeerTransportOptions } from './peer-transport-port.ts';
import { ReserveConnections } from './reserve-connections.ts';
import type { ReserveEnd } from './reserve-end.ts';
import { SpareConnection } from './spare-connection.ts';

/** A connection that is to be made, with what has come for it meanwhile. */
interface NextConnection {
  readonly epoch: number;
  readonly offering: boolean;
  readonly signals: SignalBody[];
}

export type PeerTransportPhase = 'off' | 'connecting' | 'connected' | 'lost';

/**
 * One for each person ever met, for the page load: an epoch is never used twice, so that a late signal of an earlier
 * connection is known by its number and ignored.
 */
export class PeerTransport implements Disposable {
  readonly #options: PeerTransportOptions;
  readonly #handler: PeerTransportHandler;
  readonly #setup: ConnectionSetup;
  readonly #reserves: ReserveConnections;
  readonly #connectWatch: ConnectWatch;
  #epoch = 0;
  #connection: PeerConnection | null = null;
  #connectionToken: object | null = null;
  readonly #spare: SpareConnection;
  #next: NextConnection | null = null;
  #recovery: IceRecovery | null = null;
  #offering = false;
  #connectedBefore = false;
  /** Nothing comes, whatever the browser says. */
  #silent = false;
  /** connectionState as last told to the recovery. */
  #state = 'new';

  constructor(options: PeerTransportOptions, handler: PeerTransportHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#setup = new ConnectionSetup(options, () => handler.onChange());
    this.#spare = new SpareConnection(options);
    this.#reserves = new ReserveConnections(
      {
        ...options,
        setup: this.#setup,
        presentEpoch: () => this.#newestEpoch,
        presentState: () => this.#connection?.state ?? 'closed',
      },
      {
        ...handler,
        onConnected: (epoch, end) => this.#takeOver(epoch, end),
        onReturn: (epoch, end, word) => handler.onReturn({ kind: 'standing', epoch, end }, word),
        onTerms: () => handler.onChange(),
      },
    );
    this.#connectWatch = new ConnectWatch({
      timers: options.timers,
      asks: () => ({ ...options.connections.asks, relayOnly: options.connections.relayOnly }),
      stats: () => this.#connection?.stats() ?? null,
      onChange: () => handler.onChange(),
    });
  }

  get phase(): PeerTransportPhase {
    if (this.#recovery === null) return 'off';
    if (this.standing && !this.#silent) return 'connected';
    return this.#connectedBefore ? 'lost' : 'connecting';
  }

  /** Whether the browser says that it carries, which for seconds may not be so any more. */
  get standing(): boolean {
    return this.#connection?.state === 'connected';
  }

  /** Why it takes so long; null while it may still come about, stands, or nobody can be told anything. */
  get obstacle(): ConnectObstacle | null {
    return this.#options.hasPath() ? this.#connectWatch.obstacle : null;
  }

  /** What is known of that. */
  get diagnosis(): ConnectDiagnosis | null {
    return this.#options.hasPath() ? this.#connectWatch.diagnosis : null;
  }

  /**
   * Stands for the present connection: another value is another DTLS session. It is nothing else, so that whoever keeps it
   * keeps no closed connection, of which a browser bears some hundred only.
   */
  get connection(): object | null {
    return this.#connectionToken;
  }

  /** Whether the other side may be told what holds for everyone; waits where several are being connected. */
  get ready(): boolean {
    return this.#setup.ready;
  }

  /** The other side told what holds for everyone. */
  noteReady(): void {
    this.#setup.noteReady();
  }

  /** Whether the data channel of boxes carries; one of a failed connection still says it is open. */
  get channelOpen(): boolean {
    return this.#connection?.isOpen('boxes') === true && this.#connection.state !== 'failed';
  }

  /** The voice to look at; null while not connected. */
  get voice(): Omit<MonitoredPeer, 'id'> | null {
    const connection = this.#connection;
    if (connection?.state !== 'connected' || this.#connectionToken === null) return null;
    return {
      connection: this.#connectionToken,
      level: () => {
        const source = connection.voice.remoteSource;
        this.#handler.onLook(source?.timestamp ?? null);
        return source?.audioLevel ?? null;
      },
      stats: () => connection.stats(),
    };
  }

  get remoteCertificate(): ArrayBuffer | null {
    return this.#connection?.remoteCertificate ?? null;
  }

  /** Begins; `offering` is whether this side came later and makes the first offer. Begun already, it only notes the role. */
  start(offering: boolean): void {
    this.#offering = offering;
    if (this.#recovery !== null) return;
    this.#connectWatch.begin();
    this.#recovery = new IceRecovery({
      ...this.#options,
      offering: () => this.#offering,
      relays: this.#connectWatch,
      connection: () => this.#connection,
      onRepair: (repair) => this.#repair(repair),
      onRelayOnly: () => this.reconfigure(null),
    });
    if (offering) {
      this.#connect(this.#nextEpoch, true);
      return;
    }
    this.#spare.request();
    // The other side may have missed some epochs: it is told the lowest that is still new here.
    if (this.#epoch > 0) this.#handler.sendWish({ kind: 'rebuild', epoch: this.#nextEpoch });
  }

  /** Begins with a reserve, one that stands, or one that this page, before it was loaded anew, had agreed on. */
  startWith(reserve: ReturnReserve, offering: boolean): void {
    this.start(false);
    this.#spare.dispose();
    if (reserve.kind === 'standing') this.#takeOver(reserve.epoch, reserve.end);
    else this.#reserves.comeBack(reserve.terms, reserve.word);
    this.#offering = offering;
  }

  /** Whether what is made now goes by relays alone, since no direct way carries. */
  get byRelay(): boolean {
    return this.#recovery?.relayOnly === true;
  }

  /** What another load of this page would need to come to the other side; null while that does not wait. */
  get reserveTerms(): ReserveTerms | null {
    return this.#reserves.terms;
  }

  /** Ends the connection; the epochs go on counting at the next start. */
  stop(): void {
    this.#recovery?.dispose();
    this.#recovery = null;
    this.#spare.dispose();
    this.#reserves.stop();
    this.#next = null;
    this.#connectWatch.end();
    this.#endConnection();
    this.#connectedBefore = false;
  }

  dispose(): void {
    this.stop();
  }

  handleSignal(signal: SignalBody): void {
    if (this.#recovery !== null && this.#reserves.handleSignal(signal)) return;
    const next = this.#next;
    if (next !== null && signal.body.epoch === next.epoch) {
      if (next.signals.length < SIGNALS_KEPT_MAX) next.signals.push(signal);
    } else if (signal.type !== 'ice') {
      this.#handleDescription(signal);
    } else if (this.#recovery !== null && signal.body.epoch === this.#epoch) {
      this.#connection?.handleCandidates(signal.body.candidates);
    }
  }

  /** The other side cannot offer anew by itself and asks for it, or asks this one to wait for it. */
  handleWish(body: WishBody): void {
    if (this.#recovery === null) return;
    if (body.kind === 'no-reserve') this.#reserves.handleEnd();
    else if (body.kind === 'reserve') this.#reserves.handleRequest(body.epoch);
    else if (body.epoch > this.#newestEpoch) {
      this.#recovery.handleRepair();
      this.#connect(body.epoch, true);
    }
  }

  /** Whether the other side is to wait for this one, in case the own address changes. */
  setReserve(wanted: boolean): void {
    this.#reserves.setWanted(wanted && this.#recovery !== null);
  }

  /** The network came back, or the computer woke. */
  wake(): void {
    this.#recovery?.wake();
    this.#reserves.wake();
  }

  /** Whether nothing comes over a connection that stands: it is repaired before the browser notices. */
  setSilent(silent: boolean): void {
    if (silent === this.#silent || !this.standing) return;
    this.#silent = silent;
    this.#connectWatch.setStanding(!silent);
    if (silent) this.#recovery?.handleSilence();
    else this.#recovery?.handleState(this.#state);
    this.#reserves.handleState(silent ? 'disconnected' : this.#state);
    this.#handler.onChange();
  }

  /** The servers that help to connect are others now: whatever begins anew asks them, and so does what stands, by `repair`. */
  reconfigure(repair: Repair | null): void {
    if (this.#connection !== null) this.#options.connections.configure(this.#connection.raw, this.byRelay);
    this.#spare.configure();
    if (repair === null) return;
    this.#reserves.renew();
    this.#recovery?.reroute(repair);
  }

  /** A path for signals opened. */
  handlePath(): void {
    this.#recovery?.handlePath();
  }

  sendBox(box: Bytes): void {
    this.#connection?.send('boxes', box);
  }

  setTrack(track: AudioTrackLike | null): void {
    this.#setup.setTrack(track, this.#connection);
  }

  /** How many peers the page has, this one included. Where it has not begun it is about to, and so are others with it. */
  setPeerCount(count: number): void {
    if (this.#recovery === null) this.#setup.begin();
    this.#setup.setPeerCount(count, this.#connection);
  }

  #repair(repair: Repair): void {
    // One that is to be made is the repair.
    if (this.#next !== null) return;
    if (repair === 'restart' && this.#connection !== null) this.#connection.restartIce();
    else if (this.#offering) this.#connect(this.#nextEpoch, true);
    else this.#handler.sendWish({ kind: 'rebuild', epoch: this.#nextEpoch });
  }

  get #newestEpoch(): number {
    return this.#next?.epoch ?? this.#epoch;
  }

  get #nextEpoch(): number {
    return Math.max(this.#newestEpoch, this.#reserves.newestEpoch) + 1;
  }

  /** Makes the connection of this epoch, or lets it wait its turn in the place of an earlier one; the present one lives on. */
  #connect(epoch: number, offering: boolean): void {
    this.#next = { epoch, offering, signals: [] };
    this.#reserves.handleEpoch(epoch);
    if (this.#spare.made) this.#makeNext();
    else this.#options.turn.request(() => this.#makeNext());
  }

  #makeNext(): void {
    const next = this.#next;
    if (next === null) return;
    const { epoch, offering, signals } = next;
    this.#next = null;
    this.#endConnection(this.standing && !this.#silent);
    this.#epoch = epoch;
    this.#state = 'new';
    this.#connectWatch.noteConnection();
    const spare = this.#spare.take();
    let raw: PeerConnectionLike | null = null;
    try {
      raw = spare ?? this.#options.connections.create(this.byRelay);
      this.#connection = this.#setup.wrap(raw, offering, this.#handlerOf(epoch));
      this.#connectionToken = {};
    } catch {
      raw?.close();
      this.#recovery?.handleFailure();
    }
    this.#handler.onChange();
    for (const signal of signals) this.handleSignal(signal);
  }

  #endConnection(isHeard?: boolean): void {
    this.#setup.end(this.#connection, isHeard);
    this.#connection = null;
    this.#connectionToken = null;
  }

  /** A reserve carries boxes: it counts now, whatever became of the one before. */
  #takeOver(epoch: number, end: ReserveEnd): void {
    if (this.#recovery === null || epoch <= this.#newestEpoch) {
      end.dispose();
      return;
    }
    this.#endConnection();
    this.#epoch = epoch;
    this.#reserves.handleEpoch(epoch);
    this.#connection = end.connection;
    this.#connectionToken = {};
    this.#state = 'new';
    this.#setup.adopt(end.connection);
    end.handOver(this.#handlerOf(epoch));
    this.#handleChange(end.connection.state);
    end.repeat();
  }

  /** Of the connection that counts. */
  #handlerOf(epoch: number): PeerConnectionHandler {
    return {
      onDescription: (type, sdp) => this.#handler.sendSignal(type, { epoch, sdp }),
      onAddress: (side, candidate) => this.#connectWatch.noteAddress(side, candidate),
      onServerError: (url, code) => this.#connectWatch.noteServerError(url, code),
      onCandidates: (candidates) => this.#handler.sendSignal('ice', { epoch, candidates }),
      onChange: () => this.#handleChange(this.#connection?.state ?? 'new'),
      messages: { boxes: (box, sizeBytes) => this.#handler.onMessage(box, sizeBytes) },
      onRemoteVoice: (track) => this.#handler.onRemoteVoice(track),
      onBroken: () => this.#recovery?.handleFailure(),
      onRefused: (reason) => this.#handler.onRefused(reason),
    };
  }

  #handleDescription({ type, body: { epoch, sdp } }: Exclude<SignalBody, { type: 'ice' }>): void {
    const read = this.#setup.read(sdp);
    if (!read.ok) this.#handler.onRefused(read.error);
    if (!read.ok || this.#recovery === null) return;
    if (type === 'offer' && epoch >= this.#newestEpoch && this.#connection !== null)
      this.#recovery.handleRepair();
    if (type === 'offer' && epoch > this.#newestEpoch) this.#connect(epoch, false);
    const next = this.#next?.epoch === epoch ? this.#next : null;
    if (next === null && epoch !== this.#epoch) return;
    this.#connectWatch.noteAnswer();
    this.#recovery.handleAnswer();
    if (next !== null) next.signals.push({ type, body: { epoch, sdp } });
    else if (this.#connection !== null) this.#setup.describe(this.#connection, type, read.value);
  }

  #handleChange(state: string): void {
    if (state === 'connected') {
      this.#connectedBefore = true;
      this.#setup.handleStanding();
    }
    const changed = state !== this.#state;
    if (changed) this.#silent = false;
    this.#state = state;
    this.#connectWatch.setStanding(state === 'connected' && !this.#silent);
    if (changed) this.#recovery?.handleState(state);
    if (changed) this.#reserves.handleState(state);
    this.#handler.onChange();
  }
}
