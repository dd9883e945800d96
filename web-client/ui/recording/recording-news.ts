/** Owns what is news of recordings between two states: the sign that one goes on or has ended, and who is in the own one. Pure. */

import type { RecordAnswer, RecordingState } from '../../core/state/recording-state.ts';

/** A recording began or ended, where `id` is null the own one; or somebody gave their word on that. */
export interface RecordingNews {
  readonly type: 'began' | 'ended' | 'is-in' | 'is-out';
  readonly id: string | null;
}

/** Who comes into a call in which somebody records hears of it as if it began. */
export function recordingNewsBetween(
  before: RecordingState | null,
  after: RecordingState | null,
): readonly RecordingNews[] {
  const [was, is] = [recordersIn(before), recordersIn(after)];
  return [
    ...is.filter((id) => !was.includes(id)).map((id) => ({ type: 'began', id }) as const),
    ...was.filter((id) => !is.includes(id)).map((id) => ({ type: 'ended', id }) as const),
    ...answersBetween(before, after),
  ];
}

function recordersIn(recording: RecordingState | null): readonly (string | null)[] {
  if (recording === null) return [];
  const others = recording.others.filter(({ on }) => on).map(({ id }) => id);
  return recording.own.phase === 'recording' ? [...others, null] : others;
}

function answersBetween(
  before: RecordingState | null,
  after: RecordingState | null,
): readonly RecordingNews[] {
  const earlier = answersIn(before);
  return [...answersIn(after)].flatMap(([id, answer]): RecordingNews[] => {
    const was = earlier.get(id) ?? 'none';
    if (answer === was || answer === 'none') return [];
    return [{ type: answer === 'agreed' ? 'is-in' : 'is-out', id }];
  });
}

function answersIn(recording: RecordingState | null): ReadonlyMap<string, RecordAnswer> {
  const own = recording?.own;
  return new Map(own?.phase === 'recording' ? own.asked.map(({ id, answer }) => [id, answer]) : []);
}
