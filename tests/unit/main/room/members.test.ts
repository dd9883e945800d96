import { expect, it } from 'vitest';
import { type Member, Members, newActionLimit, newStanding } from '../../../../main/room/members.ts';
import { identityOf } from '../../../support/room/test-room.ts';

function memberOf(letter: string): Member {
  return {
    ...identityOf(letter),
    ...{ resume: `resume-${letter}`, links: new Set(), socket: null, name: null, request: null },
    ...{ limit: newActionLimit(0), standing: newStanding(), sinceMs: 0, reportedBy: new Set() },
    ...{ joinedRevision: 0, sentRevision: 0, heldUntilMs: null, knownUntilMs: null, position: null },
  };
}

it('keep nothing of one who reported another and is forgotten', () => {
  const members = new Members();
  const stays = memberOf('a');
  members.add(stays);
  for (const letter of ['b', 'c', 'd']) {
    const reporter = memberOf(letter);
    members.add(reporter);
    stays.reportedBy.add(reporter);
    members.remove(reporter);
  }
  expect(stays.reportedBy.size).toBe(0);
  expect(members.all()).toEqual([stays]);
});
