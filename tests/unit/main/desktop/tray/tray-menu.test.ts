/** Owns proof that the tray offers exactly what can be done now, and does it. */

import { expect, it } from 'vitest';
import type { Activity } from '../../../../../main/desktop/activity.ts';
import { nativeTexts } from '../../../../../main/desktop/native-texts.ts';
import { type TrayActions, trayMenuTemplate } from '../../../../../main/desktop/tray/tray-menu.ts';

const call = { others: 1, microphone: 'open' } as const;
const ACTIONS = [
  'open',
  'showCall',
  'copyLink',
  'toggleMicrophone',
  'leaveCall',
  'stopHosting',
  'checkForUpdates',
  'quit',
] as const;

function menuOf(activity: Activity, hasUpdates = true) {
  const done: string[] = [];
  const actions = Object.fromEntries(ACTIONS.map((name) => [name, () => done.push(name)]));
  const items = trayMenuTemplate(activity, nativeTexts.en, {
    ...(actions as unknown as TrayActions),
    hasUpdates,
  });
  return { done, items, labels: items.map(({ type, label }) => (type === 'separator' ? '—' : label)) };
}

it.each([
  [{ room: null, call: null }, ['Open Secret Call', '—', 'Check for Updates', '—', 'Quit']],
  [
    { room: { people: 2, waiting: 0 }, call: null },
    [
      'Your room is open, 2 people are in',
      '—',
      'Open Secret Call',
      'Copy link',
      '—',
      'Stop hosting',
      '—',
      'Check for Updates',
      '—',
      'Quit',
    ],
  ],
  [
    { room: null, call },
    [
      'In a call with 1 other person',
      '—',
      ...[
        'Open Secret Call',
        'Show the call',
        '—',
        'Mute microphone',
        'Leave the call',
        '—',
        'Check for Updates',
        '—',
        'Quit',
      ],
    ],
  ],
  [
    { room: null, call: { ...call, microphone: 'none' } },
    [
      'In a call with 1 other person',
      '—',
      'Open Secret Call',
      'Show the call',
      '—',
      'Leave the call',
      '—',
      'Check for Updates',
      '—',
      'Quit',
    ],
  ],
] satisfies [Activity, string[]][])('while %o', (activity, labels) => {
  expect(menuOf(activity).labels).toEqual(labels);
});

it('says what goes on without pretending that it can be pressed', () => {
  const { items } = menuOf({ room: { people: 0, waiting: 0 }, call: { others: 0, microphone: 'muted' } });
  expect(items.slice(0, 3).map(({ enabled }) => enabled)).toEqual([false, false, false]);
  expect(items.slice(3).every(({ enabled }) => enabled === undefined)).toBe(true);
});

it('does each thing under its own word, unmuting while muted', () => {
  const { done, items, labels } = menuOf({
    room: { people: 0, waiting: 0 },
    call: { others: 0, microphone: 'muted' },
  });
  expect(labels).toContain('Unmute microphone');
  for (const { click } of items) (click as (() => void) | undefined)?.();
  expect(done).toEqual(ACTIONS);
});

it('says plainly where this build looks for no updates', () => {
  const { items } = menuOf({ room: null, call: null }, false);
  expect(items.find(({ label }) => label === 'This build has no updates')?.enabled).toBe(false);
});
