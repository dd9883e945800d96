/** Holds what is said of recordings, in both languages. */

import { describe, expect, it } from 'vitest';
import { createTranslator, type Language } from '../../../../../main/common/translate.ts';
import type {
  OwnRecordingState,
  RecordingState,
} from '../../../../../web-client/core/state/recording-state.ts';
import { callEn } from '../../../../../web-client/i18n/call-en.ts';
import { callRu } from '../../../../../web-client/i18n/call-ru.ts';
import { en } from '../../../../../web-client/i18n/en.ts';
import { ru } from '../../../../../web-client/i18n/ru.ts';
import {
  recordedTime,
  recordingLines,
  whoRecords,
} from '../../../../../web-client/ui/recording/recording-lines.ts';
import {
  keptRecording,
  othersRecording,
  recordingsByScene,
} from '../../../../support/page/recording-scenes.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';

const TEXTS = { en: { ...en, ...callEn }, ru: { ...ru, ...callRu } };
const wordsIn = (language: Language) => ({ t: createTranslator(TEXTS[language], language), language });
const words = wordsIn('en');
const NOTHING: RecordingState = { own: { phase: 'off' }, others: [], kept: [] };

const room = (recording: Partial<RecordingState>) => ({
  ...ROOM,
  call: 'joined' as const,
  participants: [
    person('ada', { name: 'Ada' }),
    person('bea', { name: 'Bea' }),
    person('ada2', { name: 'ADA' }),
  ],
  recording: { ...NOTHING, ...recording },
});
const told = (recording: Partial<RecordingState>, asking: string | null = null) =>
  recordingLines(room(recording), words, asking).map(({ title, text, acts }) => [
    title,
    text,
    acts.map((act) => act.text).join(' | '),
  ]);

describe('the lines of recordings', () => {
  it('are none where nothing is recorded', () => {
    expect(recordingLines({ ...ROOM, recording: null }, words, null)).toEqual([]);
    expect(told({})).toEqual([]);
  });

  it('tell by one’s own word whether one’s voice is in another’s', () => {
    const others = [
      othersRecording('bea'),
      othersRecording('ada', { answer: 'agreed' }),
      othersRecording('ada2', { answer: 'refused' }),
    ];
    expect(told({ others })).toEqual([
      ['Bea is recording', 'Your voice is not in it.', 'Agree | Not me'],
      ['Ada ada is recording', 'Your voice is in it.', 'Stop recording me'],
      ['ADA ada2 is recording', 'Your voice is not in it.', 'Record me too'],
    ]);
    expect(told({ others: others.slice(0, 2) }, 'bea')).toHaveLength(1);
  });

  it('tell of the own one who is in it, who is not, and who has not said', () => {
    const own = recordingsByScene('ada', 'bea', 'ada2')['recording-own']?.own;
    expect(told(own === undefined ? {} : { own })).toEqual([
      [
        'You are recording',
        '1:04:07, 31.6 MB. In it: you, Ada ada. Not answered yet: Bea. Not in it: ADA ada2.',
        'Stop recording',
      ],
    ]);
  });

  it.each([
    [{ phase: 'starting' }, 'Stop recording'],
    [{ phase: 'stopping' }, ''],
    [{ phase: 'failed', why: 'unsupported' }, 'Close'],
    [{ phase: 'failed', why: 'no-output' }, 'Close'],
    [{ phase: 'failed', why: 'missing' }, 'Close'],
    [{ phase: 'failed', why: 'no-storage' }, 'Close'],
    [{ phase: 'failed', why: 'no-space' }, 'Close'],
    [{ phase: 'failed', why: 'failed' }, 'Close'],
  ] as const satisfies readonly (readonly [OwnRecordingState, string])[])(
    'say what goes on, and what to do: %j',
    (own, acts) => {
      const [line] = told({ own });
      expect(line?.[2]).toBe(acts);
      if (own.phase === 'failed') expect(line?.[1]).toMatch(/\w{3,}/);
    },
  );

  it('let what was saved go without a question, and nothing else', () => {
    const kept = (['no', 'saving', 'saved', 'failed'] as const).map((saved, at) =>
      keptRecording(at, { saved }),
    );
    const acts = recordingLines(room({ kept }), words, null).map((line) =>
      line.acts.map(({ text, asksFirst }) => (asksFirst ? `${text}?` : text)),
    );
    expect(acts).toEqual([['Save', 'Throw away?'], [], ['Done', 'Save again'], ['Save', 'Throw away?']]);
  });

  it('show in its folder what was saved where that is known', () => {
    const kept = [keptRecording(1, { saved: 'saved', canShow: true })];
    const [line] = recordingLines(room({ kept }), words, null);
    expect(line?.acts.map(({ text }) => text)).toEqual(['Show in folder', 'Done', 'Save again']);
    expect(line?.acts[0]?.command).toEqual({ type: 'show', key: 1 });
  });

  it('are whole sentences in Russian as well', () => {
    for (const recording of Object.values(recordingsByScene('ada', 'bea', 'ada2')))
      for (const { title, text } of recordingLines(room(recording), wordsIn('ru'), null))
        expect(`${title} ${text}`).toMatch(/^[^{}]*[а-яё][^{}]*$/i);
  });

  it('name those who record now, oneself last', () => {
    const { own } = recordingsByScene('ada', 'bea', 'ada2')['recording-own'] ?? NOTHING;
    const others = [othersRecording('bea'), othersRecording('ada', { on: false })];
    expect(whoRecords(room({ own, others }), words)).toEqual(['Bea', 'you']);
    expect(whoRecords({ ...ROOM, recording: null }, words)).toEqual([]);
  });
});

it.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [247_000, '4:07'],
  [3_600_000, '1:00:00'],
  [36_065_000, '10:01:05'],
])('writes %i ms as a player does', (elapsedMs, text) => {
  expect(recordedTime(elapsedMs)).toBe(text);
});
