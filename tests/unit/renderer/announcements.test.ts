/** Owns proof of what is said aloud: each change once, in words, never a code. */

import { describe, expect, it } from 'vitest';
import type { HostStatus, InviteLink } from '../../../main/common/host-api/snapshot.ts';
import { windowAnnouncements } from '../../../renderer/announcements.ts';
import { windowTexts } from '../../../renderer/i18n/texts.ts';
import { emptyRoom, invitationAt, linkAt, liveStatus, snapshotOf } from '../../support/host/host-samples.ts';

const between = (before: HostStatus, after: HostStatus) =>
  windowAnnouncements(snapshotOf(before), snapshotOf(after), windowTexts.en);

const idle: HostStatus = { phase: 'idle' };
const anna = { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Anna', reports: 0 };
const stranger = { id: 'WXYZAAAAAAAAAAAAAAAAAA', name: null, reports: 0 };

describe('sessionEventsBetween', () => {
  it('says when the room opens and closes', () => {
    expect(between({ phase: 'starting', step: 'server' }, emptyRoom)).toEqual(['The room is open']);
    expect(between({ phase: 'stopping' }, idle)).toEqual(['The room is closed']);
  });

  it('says who came and who left', () => {
    const before = liveStatus({ participants: [anna] });
    const after = liveStatus({ participants: [stranger] });
    expect(between(before, after)).toEqual(['Guest WXYZ came in', 'Anna left']);
  });

  it('tells people of one name apart, and those with a name of their own by it alone', () => {
    const bob = { id: 'BBBBAAAAAAAAAAAAAAAAAA', name: 'Bob', reports: 0 };
    const other = { id: 'CCCCAAAAAAAAAAAAAAAAAA', name: 'bob', reports: 0 };
    const [one, both] = [liveStatus({ participants: [bob] }), liveStatus({ participants: [bob, other] })];
    expect(between(emptyRoom, one)).toEqual(['Bob came in']);
    expect(between(one, both)).toEqual(['bob #CCCC came in']);
    expect(between(both, one)).toEqual(['bob #CCCC left']);
    expect(between(one, emptyRoom)).toEqual(['Bob left']);
  });

  it('says whom more people report, after whoever came, and nothing where reports were taken back', () => {
    const reported = (reports: number) => liveStatus({ participants: [{ ...anna, reports }] });
    expect(between(reported(0), reported(1))).toEqual([
      'Anna: 1 person says that this one’s page floods them',
    ]);
    expect(between(reported(1), reported(1))).toEqual([]);
    expect(between(reported(2), reported(1))).toEqual([]);
    expect(between(emptyRoom, reported(2))).toEqual([
      'Anna came in',
      'Anna: 2 people say that this one’s page floods them',
    ]);
  });

  it('says by name who waits to be let in, told apart from a namesake inside, and where there are too many how many', () => {
    const inside = liveStatus({ participants: [anna] });
    const asking = { id: 'CCCCAAAAAAAAAAAAAAAAAA', name: 'anna' };
    const one = { ...inside, waiting: [asking], waitingCount: 1 };
    expect(between(inside, one)).toEqual(['anna #CCCC waits to be let in']);
    expect(between(one, { ...one, waitingCount: 2 })).toEqual(['2 people wait to be let in']);
    expect(between(one, one)).toEqual([]);
    expect(between(one, inside)).toEqual([]);
  });

  it('says that more have the page open, not that fewer have', () => {
    const waiting = (count: number) => liveStatus({ onlookers: count });
    expect(between(waiting(1), waiting(2))).toEqual(['2 people have the page open and have not joined']);
    expect(between(waiting(2), waiting(2))).toEqual([]);
    expect(between(waiting(2), waiting(0))).toEqual([]);
  });

  it('says when there is a link for guests, and when it moved', () => {
    const first = liveStatus({ public: linkAt('https://a.lhr.life') });
    const second = liveStatus({ public: linkAt('https://b.lhr.life') });
    expect(between(emptyRoom, first)).toEqual(['The link for guests is ready']);
    expect(between(first, first)).toEqual([]);
    const moved = { ...second, former: { origin: 'https://a.lhr.life', sinceMs: 0 } };
    expect(between(first, moved)).toEqual([
      'The link for guests has a new address; the old one no longer works',
    ]);
  });

  it('says that the link is a new one, and that invitations have ended', () => {
    const renewed = (link: InviteLink) => ({ ...link, invite: `${link.invite}x` });
    const before = liveStatus({ public: linkAt('https://a.lhr.life') });
    const after = { ...before, local: renewed(before.local), public: renewed(before.public) };
    expect(between(before, after)).toEqual([
      'There is a new link for guests, the one before has stopped working',
    ]);
    const at = 'https://a.lhr.life';
    const invitations = [2, 3, 4].map((id) => invitationAt(at, id, null));
    expect(between(before, { ...before, invitations })).toEqual([]);
    const left = { ...before, invitations: invitations.slice(0, 1) };
    expect(between({ ...before, invitations }, left)).toEqual(['2 invitations have ended']);
    expect(between(left, before)).toEqual(['An invitation has ended']);
  });

  it('says nothing about links when the room opens or closes', () => {
    const open = liveStatus({ invitations: [invitationAt('https://a.lhr.life', 2, null)] });
    expect(between(open, idle)).toEqual(['The room is closed']);
    expect(between({ phase: 'starting', step: 'server' }, open)).toEqual(['The room is open']);
  });

  it('says a problem of the tunnel once, not at every try', () => {
    const lost = (retryInMs: number): HostStatus =>
      liveStatus({
        tunnel: { phase: 'waiting', code: 'tunnel-lost', retryInMs },
      });
    expect(between(emptyRoom, lost(1_000))).toHaveLength(1);
    expect(between(lost(1_000), lost(2_000))).toEqual([]);
  });

  it('leaves to their alerts the failures that are final', () => {
    const failed: HostStatus = { phase: 'failed', code: 'port-in-use' };
    expect(between({ phase: 'starting', step: 'server' }, failed)).toEqual([]);
    const noTunnel: HostStatus = liveStatus({ tunnel: { phase: 'failed', code: 'ssh-not-found' } });
    expect(between(emptyRoom, noTunnel)).toEqual([]);
  });
});
