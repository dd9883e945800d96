/** Owns a pair's retry by relays alone once its direct way has failed: when the next connection is one, and until when. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { readQuality } from '../stats/connection-quality.ts';
import type { PeerConnection } from './peer-connection.ts';

/** Between two looks at a connection that ICE has a way for: what DTLS has not come about on at two of them, it will not. */
export const HANDSHAKE_LOOK_MS = 4_000;
/** So many silences of what a browser calls connected, within this time, are the way's. */
export const SILENCES_MAX = 3;
export const SILENCES_WITHIN_MS = 60_000;
/** Once a relay has carried for so long, what failed before it may have been the whole network, and a direct way is looked for. */
export const DIRECT_AGAIN_MS = 10_000;

type Way =
  | { readonly kind: 'any' }
  /** `mute`: the direct way answers ICE and carries nothing, so a restart of ICE would choose it again. */
  | { readonly kind: 'relay'; readonly after: 'failed' | 'mute'; readonly stood: boolean };

const ANY: Way = { kind: 'any' };

export interface RelayRetryOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Whether a relay gives this side an address, and direct ways are allowed as well. */
  readonly hasRelay: () => boolean;
  /** The present one. */
  readonly connection: () => Pick<PeerConnection, 'stats' | 'iceStands'> | null;
  /** `relayOnly` is another. */
  readonly onChange: () => void;
  /** A connection by relays alone is to be made now. */
  readonly onFallBack: () => void;
  /** Direct ways are to be looked for again, beside the relay that carries. */
  readonly onReturn: () => void;
}

/** One for each stay of a peer, over all its connections. */
export class RelayRetry implements Disposable {
  readonly #options: RelayRetryOptions;
  #way: Way = ANY;
  #silencesMs: readonly number[] = [];
  #isSilent = false;
  /** ICE had a way at the last look already. */
  #seen = false;
  /** Relays alone have been tried, and helped nobody so far. */
  #tried = false;
  readonly #next: Timeout;

  constructor(options: RelayRetryOptions) {
    this.#options = options;
    this.#next = new Timeout(options.timers);
  }

  /** Whether connections of this pair go by relays alone for now. */
  get relayOnly(): boolean {
    return this.#way.kind === 'relay';
  }

  /** Takes each `connectionState` of the present connection. */
  handleState(state: string): void {
    this.#isSilent = false;
    this.#seen = false;
    this.#next.clear();
    if (state === 'connecting') this.#next.set(() => this.#look(), HANDSHAKE_LOOK_MS);
    if (state === 'connected') this.#handleConnected();
  }

  /** Nothing comes over a connection that the browser calls connected. */
  handleSilence(): void {
    this.#isSilent = true;
    const nowMs = this.#options.clock();
    this.#silencesMs = [...this.#silencesMs, nowMs].filter((atMs) => nowMs - atMs < SILENCES_WITHIN_MS);
    if (this.#silencesMs.length >= SILENCES_MAX) void this.#leaveDirect();
  }

  /**
   * The next try: every other connection that this side's ladder makes goes by relays alone.
   * @param repair `theirs` if the other side began it by itself
   */
  handleRepair(repair: 'restart' | 'rebuild' | 'theirs'): void {
    const way = this.#way;
    if (way.kind === 'relay') {
      // One restart is for the way that did carry.
      this.#set(way.stood && way.after === 'mute' ? { ...way, stood: false } : ANY);
    } else if (repair === 'rebuild' && this.#options.hasRelay()) {
      this.#tried = true;
      this.#set({ kind: 'relay', after: this.#isSilent ? 'mute' : 'failed', stood: false });
    }
  }

  /** The network may be another one now: what was known of the direct way means nothing. */
  forget(): void {
    this.#silencesMs = [];
    this.#tried = false;
    this.#set(ANY);
  }

  dispose(): void {
    this.#next.dispose();
    this.#silencesMs = [];
    this.#isSilent = false;
  }

  #handleConnected(): void {
    this.#tried = false;
    if (this.#way.kind === 'any') return;
    this.#set({ ...this.#way, stood: true });
    if (this.#way.after === 'mute') return;
    this.#next.set(() => {
      if (!this.relayOnly) return;
      this.forget();
      this.#options.onReturn();
    }, DIRECT_AGAIN_MS);
  }

  #look(): void {
    const stands = this.#options.connection()?.iceStands === true;
    const isMute = stands && this.#seen;
    this.#seen = stands;
    this.#next.set(() => this.#look(), HANDSHAKE_LOOK_MS);
    if (isMute && this.#options.hasRelay()) this.#fallBack();
  }

  /** A voice that a relay carries already is no better off by one. */
  async #leaveDirect(): Promise<void> {
    const connection = this.#options.connection();
    const report = await connection?.stats().catch(() => null);
    if (!report || connection !== this.#options.connection() || !this.#isSilent) return;
    const isDirect = readQuality(report).path.kind === 'direct';
    if (isDirect && [...report.values()].some(isOwnRelay)) this.#fallBack();
  }

  #fallBack(): void {
    if (this.#tried || this.#way !== ANY) return;
    this.#tried = true;
    this.#silencesMs = [];
    this.#set({ kind: 'relay', after: 'mute', stood: false });
    this.#options.onFallBack();
  }

  #set(way: Way): void {
    const { relayOnly } = this;
    this.#way = way;
    if (relayOnly !== this.relayOnly) this.#options.onChange();
  }
}

const isOwnRelay = ({ type, candidateType }: Readonly<Record<string, unknown>>) =>
  type === 'local-candidate' && candidateType === 'relay';
