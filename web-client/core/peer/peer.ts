/** Owns one peer: the sealed stream over its three paths, the voice connection, and how far it is trusted. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { BoxFailure } from '../../../main/common/e2ee/box.ts';
import type { PairState, PeerFailureCode } from '../../../main/common/e2ee/pair-state.ts';
import { readReturnWord } from '../../../main/common/e2ee/return-word.ts';
import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';
import type { StreamPath } from '../../../main/common/e2ee/stream/stream-paths.ts';
import type { CryptoLike, TextCoderLike, TimersLike } from '../../../main/common/platform.ts';
import type { MeshBody, PairBody, PeerMessage } from '../../../main/common/protocol/bodies.ts';
import type { SignalType } from '../../../main/common/protocol/messages.ts';
import { assertNever } from '../../../main/common/result.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { PeerState } from '../state/room-state.ts';
import type { CommonSetup } from './connection-setup.ts';
import type { ConnectionTurns } from './connection-turns.ts';
import { LivenessCheck, type LivenessMessage } from './liveness-check.ts';
import type { ReturnReserve, StandingReserve } from './own-reserve.ts';
import type { PeerConnectionFactory } from './peer-connection-factory.ts';
import { PeerGreeting } from './peer-greeting.ts';
import type { PairForFiles, PairWay, PeerHandler, PeerView } from './peer-handler.ts';
import { PeerInbox, type PeerInboxTools } from './peer-inbox.ts';
import { PeerPaths } from './peer-paths.ts';
import { PeerTransport } from './peer-transport.ts';
import { PeerVerification } from './peer-verification.ts';
import type { VoiceStart } from './voice-start.ts';
import { VoiceWatch } from './voice-watch.ts';

/** Nobody compares a code in the first moment, which the voices have for themselves. */
export const CODE_DELAY_MS = 1_000;

export interface PeerTools extends PeerInboxTools, CommonSetup {
  readonly crypto: CryptoLike;
  readonly text: TextCoderLike;
  readonly timers: TimersLike;
  readonly connections: PeerConnectionFactory;
  readonly turns: ConnectionTurns;
  readonly voiceStart: VoiceStart;
  /** What everyone is told who comes, once the connection stands. */
  readonly retained: ReadonlyMap<string, PeerMessage>;
}

/** One for each person ever met, for as long as the pair's keys and counters are kept; it comes and goes with the rosters. */
export class Peer {
  readonly transport: PeerTransport;
  readonly #pair: PairState;
  readonly #tools: PeerTools;
  readonly #handler: PeerHandler;
  readonly #verification: PeerVerification;
  #entered = false;
  #name: string | null = null;
  #tamperedBoxes = 0;
  readonly #paths: PeerPaths;
  readonly #inbox: PeerInbox;
  readonly #liveness: LivenessCheck;
  readonly #voiceWatch: VoiceWatch;
  readonly #codeDue: Timeout;
  /** The connection is the pair’s, and the code is still to be begun. */
  #codeOwed = false;
  readonly #greeting: PeerGreeting;

