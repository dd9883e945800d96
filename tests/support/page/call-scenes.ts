/** Owns one example of everything the page shows of those in a call. */

import type { OwnDoor } from '../../../main/common/call-api/commands.ts';
import { click, type PageScene } from './page-scene.ts';
import { person } from './room-states.ts';
import { busy, CROWDED, connected, GOOD, others, pageIn, SELF, WEAK } from './scene-rooms.ts';

const flooding = others(3, (index) => ({
  ...(index === 0 && { peer: { phase: 'failed', reason: 'flooding' }, quality: null, code: null }),
  ...(index === 1 && { peer: { phase: 'failed', reason: 'not-a-call' }, quality: null, code: null }),
}));

const OBSTACLES = ['no-way', 'no-answer', 'udp-blocked-here', 'hidden-there', 'strict-router'] as const;
const stuck = others(OBSTACLES.length, (index) => ({
  peer: { phase: index === 1 ? 'lost' : 'connecting' },
  trust: index === 1 ? 'sealed' : 'checking',
  obstacle: OBSTACLES[index] ?? null,
  diagnosis: null,
  quality: null,
  code: null,
}));

/** Who ask to come in, one of them under the name of somebody inside. */
const asking = (count: number): OwnDoor['waiting'] =>
  ['Marco', 'Николай Александрович', 'Wilhelmina-Charlotte Featherstonehaugh', '愛子', 'Ben', 'Zoë', 'سارة']
    .slice(0, count)
    .map((name, index) => ({ id: `${'mQsTvXz'[index]}${'aDgJnRw'[index]}weVGR0hJSktMTU5PU`, name }));

const hostile = [
  person('AAAhostile', { name: `<img src=x onerror=alert(1)>${'W'.repeat(36)}`, quality: WEAK }),
  person('BBBhostile', { name: 'مرحبا \u202e evil.exe \u202d', microphone: 'muted' }),
  person('CCChostile', { name: `Z${'\u0300\u0301\u0302\u0303\u0304\u0305'.repeat(9)}algo` }),
  person('DDDhostile', { name: '👩‍👩‍👧‍👦'.repeat(5), handUp: true }),
  person('EEEhostile', { name: '\u200b\u2800\u3164' }),
  person('FFFhostile', { name: 'Anna', peer: { phase: 'failed', reason: 'different' }, trust: 'failed' }),
  person('GGGhostile', { name: 'Pneumonoultramicroscopic'.repeat(3).slice(0, 64), tamperedBoxes: 3 }),
];

const RAISED = busy.map((one) => ({ ...one, handUp: true }));

export const CALL_SCENES: readonly PageScene[] = [
  {
    name: 'own-door-locked',
    states: [pageIn({ participants: busy, capacity: 6 })],
    ownDoor: { locked: true, lobby: true, waiting: [] },
  },
  {
    name: 'own-door-crowd',
    follows: true,
    states: CROWDED,
    ownDoor: { locked: false, lobby: true, waiting: asking(7) },
  },
  { name: 'alone', states: [pageIn({})] },
  {
    name: 'two',
    follows: true,
    states: [pageIn({ participants: others(1, () => ({ speaking: true })), placeFree: false })],
  },
  {
    name: 'call',
    follows: true,
    states: [pageIn({ participants: busy, capacity: 6, self: { ...SELF, speaking: true } })],
  },
  {
    name: 'six',
    follows: true,
    states: [pageIn({ participants: others(5, (index) => ({ speaking: index === 3 })), capacity: 8 })],
  },
  {
    name: 'no-connection',
    follows: true,
    states: [
      pageIn({ participants: connected(stuck), capacity: 6 }),
      pageIn({ participants: stuck, capacity: 6 }),
    ],
  },
  {
    name: 'no-connection-details',
    follows: true,
    states: [
      pageIn({ participants: connected(stuck.slice(0, 1)) }),
      pageIn({ participants: stuck.slice(0, 1) }),
    ],
    act: click('.person[data-kind="other"] .peer-state'),
  },
  { name: 'cut-off', follows: 'by-escape', states: [pageIn({ participants: flooding })] },
  { name: 'crowd', follows: true, states: CROWDED },
  { name: 'hostile-names', follows: true, states: [pageIn({ participants: hostile, capacity: 12 })] },
  {
    name: 'muted',
    follows: true,
    states: [
      pageIn({
        participants: busy,
        microphone: { phase: 'live', muted: true, hint: 'talking-muted' },
        self: { ...SELF, handUp: true },
      }),
    ],
  },
  {
    name: 'push-to-talk',
    states: [pageIn({ participants: busy, microphone: { phase: 'live', muted: true, hint: null } })],
    preferences: { pushToTalk: true },
  },
  {
    name: 'silent',
    states: [
      pageIn({ participants: busy, microphone: { phase: 'live', muted: false, hint: 'silent' } }),
      pageIn({ participants: RAISED, microphone: { phase: 'live', muted: false, hint: 'silent' } }),
    ],
  },
];

/** Of what one opens there. */
export const OPENED_SCENES: readonly PageScene[] = [
  { name: 'reactions', states: [pageIn({ participants: busy })], act: click('#react-toggle') },
  {
    name: 'numbers',
    follows: 'by-escape',
    states: [pageIn({ participants: others(3, (index) => ({ quality: index === 1 ? WEAK : GOOD })) })],
    act: click('.person:nth-child(3) .peer-state'),
  },
  {
    name: 'sound-open',
    follows: 'by-escape',
    states: CROWDED,
    act: async (page) => {
      const more = page.locator('.person:nth-child(2) .person-more');
      if (await more.isVisible()) await more.click();
    },
  },
];

/** Of whom one speaks with, and who could listen. */
export const TRUST_SCENES: readonly PageScene[] = [
  {
    name: 'verify',
    follows: true,
    states: [pageIn({ participants: busy })],
    act: click('.person:nth-child(3) .trust'),
  },
  {
    name: 'verified',
    follows: 'by-escape',
    states: [pageIn({ participants: busy })],
    act: click('.person:nth-child(2) .trust'),
  },
  {
    name: 'privacy',
    follows: 'by-escape',
    states: [pageIn({ participants: busy })],
    act: click('#privacy-show'),
  },
];
