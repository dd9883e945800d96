/** Owns proof that tray, badge and questions have one truth about what goes on. */

import { expect, it } from 'vitest';
import type { CallReport } from '../../../../main/common/call-api/commands.ts';
import { activityLines, activityOf, glanceOf, peopleIn } from '../../../../main/desktop/activity.ts';
import { nativeTexts } from '../../../../main/desktop/native-texts.ts';
import { liveStatus } from '../../../support/host/host-samples.ts';

const person = { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Anna', reports: 0 };
const idle = { phase: 'idle' } as const;
const room = liveStatus({ participants: [person] });
const report = (change: Partial<CallReport>): CallReport => ({
  call: 'joined',
  microphone: 'open',
  others: 2,
  ...change,
});

it.each([
  [idle, undefined, 'idle', 0, []],
  [idle, report({ call: 'joining' }), 'idle', 0, []],
  [{ phase: 'stopping' } as const, undefined, 'idle', 0, []],
  [liveStatus({}), undefined, 'hosting', 0, ['Your room is open and empty']],
  [room, undefined, 'hosting', 1, ['Your room is open, 1 person is in']],
  [
    liveStatus({ waiting: [person], waitingCount: 3 }),
    report({}),
    'talking',
    3,
    ['3 people wait to be let in', 'In a call with 2 other people', 'Your room is open and empty'],
  ],
  [idle, report({}), 'talking', 3, ['In a call with 2 other people']],
  [idle, report({ others: 0 }), 'talking', 1, ['In a call, nobody else is there']],
  [
    idle,
    report({ microphone: 'muted' }),
    'muted',
    3,
    ['In a call with 2 other people', 'Your microphone is off'],
  ],
  [
    room,
    report({ microphone: 'none' }),
    'muted',
    3,
    ['In a call with 2 other people', 'Your room is open, 1 person is in'],
  ],
] as const)('%o and %o: %s, %i people', (status, call, glance, people, lines) => {
  const activity = activityOf(status, call);
  expect(glanceOf(activity)).toBe(glance);
  expect(peopleIn(activity)).toBe(people);
  expect(activityLines(activity, nativeTexts.en)).toEqual(lines);
});