  constructor(pair: PairState, tools: PeerTools, handler: PeerHandler) {
    this.#pair = pair;
    this.#tools = tools;
    this.#handler = handler;
    this.#inbox = new PeerInbox(pair.stream, tools, () => this.#fail('flooding'));
    this.transport = new PeerTransport(
      {
        ...tools,
        turn: tools.turns.pair(),
        reserveTurn: tools.turns.pair(),
        isAlive: () => this.#liveness.run(),
        polite: pair.polite,
        fp: pair.other.fp,
        hasPath: () => this.#paths.anyOpen,
        hasOtherPath: () => this.#paths.isOpen('socket') || this.#paths.isOpen('passing'),
      },
      {
        sendSignal: (type, body) => pair.stream.send(type, body),
        sendWish: (body) => pair.stream.send('pair', body),
        onChange: () => this.#handleConnection(),
        // Closing the connection at once is all that keeps a browser from queueing what else is on its way.
        onMessage: (box, sizeBytes) =>
          this.#inbox.handleChannelMessage(box, sizeBytes, this.transport.connection),
        onRemoteVoice: (track) => handler.onVoice(track),
        onLook: (lastPacketAt) => this.#voiceWatch.handleLook(lastPacketAt),
        onRefused: (reason) => this.#fail(reason),
        onReturn: (reserve, word) => void this.#handleReturn(reserve, word),
      },
    );
    this.#paths = new PeerPaths(pair.stream, {
      socket: handler.sendBySocket,
      channel: (_type, box) => this.transport.sendBox(box),
      passing: handler.sendByPassing,
    });
    this.#codeDue = new Timeout(tools.timers);
    this.#greeting = new PeerGreeting({ ...tools, pair });
    this.#liveness = new LivenessCheck({
      timers: tools.timers,
      voice: () => this.transport.voice,
      // What they know already, and an honest page acknowledges all the same.
      sendSign: () => {
        const [known] = tools.retained.values();
        return known && this.#paths.isOpen('channel') ? this.send(known) : null;
      },
    });
    this.#voiceWatch = new VoiceWatch({
      ...tools,
      check: () => this.#liveness.run(),
      onSilence: (silent) => this.transport.setSilent(silent),
    });
    this.#verification = new PeerVerification({
      ...tools,
      pair,
      peer: this.transport,
      onBound: () => {
        this.#codeOwed = true;
        this.#beginCode();
        this.#handleVerification();
      },
      onFailed: (reason) => this.#fail(reason),
    });
    pair.stream.attach({
      onBody: (typed) => this.#handleBody(typed),
      onOpened: (path, via) => this.#handleOpened(path, via),
      onDelivered: (seq) => {
        this.#liveness.handleDelivered(seq);
        handler.onSettled(seq, true);
      },
      onGivenUp: (seq) => handler.onSettled(seq, false),
      onRefused: (reason, path) => this.#handleRefused(reason, path),
      onExhausted: () => this.#fail('exhausted'),
    });
  }

  /** Whether the person has a place on this page: between `enter` and `exit`, and not failed. */
  get active(): boolean {
    return this.#entered && this.#pair.failure === null;
  }

  /** The id is barred for the page load. */
  get failed(): boolean {
    return this.#pair.failure !== null;
  }

  /** Its connection carries boxes, and is known to be the pair's. */
  get reachable(): boolean {
    const { state } = this.#verification;
    return this.active && this.#paths.isOpen('channel') && (state === 'sealed' || state === 'verified');
  }

  /** It is barred for sending far more than a call needs. */
  get flooding(): boolean {
    return this.#pair.failure === 'flooding';
  }

  get view(): PeerView {
    return {
      name: this.#name,
      peer: this.#state(),
      trust: this.#verification.state,
      code: this.#verification.code,
      codeless: this.#pair.codeless,
      obstacle: this.transport.obstacle,
      diagnosis: this.transport.diagnosis,
      tamperedBoxes: this.#tamperedBoxes,
    };
  }

  /**
   * Both stand in one accepted roster. Called again while entered, it only notes the role.
   * @param ownName goes through the connection as soon as there is one, and before any message
   * @param offering whether this side came later
   * @param reserve what one of the two, whose page was loaded anew, comes back by
   */
  enter(ownName: string, offering: boolean, reserve: ReturnReserve | null = null): void {
    if (this.#pair.failure !== null) return;
    this.#entered = true;
    this.#greeting.begin(ownName, !this.#pair.stream.present);
    this.#pair.stream.setPresent(true);
    if (reserve === null) this.transport.start(offering);
    else this.transport.startWith(reserve, offering);
  }

  /** The person, or oneself, is gone: ends the connection. Keys, counters and the bar stay. */
  exit(): void {
    if (!this.#entered) return;
    this.#entered = false;
    this.#endConnection();
    this.#handler.onExit();
    this.setPath('socket', false);
    this.setPath('passing', false);
    this.#pair.stream.setPresent(false);
  }

  /** Whether the server, or somebody else, passes boxes between the two now. */
  setPath(path: Exclude<StreamPath, 'channel'>, open: boolean): void {
    if (this.#paths.set(path, open) && open) this.transport.handlePath();
  }

  /** Takes a box from the server. */
  handleBox(type: SignalType, box: Bytes): void {
    this.#inbox.handleSocketBox(type, box);
  }

  /** Takes a box that somebody else passed on. */
  handlePassedBox(type: SignalType, box: Bytes): void {
    this.#inbox.handlePassedBox(type, box);
  }

  /** What another load of this page would need to come back to this person; null while they do not wait. */
  get way(): PairWay | null {
    const terms = this.transport.reserveTerms;
    return terms === null ? null : { ...terms, key: this.#pair.returnKey };
  }

  get forFiles(): PairForFiles {
    return {
      fp: this.#pair.other.fp,
      keys: () => this.#pair.fileKeys,
      canTalk: () => this.active && this.#paths.anyOpen,
      byRelay: () => this.transport.byRelay,
    };
  }

  /** Says something to this person's page about the mesh. */
  tell(body: MeshBody): void {
    this.#greeting.sendName();
    this.#pair.stream.send('pair', body);
  }

  /**
   * Sends a message; the number under which `onSettled` tells what became of it, or null: it was not taken.
   * @param retained it is not sent before the person is told all that is retained
   */
  send(message: PeerMessage, retained = false): number | null {
    if (retained && this.#greeting.retainedDue) return null;
    this.#greeting.sendName();
    if (message.kind !== 'chat') return this.#pair.stream.send('pair', message);
    const { kind, ...body } = message;
    return this.#pair.stream.send(kind, body);
  }

  /**
   * The person compared the codes. That they match holds for this id, and is refused while the code may not be shown; that
   * they differ ends the connection at any time.
   */
  verify(matches: boolean): void {
    if (!matches) this.#fail('different');
    else if (this.#verification.code !== null && this.#pair.markVerified()) this.#handler.onChange();
  }

  /** Whether the person is still there: `lost` if they were connected and nothing comes any more. */
  async checkLiveness(): Promise<LivenessMessage> {
    const { phase } = this.transport;
    if (phase !== 'connected' && phase !== 'lost') return 'unknown';
    return (await this.#liveness.run()) ? 'there' : 'lost';
  }

  async #handleBody(typed: StreamedBody): Promise<void> {
    if (!this.#inbox.mayTakeBody(typed)) return;
    switch (typed.type) {
      case 'offer':
      case 'answer':
      case 'ice':
        return this.transport.handleSignal(typed);
      case 'sas':
        await this.#pair.handleSas(typed.body);
        return this.#handleVerification();
      case 'pair':
        return this.#handlePairBody(typed.body);
      case 'chat':
        return this.#handler.onMessage({ kind: typed.type, ...typed.body });
      default:
        assertNever(typed);
    }
  }

  #handlePairBody(body: PairBody): void {
    switch (body.kind) {
      case 'differ':
        this.#fail('told-different');
        break;
      case 'no-code':
        this.#pair.handleNoCode();
        this.#handleVerification();
        break;
      case 'name':
        this.#name = body.name;
        this.#pair.handleVersions(body.versions);
        this.#handleVerification();
        break;
      case 'rebuild':
      case 'reserve':
      case 'no-reserve':
        this.transport.handleWish(body);
        break;
      case 'pass':
      case 'passed':
      case 'reach':
      case 'whois':
      case 'introduce':
      case 'left':
        this.#handler.onMeshBody(body);
        break;
      case 'presence':
        this.transport.noteReady();
        this.#handler.onMessage(body);
        break;
      default:
        this.#handler.onMessage(body);
    }
  }

  /** Nobody else could have made the word; whose page it was is known here as long as this person is. */
  async #handleReturn(reserve: StandingReserve, word: Bytes): Promise<void> {
    const entry = await readReturnWord(this.#tools, await this.#pair.returnKey, word).catch(() => null);
    if (entry !== null && this.active) this.#handler.onReturn(entry, reserve);
    else reserve.end.dispose();
  }

  #handleConnection(): void {
    const { connection, channelOpen, standing } = this.transport;
    if (this.#paths.setChannel(channelOpen && standing ? connection : null)) {
      // Any box of the pair ties the connection to it.
      if (!this.#greeting.sendName()) this.#pair.stream.sendAck();
      this.transport.handlePath();
    }
    if (this.#paths.isOpen('channel') && this.transport.ready)
      this.#greeting.sendRetained((message) => this.send(message));
    this.#beginCode();
    this.#verification.watch();
    this.#handler.onChange();
  }

  #beginCode(): void {
    if (!this.#codeOwed || !this.transport.ready) return;
    this.#codeOwed = false;
    this.#codeDue.set(() => {
      this.#pair.startVerification();
      this.#handleVerification();
    }, CODE_DELAY_MS);
  }

  #handleOpened(path: StreamPath, via: object | null): void {
    if (path !== 'channel' || via === null) return;
    this.#verification.handleOpened(via).catch(() => this.#tools.logger.error('peer-not-bound'));
  }

  #handleVerification(): void {
    if (this.#pair.failure !== null) this.#fail(this.#pair.failure);
    else this.#verification.watch();
    this.#handler.onChange();
  }

  /**
   * Before the connection is sealed a box that does not open ends it; later it may be forged and must not end a healthy call. Before
   * anything has opened it says nothing of this person, whose id somebody else may be using: that must not bar it. Nor does
   * it when somebody passed it on, who may have made it.
   */
  #handleRefused(reason: BoxFailure, path: StreamPath): void {
    if (path === 'passing' || this.#verification.sealedOnce || !this.#pair.stream.peerProven) {
      this.#tamperedBoxes++;
      this.#handler.onChange();
    } else {
      this.#fail(reason);
    }
  }

  #fail(reason: PeerFailureCode): void {
    this.#pair.bar(reason);
    this.#endConnection();
    this.#handler.onChange();
  }

  #endConnection(): void {
    this.#verification.stop();
    this.#codeOwed = false;
    this.#codeDue.clear();
    this.#greeting.dispose();
    this.#voiceWatch.dispose();
    this.transport.stop();
    this.#paths.setChannel(null);
    this.#handler.onVoice(null);
  }

  #state(): PeerState {
    const reason = this.#pair.failure;
    if (reason !== null) return { phase: 'failed', reason };
    const phase = this.transport.phase;
    return { phase: phase === 'off' ? 'connecting' : phase };
  }
}
