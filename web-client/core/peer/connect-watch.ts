/** Owns diagnosing a connection that does not come about: what is known of it, and what that makes one think. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { serverWay } from '../../../main/common/protocol/turn-answers.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { StatsReportLike } from '../browser-api.ts';
import type { AddressCounts, ConnectDiagnosis, ConnectObstacle } from '../state/connect-diagnosis.ts';
import { readCheckCounts } from '../stats/check-counts.ts';
import { AddressCensus, NO_ADDRESSES } from './address-census.ts';
import { relayObstacle, withServerError } from './server-errors.ts';

/** A join of twelve on a slow computer takes as long. */
export const CONNECT_OVERDUE_MS = 10_000;
/** What stands for a shorter time has not come about: a relay that has stopped still answers for a moment, and is lost again. */
export const CONNECT_BRIEF_MS = 2_000;
/** Between two looks at the counters. */
export const CHECKS_INTERVAL_MS = 5_000;

/** Addresses are looked for once the other page answers; without one's own nothing of the other's helps. */
export function connectObstacle(diagnosis: ConnectDiagnosis): ConnectObstacle {
  const { answered, asksServers, asksRelays, relaysEnded, relayOnly, own, theirs } = diagnosis;
  if (!answered) return 'no-answer';
  if (relayOnly && !asksRelays) return 'relay-none';
  // With a relay nothing of the rest would matter.
  if (asksRelays && own.relayed === 0) return relayObstacle(diagnosis.serverErrors, relaysEnded);
  if (isNone(own)) return 'no-own-address';
  if (isNone(theirs)) return 'no-their-address';
  if (own.relayed + theirs.relayed > 0) return 'relay-no-way';
  const meet = (own.public4 > 0 && theirs.public4 > 0) || (own.public6 > 0 && theirs.public6 > 0);
  if (meet) return own.strict || theirs.strict ? 'strict-router' : 'no-way';
  if (isPublic(own)) {
    if (isPublic(theirs)) return 'no-route';
    return isHidden(theirs) ? 'hidden-there' : asksServers ? 'udp-blocked-there' : 'no-route';
  }
  if (isHidden(own)) return 'hidden-here';
  if (isPublic(theirs)) return asksServers ? 'udp-blocked-here' : 'no-route';
  return isHidden(theirs) ? 'hidden-there' : 'no-route';
}

function isNone({ hidden, local, relayed, ...counts }: AddressCounts): boolean {
  return hidden + local + relayed === 0 && !isPublic(counts);
}

function isPublic({ public4, public6 }: Pick<AddressCounts, 'public4' | 'public6'>): boolean {
  return public4 + public6 > 0;
}

function isHidden({ hidden, local }: AddressCounts): boolean {
  return hidden > 0 && local === 0;
}

const NOTHING: ConnectDiagnosis = {
  answered: false,
  asksServers: false,
  asksRelays: false,
  relaysEnded: false,
  relayOnly: false,
  own: NO_ADDRESSES,
  theirs: NO_ADDRESSES,
  serverErrors: {},
  connections: 0,
  checks: null,
};

export interface ConnectWatchOptions {
  readonly timers: TimersLike;
  /** Whether there is a server to be asked for the own address, and one that relays, or is to. */
  readonly asks: () => Pick<ConnectDiagnosis, 'asksServers' | 'asksRelays' | 'relaysEnded' | 'relayOnly'>;
  /** Of the present connection; null while there is none. */
  readonly stats: () => Promise<StatsReportLike> | null;
  /** There is an obstacle to be told from now on, or more is known of it. */
  readonly onChange: () => void;
}

/**
 * One for each peer, over all its connections: a connection made anew starts with nothing, and what was known a moment ago
 * still tells more.
 */
export class ConnectWatch implements Disposable {
  readonly #options: ConnectWatchOptions;
  #facts = NOTHING;
  #own = new AddressCensus();
  #theirs = new AddressCensus();
  readonly #next: Timeout;
  readonly #brief: Timeout;
  /** `standing`: for a moment, so far. */
  #phase: 'off' | 'waiting' | 'overdue' | 'standing' = 'off';

