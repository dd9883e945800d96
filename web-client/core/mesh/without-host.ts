/** Owns what the pages of a call do for each other while one of them is without the host: they pass on, introduce, wait, and miss. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { MeshBody } from '../../../main/common/protocol/bodies.ts';
import { INTRODUCED_GRACE_MS } from '../../../main/common/protocol/peer-limits.ts';
import { assertNever } from '../../../main/common/result.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { Peer } from '../peer/peer.ts';
import { Absence } from './absence.ts';
import { Introductions, type IntroductionsOptions } from './introductions.ts';
import { Passing } from './passing.ts';
import { Reach } from './reach.ts';
import { ReserveCircle } from './reserve-circle.ts';
import { WaysBack, type WaysBackOptions } from './ways-back.ts';

export interface WithoutHostOptions
  extends Omit<IntroductionsOptions, 'peers'>,
    Omit<WaysBackOptions, 'peers'> {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly ownId: string;
  /** By id. */
  readonly peers: ReadonlyMap<string, Peer>;
  /** The host is there again, and had time to have them in whom others introduced. */
  readonly onGraceOver: () => void;
  /** This person said so, or nobody has had a channel to them for long. */
  readonly onGone: (id: string) => void;
}

export class WithoutHost implements Disposable {
  readonly #peers: ReadonlyMap<string, Peer>;
  readonly #reach: Reach;
  readonly passing: Passing;
  readonly #introductions: Introductions;
  readonly #absence: Absence;
  readonly #reserves: ReserveCircle;
  readonly #waysBack: WaysBack;
  readonly #grace: Timeout;
  readonly #onGraceOver: () => void;
  readonly #onGone: (id: string) => void;
  #offline = false;

  constructor(options: WithoutHostOptions) {
    this.#peers = options.peers;
    this.#reach = new Reach(options);
    this.passing = new Passing({ ...options, reach: this.#reach });
    this.#introductions = new Introductions(options);
    this.#absence = new Absence(options);
    this.#reserves = new ReserveCircle(options);
    this.#waysBack = new WaysBack(options);
    this.#grace = new Timeout(options.timers);
    this.#onGraceOver = options.onGraceOver;
    this.#onGone = options.onGone;
  }

  /** The own socket is lost, or there again. */
  setOffline(offline: boolean): void {
    if (offline === this.#offline) return;
    this.#offline = offline;
    this.#reach.setOffline(offline);
    this.#reserves.setOffline(offline);
    if (offline) this.#grace.clear();
    else this.#grace.set(this.#onGraceOver, INTRODUCED_GRACE_MS);
    if (!offline) this.#introductions.clear();
    this.update();
  }

  handle(from: string, body: MeshBody): void {
    switch (body.kind) {
      case 'pass':
        this.passing.handlePass(from, body);
        break;
      case 'passed':
        this.passing.handlePassed(from, body);
        break;
      case 'reach':
        this.#reach.handle(from, body);
        if (this.#offline) this.#introductions.handleReach(from, body.ids);
        break;
      case 'whois':
        this.#introductions.handleWhois(from, body.id);
        break;
      case 'introduce':
        if (this.#offline) this.#introductions.handleIntroduce(from, body);
        break;
      case 'left':
        if (this.#offline) this.#onGone(from);
        break;
      default:
        assertNever(body);
    }
    this.update();
  }

  /** One goes out; whether there was anybody to be told. With the host, that tells it. */
  sayLeft(): boolean {
    const reachable = [...this.#peers.values()].filter((peer) => this.#offline && peer.reachable);
    for (const peer of reachable) peer.tell({ kind: 'left' });
    return reachable.length > 0;
  }

  /** A connection changed, or who is in. */
  update(): void {
    this.#reach.update();
    this.passing.update();
    this.#reserves.update();
    this.#waysBack.update();
    this.#absence.update(this.#offline ? this.#missed() : []);
  }

  handleExit(id: string): void {
    this.#reach.handleExit(id);
    this.passing.handleExit(id);
  }

  dispose(): void {
    this.#reach.dispose();
    this.#introductions.clear();
    this.#absence.dispose();
    this.#reserves.dispose();
    this.#waysBack.dispose();
    this.#grace.clear();
  }

  /** Whom neither this page reaches nor anybody who tells; where nobody tells, it may be oneself who is away. */
  #missed(): readonly string[] {
    if (!this.#reach.hasWitness) return [];
    return [...this.#peers].flatMap(([id, { active, transport }]) =>
      active && transport.phase !== 'connected' && this.#reach.via(id).length === 0 ? [id] : [],
    );
  }
}
