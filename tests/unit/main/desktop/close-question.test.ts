/** Owns proof that the question says what would end, and that no button means another's answer. */

import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../main/desktop/activity.ts';
import { type CloseQuestion, closeDialog } from '../../../../main/desktop/close-question.ts';
import { nativeTexts } from '../../../../main/desktop/native-texts.ts';

const call: Activity['call'] = { others: 2, microphone: 'open' };
const question = (activity: Activity, change: Partial<CloseQuestion> = {}): CloseQuestion => ({
  ends: 'app',
  activity,
  mayKeep: false,
  wantsKeeping: false,
  ...change,
});
const ask = (asked: CloseQuestion, language: 'en' | 'ru' = 'en', platform: NodeJS.Platform = 'linux') =>
  closeDialog(asked, nativeTexts[language], platform);

it.each([
  [{ room: { people: 1, waiting: 0 }, call: null }, 'There is 1 person in the room.', 'End the call'],
  [{ room: { people: 3, waiting: 0 }, call }, 'There are 3 people in the room.', 'End the call'],
  [{ room: { people: 0, waiting: 0 }, call: null }, 'Your room is open.', 'Stop hosting'],
  [{ room: null, call }, 'You are in a call with 2 other people.', 'Leave the call'],
  [{ room: null, call: { ...call, others: 0 } }, 'You are in a call.', 'Leave the call'],
] satisfies [Activity, string, string][])('says of %o: %s', (activity, message, end) => {
  const { options, answers } = ask(question(activity));
  expect(options.message).toBe(message);
  expect(options.buttons).toEqual([end, 'Cancel']);
  expect(answers).toEqual(['end', 'cancel']);
  expect(options).toMatchObject({ defaultId: 1, cancelId: 1 });
});

it("says of the call's window what that ends, whatever is in the room", () => {
  const { options } = ask(question({ room: { people: 3, waiting: 0 }, call }, { ends: 'call' }));
  expect(options.message).toBe('You are in a call with 2 other people.');
  expect(options.detail).toBe('If you close this window, you leave the call.');
  expect(options.buttons).toEqual(['Leave the call', 'Cancel']);
});

describe('where it can go on', () => {
  const asked = question({ room: { people: 3, waiting: 0 }, call }, { mayKeep: true });

  it('offers that first, and by Enter; Escape closes nothing', () => {
    const { options, answers } = ask(asked);
    expect(options.buttons).toEqual(['Keep running', 'End the call', 'Cancel']);
    expect(answers).toEqual(['keep', 'end', 'cancel']);
    expect(options).toMatchObject({ defaultId: 0, cancelId: 2 });
  });

  it('says where to find it again, by the name of the place', () => {
    expect(ask(asked).options.detail).toContain('notification area');
    expect(ask(asked, 'en', 'darwin').options.detail).toContain('menu bar');
    expect(ask(asked, 'ru', 'darwin').options).toMatchObject({
      message: 'В комнате 3 человека.',
      buttons: ['Оставить работать', 'Завершить звонок', 'Отмена'],
    });
  });
});

it('says why it cannot go on where no icon would bring it back, to who closes a window and not to who quits', () => {
  const activity = { room: { people: 3, waiting: 0 }, call };
  expect(ask(question(activity, { wantsKeeping: true })).options.detail).toContain('shows no icons');
  expect(ask(question(activity, { wantsKeeping: true }), 'ru').options.detail).toContain(
    'не показывает значков',
  );
  expect(ask(question(activity)).options.detail).toBe(
    'If you close Secret Call, the call ends for everyone.',
  );
});
