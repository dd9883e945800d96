/** Owns a second opinion on the links of a room, for tests that let anything happen. */

import { expect } from 'vitest';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';
import type { LinkId, LinkTerms } from '../../../main/room/room-events.ts';

/** What a page came with. */
interface ShownLink {
  readonly link: LinkId;
  /** The resume it brought. */
  readonly claimed: string | null;
}

/** What the links ought to be, worked out from the outside: by what pages have shown and what they were told. */
export class ExpectedLinks {
  /** Those whose tokens are known, live or not. */
  known: LinkId[] = [];
  readonly #live = new Map<LinkId, LinkTerms>();
  /** The links a person has shown, by resume. */
  readonly #shown = new Map<string, Set<LinkId>>();
  readonly #resumeOf = new Map<string, string>();
  /** Resumes of people who have been in. */
  readonly #beenIn = new Set<string>();
  readonly #removed = new Set<string>();
  /** Those that the room has still to make. */
  readonly #awaited: LinkId[] = [];
  #last = 0;

  /** The link that the room makes now, which is to be one that it ought to make. */
  take(): LinkId {
    const link = this.#awaited.shift();
    if (link === undefined) throw new Error('one link too many');
    return link;
  }

  add(terms: LinkTerms): void {
    if (terms.kind === 'main') this.#end((other) => other.kind === 'main');
    this.#last += 1;
    this.known.push(this.#last);
    this.#awaited.push(this.#last);
    this.#live.set(this.#last, terms);
  }

  revoke(link: LinkId): void {
    if (this.#live.get(link)?.kind !== 'main') this.#live.delete(link);
  }

  remove(id: string, waiting: readonly ShownLink[]): void {
    const resume = this.#resumeOf.get(id) ?? '';
    this.#removed.add(resume);
    const reloads = waiting.filter(({ claimed }) => claimed === resume).map(({ link }) => link);
    for (const link of [...(this.#shown.get(resume) ?? []), ...reloads]) {
      if (this.#live.get(link)?.kind === 'main') this.add({ kind: 'main' });
      this.#live.delete(link);
    }
  }

  /** The call is over for all who were here. */
  endAll(): void {
    for (const resume of this.#shown.keys()) this.#removed.add(resume);
    this.#live.clear();
    this.add({ kind: 'main' });
  }

  forget(link: LinkId): void {
    expect(this.known).toContain(link);
    expect(this.#live.has(link)).toBe(false);
    this.known = this.known.filter((other) => other !== link);
  }

  handleHello({ link, claimed }: ShownLink, id: string, resume: string, nowMs: number): void {
    expect(this.#removed.has(resume)).toBe(false);
    // A link that is over lets nobody in but who was here before.
    if (!this.liveAt(nowMs).includes(link)) expect(resume).toBe(claimed);
    this.#resumeOf.set(id, resume);
    const shown = this.#shown.get(resume) ?? new Set();
    this.#shown.set(resume, shown.add(link));
  }

  handleRoster(roster: readonly RosterEntry[]): void {
    for (const { id } of roster) {
      const resume = this.#resumeOf.get(id) ?? '';
      this.#beenIn.add(resume);
      const shown = this.#shown.get(resume);
      this.#end(({ kind }, link) => kind === 'one-time' && shown?.has(link) === true);
    }
  }

  liveAt(nowMs: number): LinkId[] {
    this.#end((terms) => terms.kind === 'expiring' && terms.expiresAtMs <= nowMs);
    return [...this.#live.keys()];
  }

  /** Whoever has not been in needs a link that is good. */
  mayStay(resume: string, live: readonly LinkId[]): boolean {
    const shown = this.#shown.get(resume);
    return this.#beenIn.has(resume) || live.some((link) => shown?.has(link));
  }

  #end(isOver: (terms: LinkTerms, link: LinkId) => boolean): void {
    for (const [link, terms] of [...this.#live]) if (isOver(terms, link)) this.#live.delete(link);
  }
}
