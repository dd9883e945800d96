/** Owns what the host decides about the ways in, and who has to go because of it or because of a link's end. */

import { assertNever } from '../common/result.ts';
import type { LinkBook, RoomLinkEntry } from './link-book.ts';
import { hasPlace, type Member, type Members } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { CloseReason, LinkId, RoomHostEvent } from './room-events.ts';
import type { Takeovers } from './takeovers.ts';

export interface ExpulsionsSetup {
  readonly members: Members;
  readonly links: LinkBook;
  readonly takeovers: Takeovers;
  readonly outbox: Outbox;
  /** Forgets a member, and lets the others know. */
  readonly forget: (member: Member) => void;
  /** Whoever waited for the member's place is a new page. */
  readonly admitRivalOf: (member: Member) => void;
}

export class Expulsions {
  readonly #setup: ExpulsionsSetup;

  constructor(setup: ExpulsionsSetup) {
    this.#setup = setup;
  }

  /** Carries out what the host decided. */
  handle(event: RoomHostEvent): void {
    switch (event.type) {
      case 'invited':
        this.#invite({ id: event.link, terms: event.terms });
        break;
      case 'revoked':
        if (event.link !== this.#setup.links.main?.id) this.retire([event.link]);
        break;
      case 'removed':
        this.#remove(event.id, event.spare);
        break;
      case 'shut-out':
        this.#shutOut(event.spare);
        break;
      default:
        assertNever(event);
    }
  }

  #invite(link: RoomLinkEntry): void {
    const former = link.terms.kind === 'main' ? this.#setup.links.main : undefined;
    this.#setup.links.add(link);
    if (!former) return;
    this.retire([former.id]);
    // Whoever left on a link that was over already has had the time to come in again.
    this.#putOutStranded(() => true);
  }

  #remove(id: string, spare: LinkId): void {
    const member = this.#setup.members.joined.find((other) => other.id === id);
    if (!member) {
      this.#setup.outbox.forget([spare]);
      return;
    }
    // Their own reload, on its way in, is not another person.
    const reload = this.#setup.takeovers.takeFor(member);
    if (reload) this.#setup.outbox.close(reload.socket, 'kicked');
    this.putOut(member, 'kicked');
    this.#endLinks([...member.links, ...(reload ? [reload.link] : [])], spare);
  }

  #shutOut(spare: LinkId): void {
    const outside = this.#setup.members.all().filter((member) => member.socket !== null && !hasPlace(member));
    this.#endLinks(
      outside.flatMap(({ links }) => [...links]),
      spare,
    );
  }

  /** Ends links; if the main one is among them, `spare` takes its place. */
  #endLinks(links: readonly LinkId[], spare: LinkId): void {
    const losesMain = links.some((link) => link === this.#setup.links.main?.id);
    if (losesMain) this.#setup.links.add({ id: spare, terms: { kind: 'main' } });
    else this.#setup.outbox.forget([spare]);
    this.retire(links);
  }

  /** Ends links: those who are in stay, those who are not in have nothing left to come in with. */
  retire(links: readonly LinkId[]): void {
    const ended = links.filter((link) => this.#setup.links.isLive(link));
    for (const link of ended) this.#setup.links.retire(link);
    if (ended.length > 0) this.#putOutStranded((member) => ended.some((link) => member.links.has(link)));
  }

  #putOutStranded(concerns: (member: Member) => boolean): void {
    for (const member of this.#setup.members.all()) {
      const isStranded = !hasPlace(member) && !this.hasLiveLink(member);
      if (isStranded && concerns(member)) this.putOut(member, 'auth-failed');
    }
  }

  hasLiveLink({ links }: Member): boolean {
    return [...links].some((link) => this.#setup.links.isLive(link));
  }

  putOut(member: Member, reason: CloseReason): void {
    if (member.socket !== null) this.#setup.outbox.close(member.socket, reason);
    this.#setup.forget(member);
    this.#setup.admitRivalOf(member);
  }
}