  constructor(options: ConnectWatchOptions) {
    this.#options = options;
    this.#next = new Timeout(options.timers);
    this.#brief = new Timeout(options.timers);
  }

  /** null while it may still come about, or stands. */
  get obstacle(): ConnectObstacle | null {
    return this.#phase === 'overdue' ? connectObstacle(this.#facts) : null;
  }

  /** The same object as long as nothing is new; null as the obstacle is. */
  get diagnosis(): ConnectDiagnosis | null {
    return this.#phase === 'overdue' ? this.#facts : null;
  }

  /** Whether there are relays to be asked, and none has given this side an address. */
  get lacksRelay(): boolean {
    return this.#options.asks().asksRelays && this.#facts.own.relayed === 0;
  }

  /** Whether one has, and direct ways are allowed as well. */
  get hasRelay(): boolean {
    return !this.#options.asks().relayOnly && this.#facts.own.relayed > 0;
  }

  /** Whether there is a connection that carries. */
  setStanding(standing: boolean): void {
    if (!standing) this.begin();
    else if (this.#phase === 'waiting' || this.#phase === 'overdue') {
      this.#phase = 'standing';
      this.#brief.set(() => this.end(), CONNECT_BRIEF_MS);
    }
  }

  /** A connection is being made, or was lost; begun already, or lost again at once, it goes on. */
  begin(): void {
    if (this.#phase === 'waiting' || this.#phase === 'overdue') return;
    const goesOn = this.#phase === 'standing';
    this.#phase = 'waiting';
    this.#brief.clear();
    this.#own = new AddressCensus();
    this.#theirs = new AddressCensus();
    this.#facts = { ...NOTHING, answered: goesOn && this.#facts.answered };
    if (!goesOn) this.#next.set(() => this.#handleOverdue(), CONNECT_OVERDUE_MS);
  }

  /** A description of the other side came. */
  noteAnswer(): void {
    if (!this.#facts.answered) this.#learn({ answered: true });
  }

  noteConnection(): void {
    this.#learn({ connections: this.#facts.connections + 1 });
  }

  noteAddress(side: 'own' | 'theirs', candidate: string): void {
    const census = side === 'own' ? this.#own : this.#theirs;
    census.add(candidate);
    if (census.counts === this.#facts[side]) return;
    // A relay gives an address at last: what was in the way is not any more, and that is given its time.
    if (side === 'own' && this.lacksRelay && census.counts.relayed > 0) this.#waitAnew();
    this.#learn({ [side]: census.counts });
  }

  /** A server that is asked for the own address, or for one at itself, could not be. */
  noteServerError(url: string, code: number): void {
    this.#learn({ serverErrors: withServerError(this.#facts.serverErrors, serverWay(url), code) });
  }

  /** It stands, or is not wanted any more. */
  end(): void {
    this.#phase = 'off';
    this.#next.clear();
    this.#brief.clear();
  }

  dispose(): void {
    this.end();
  }

  #learn(facts: Partial<ConnectDiagnosis>): void {
    this.#facts = { ...this.#facts, ...facts };
    if (this.#phase === 'overdue') this.#options.onChange();
  }

  #waitAnew(): void {
    if (this.#phase !== 'overdue') return;
    this.#phase = 'waiting';
    this.#next.set(() => this.#handleOverdue(), CONNECT_OVERDUE_MS);
    this.#options.onChange();
  }

  #handleOverdue(): void {
    this.#next.set(() => this.#handleOverdue(), CHECKS_INTERVAL_MS);
    if (this.#phase === 'standing') return;
    this.#phase = 'overdue';
    // Whoever is told may end it.
    this.#learn(this.#options.asks());
    void this.#readChecks();
  }

  async #readChecks(): Promise<void> {
    const report = await this.#options.stats()?.catch(() => null);
    if (report && this.#phase === 'overdue') this.#learn({ checks: readCheckCounts(report) });
  }
}
