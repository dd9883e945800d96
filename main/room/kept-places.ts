/** Owns what is kept of a room, its links and its members with their places, so that another run can go on with it. Pure. */

import { PLACE_HELD_MS } from '../common/protocol/limits.ts';
import type { LinkBook } from './link-book.ts';
import { hasPlace, type Member, type Members, newActionLimit, newStanding } from './members.ts';
import type { KeptPlaces, LinkTerms } from './room-events.ts';

export function toKept(
  {
    members,
    links,
    ...standing
  }: { readonly members: Members; readonly links: LinkBook } & Pick<KeptPlaces, 'door' | 'files'>,
  nowMs: number,
): KeptPlaces {
  const { joined } = members;
  // Who has neither a place nor a reason to be known comes in by a link like anybody.
  const isKnown = (member: Member) =>
    hasPlace(member) || ![...member.links].some((link) => links.isLive(link));
  const others = members.all().filter((member) => !joined.includes(member) && isKnown(member));
  return {
    nowMs,
    ...standing,
    links: [...links.live, ...links.retired.map((id) => ({ id, terms: null }))],
    members: [...joined, ...others].map((member) => ({
      id: member.id,
      key: member.key,
      fp: member.fp,
      resume: member.resume,
      links: [...member.links],
      name: member.name,
      hasPlace: hasPlace(member),
      isLetIn: member.standing.isLetIn,
      isHost: member.standing.isHost,
    })),
  };
}

/**
 * Takes up into an empty room what another was left with. Nobody is connected; every place waits for its owner as after a
 * lost socket, from now on.
 * @param awayMs how long nobody was there to count the time that links have
 */
export function fromKept(
  kept: KeptPlaces,
  { members, links }: { readonly members: Members; readonly links: LinkBook },
  { nowMs, awayMs }: { readonly nowMs: number; readonly awayMs: number },
): void {
  const shiftMs = nowMs - kept.nowMs - awayMs;
  for (const { id, terms } of kept.links) {
    if (terms === null) links.retire(id);
    else links.add({ id, terms: shifted(terms, shiftMs) });
  }
  const waitsUntilMs = nowMs + PLACE_HELD_MS;
  for (const { name, hasPlace: held, isLetIn, isHost, links: shown, ...who } of kept.members) {
    const member: Member = {
      ...who,
      links: new Set(shown),
      socket: null,
      name: null,
      request: null,
      limit: newActionLimit(nowMs),
      standing: newStanding({ isLetIn, isHost }),
      sinceMs: nowMs,
      reportedBy: new Set(),
      joinedRevision: 0,
      sentRevision: 0,
      heldUntilMs: held ? waitsUntilMs : null,
      knownUntilMs: held ? null : waitsUntilMs,
      position: null,
    };
    members.add(member);
    if (name !== null) members.join(member, name);
  }
}

function shifted(terms: LinkTerms, shiftMs: number): LinkTerms {
  return terms.kind === 'expiring' ? { ...terms, expiresAtMs: terms.expiresAtMs + shiftMs } : terms;
}
