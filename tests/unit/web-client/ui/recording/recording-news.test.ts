/** Holds what is heard and said of recordings: each beginning and end, and each word on the own one, once. */

import { expect, it } from 'vitest';
import type { RecordAnswer, RecordingState } from '../../../../../web-client/core/state/recording-state.ts';
import { recordingNewsBetween } from '../../../../../web-client/ui/recording/recording-news.ts';
import { othersRecording } from '../../../../support/page/recording-scenes.ts';

const NOTHING: RecordingState = { own: { phase: 'off' }, others: [], kept: [] };
const by = (...ids: string[]): RecordingState => ({
  ...NOTHING,
  others: ids.map((id) => othersRecording(id)),
});
const own = (answers: Readonly<Record<string, RecordAnswer>>): RecordingState => ({
  ...NOTHING,
  own: {
    phase: 'recording',
    tracks: 'mixed',
    elapsedMs: 0,
    sizeBytes: 0,
    asked: Object.entries(answers).map(([id, answer]) => ({ id, answer })),
  },
});

it.each([
  ['somebody begins', NOTHING, by('ada'), ['began ada']],
  ['one comes in while somebody records', null, by('ada'), ['began ada']],
  ['another one ends', by('ada', 'bea'), by('bea'), ['ended ada']],
  [
    'somebody asks and does not record yet',
    null,
    { ...NOTHING, others: [othersRecording('ada', { on: false })] },
    [],
  ],
  ['one’s own begins', NOTHING, own({}), ['began null']],
  ['one’s own ends, with all that was answered', own({ ada: 'agreed' }), NOTHING, ['ended null']],
  ['somebody agrees', own({ ada: 'none' }), own({ ada: 'agreed' }), ['is-in ada']],
  ['somebody takes it back', own({ ada: 'agreed' }), own({ ada: 'refused' }), ['is-out ada']],
  ['somebody is asked', own({}), own({ ada: 'none' }), []],
  ['somebody who agreed has gone', own({ ada: 'agreed' }), own({}), []],
  ['time passes', own({ ada: 'agreed' }), own({ ada: 'agreed' }), []],
] as const)('tells what is new when %s', (_what, before, after, news) => {
  expect(recordingNewsBetween(before, after).map(({ type, id }) => `${type} ${id}`)).toEqual(news);
});
