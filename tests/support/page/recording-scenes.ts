/** Owns one example of everything the page shows of recordings. */

import type {
  KeptRecordingState,
  OthersRecording,
  RecordingState,
} from '../../../web-client/core/state/recording-state.ts';
import type { PageScene } from './page-scene.ts';
import { BUSY_IDS, busy, pageIn } from './scene-rooms.ts';

const NOTHING: RecordingState = { own: { phase: 'off' }, others: [], kept: [] };

/** Somebody records, and one has not answered. */
export function othersRecording(id: string, changes: Partial<OthersRecording> = {}): OthersRecording {
  return { id, ask: 1, tracks: 'mixed', on: true, answer: 'none', ...changes };
}

export function keptRecording(key: number, changes: Partial<KeptRecordingState> = {}): KeptRecordingState {
  const startedAtMs = Date.UTC(2026, 10, 29, 14, 3);
  return { key, cutOff: false, startedAtMs, sizeBytes: 12_400_000, saved: 'no', canShow: false, ...changes };
}

/** By scene. `a`, `b` and `c` are the ids of three who are in the call. */
export function recordingsByScene(a: string, b: string, c: string): Readonly<Record<string, RecordingState>> {
  return {
    'recording-asked': { ...NOTHING, others: [othersRecording(a)] },
    'recording-others': {
      ...NOTHING,
      others: [
        othersRecording(a, { answer: 'agreed' }),
        othersRecording(b, { answer: 'refused' }),
        othersRecording(c),
      ],
    },
    'recording-own': {
      ...NOTHING,
      own: {
        phase: 'recording',
        tracks: 'mixed',
        elapsedMs: 3_847_000,
        sizeBytes: 31_600_000,
        asked: [
          { id: a, answer: 'agreed' },
          { id: b, answer: 'none' },
          { id: c, answer: 'refused' },
        ],
      },
      others: [othersRecording(a, { answer: 'agreed' })],
    },
    'recording-failed': { ...NOTHING, own: { phase: 'failed', why: 'no-space' }, kept: [keptRecording(1)] },
    'recording-kept': {
      ...NOTHING,
      kept: [
        keptRecording(1, { cutOff: true }),
        keptRecording(2, { saved: 'saved' }),
        keptRecording(3, { saved: 'failed' }),
        keptRecording(4, { saved: 'saving' }),
      ],
    },
  };
}

const [a = '', b = '', c = ''] = BUSY_IDS;
export const RECORDING_SCENES: readonly PageScene[] = [
  ...Object.entries(recordingsByScene(a, b, c)).map(([name, recording]) => ({
    name,
    // `recording-own` and `recording-kept` have the same parts.
    ...((name === 'recording-others' || name === 'recording-failed') && { pictured: true as const }),
    states: [pageIn({ participants: busy, recording })],
  })),
  {
    name: 'recording-choose',
    states: [pageIn({ participants: busy, recording: { own: { phase: 'choosing' }, others: [], kept: [] } })],
    act: (page) => page.locator('#record-dialog[open]').waitFor(),
  },
];
