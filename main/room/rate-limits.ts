/** Owns the limits on joining and renaming: at once as people do it, later for who does nothing else. */

import { FRESH_PLACE_MS, SHORT_STAYS_BURST, SHORT_STAYS_PER_SECOND } from '../common/protocol/limits.ts';
import { TokenBucket } from '../common/timing/token-bucket.ts';
import { type ActionLimit, hasPlace, type Member } from './members.ts';

/**
 * A place that somebody took and gave back at once. That happens now and then, but not time and again: then it is free
 * for others a little later, or one could show the room a new person with every breath.
 */
interface FreshPlace {
  resume: string;
  readonly limit: ActionLimit;
  readonly untilMs: number;
}

export class ActionLimits {
  readonly #capacity: number;
  readonly #shortStays = new TokenBucket({ perSecond: SHORT_STAYS_PER_SECOND, burst: SHORT_STAYS_BURST }, 0);
  #fresh: readonly FreshPlace[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether there is no place, not even one that will be free in a moment. How many are taken is counted once for all who ask. */
  isFullFor(member: Member, placesTaken: number): boolean {
    return !hasPlace(member) && placesTaken >= this.#capacity;
  }

  /** How long until what the member wants may be done; 0 if now. */
  waitMs(member: Member, placesTaken: number, nowMs: number): number {
    if (member.name !== null) return member.limit.renames.waitMs(nowMs);
    const limitMs = member.limit.joins.waitMs(nowMs);
    return hasPlace(member) ? limitMs : Math.max(limitMs, this.#placeWaitMs(member, placesTaken, nowMs));
  }

  take(member: Member, nowMs: number): void {
    const { joins, renames } = member.limit;
    (member.name === null ? joins : renames).take(nowMs);
    this.#fresh = this.#fresh.filter(({ resume }) => resume !== member.resume);
  }

  /** The member gives its place back. */
  handleLeave({ resume, limit, sinceMs }: Member, nowMs: number): void {
    const untilMs = sinceMs + FRESH_PLACE_MS;
    if (untilMs <= nowMs || this.#shortStays.take(nowMs)) return;
    this.#fresh = [...this.#freshAt(nowMs), { resume, limit, untilMs }];
  }

  /** Of a page whose former self gave its place back a moment ago: that place, and what was left to it. */
  inherit(formerResume: string | null, resume: string): ActionLimit | null {
    const place = this.#fresh.find((each) => each.resume === formerResume);
    if (!place) return null;
    place.resume = resume;
    return place.limit;
  }

  #placeWaitMs(member: Member, placesTaken: number, nowMs: number): number {
    const others = this.#freshAt(nowMs).filter(({ resume }) => resume !== member.resume);
    const missing = placesTaken + others.length + 1 - this.#capacity;
    // Where none is missing there is nothing to wait for.
    const frees = others.map(({ untilMs }) => untilMs).sort((a, b) => a - b);
    return (frees[missing - 1] ?? nowMs) - nowMs;
  }

  #freshAt(nowMs: number): readonly FreshPlace[] {
    return this.#fresh.filter(({ untilMs }) => untilMs > nowMs);
  }
}
