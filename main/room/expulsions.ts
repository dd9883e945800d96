/** Owns links made and ended as the host wants it, and who has to go because of that, of a link's end, or with everybody. */

import type { CommandResult, InvitationRequest, LinkCommand } from '../common/host-api/commands.ts';
import { LIVE_TOKENS_MAX } from '../common/protocol/limits.ts';
import { assertNever, fail, ok } from '../common/result.ts';
import type { LinkBook } from './link-book.ts';
import { hasPlace, type Member, type Members } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { CloseReason, LinkId, LinkTerms } from './room-events.ts';
import type { Takeovers } from './takeovers.ts';

export interface ExpulsionsSetup {
  readonly newLink: () => LinkId;
  readonly members: Members;
  readonly links: LinkBook;
  readonly takeovers: Takeovers;
  readonly outbox: Outbox;
  /** Forgets a member, and lets the others know. */
  readonly forget: (member: Member) => void;
  /** Nobody who is known no more was let in, or refused. */
  readonly forgetStandings: () => void;
  /** Whoever waited for the member's place is a new page. */
  readonly admitRivalOf: (member: Member) => void;
}

export class Expulsions {
  readonly #setup: ExpulsionsSetup;

  constructor(setup: ExpulsionsSetup) {
    this.#setup = setup;
  }

  /** Carries out what the host wants done. */
  handle(command: LinkCommand, nowMs: number): CommandResult {
    switch (command.type) {
      case 'new-link':
        return this.#replaceMain();
      case 'invite':
        return this.#invite(command.request, nowMs);
      case 'revoke':
        return this.#revoke(command.invitation);
      case 'remove':
        return this.#remove(command.participant);
      case 'shut-out':
        return this.#shutOut();
      case 'end':
        return this.#endForAll();
      default:
        return assertNever(command);
    }
  }

  #replaceMain(): CommandResult {
    const { links, newLink } = this.#setup;
    const former = links.main;
    links.add({ id: newLink(), terms: { kind: 'main' } });
    if (former) {
      this.retire([former.id]);
      // Whoever left on a link that was over already has had the time to come in again.
      this.#putOutStranded(() => true);
    }
    return ok(null);
  }

  #invite(request: InvitationRequest, nowMs: number): CommandResult {
    const { links, newLink } = this.#setup;
    if (links.live.length >= LIVE_TOKENS_MAX) return fail('too-many-links');
    const terms: LinkTerms =
      request.kind === 'one-time' ? request : { kind: 'expiring', expiresAtMs: nowMs + request.lifetimeMs };
    links.add({ id: newLink(), terms });
    return ok(null);
  }

  #revoke(invitation: LinkId): CommandResult {
    const { links } = this.#setup;
    if (!links.isLive(invitation) || invitation === links.main?.id) return fail('unknown-invitation');
    this.retire([invitation]);
    return ok(null);
  }

  #remove(id: string): CommandResult {
    const { members, takeovers, outbox } = this.#setup;
    const member = members.joined.find((other) => other.id === id);
    if (!member) return fail('unknown-participant');
    // Their own reload, on its way in, is not another person.
    const reload = takeovers.takeFor(member);
    if (reload) outbox.close(reload.socket, 'kicked');
    member.standing.isLetIn = false;
    this.putOut(member, 'kicked');
    this.#endLinks([...member.links, ...(reload ? [reload.link] : [])]);
    return ok(null);
  }

  #shutOut(): CommandResult {
    const { members } = this.#setup;
    const outside = members.all().filter((member) => member.socket !== null && isGuestOutside(member));
    this.#endLinks(outside.flatMap(({ links }) => [...links]));
    return ok(null);
  }

  /** The call is over for everybody, at the door and away as well, and no link of theirs opens the next one. */
  #endForAll(): CommandResult {
    const { members, links, takeovers, outbox, forgetStandings } = this.#setup;
    for (const member of members.all()) {
      const reload = takeovers.takeFor(member);
      if (reload) outbox.close(reload.socket, 'closed');
      member.standing.isLetIn = false;
      this.putOut(member, 'closed');
    }
    forgetStandings();
    this.#endLinks(links.live.map(({ id }) => id));
    return ok(null);
  }

  /** Ends links; if the main one is among them, another takes its place. */
  #endLinks(ended: readonly LinkId[]): void {
    const { links, newLink } = this.#setup;
    if (ended.some((link) => link === links.main?.id)) links.add({ id: newLink(), terms: { kind: 'main' } });
    this.retire(ended);
  }

  /** Ends links: those who are in stay, those who are not in have nothing left to come in with. */
  retire(links: readonly LinkId[]): void {
    const ended = links.filter((link) => this.#setup.links.isLive(link));
    for (const link of ended) this.#setup.links.retire(link);
    if (ended.length > 0) this.#putOutStranded((member) => ended.some((link) => member.links.has(link)));
  }

  #putOutStranded(concerns: (member: Member) => boolean): void {
    for (const member of this.#setup.members.all()) {
      const isStranded = isGuestOutside(member) && !this.hasLiveLink(member);
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

/** The host's own page needs no link. */
function isGuestOutside(member: Member): boolean {
  return !hasPlace(member) && !member.standing.isHost;
}
