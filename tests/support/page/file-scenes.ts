/** Owns one example of everything the page shows of files, for pictures and for checks of each screen. */

import type { FileEndReason, FileTransfer } from '../../../web-client/core/state/files-state.ts';
import { incoming, MB, MOVING, outgoing } from './file-transfers.ts';

const ENDS: readonly FileEndReason[] = [
  'declined',
  'cancelled-here',
  'cancelled-there',
  'unreadable',
  'changed',
  'no-space',
  'no-room',
  'different',
  'broken',
  'too-many',
  'off',
  'gone',
];

/** By scene. `a`, `b` and `c` are the ids of three who are in the call. */
export function fileScenes(
  a: string,
  b: string,
  c: string,
): Readonly<Record<string, readonly FileTransfer[]>> {
  const ended = (make: typeof incoming) =>
    ENDS.map((why, at) => make(a, `report-${at + 1}.pdf`, { phase: 'ended', why, bytesDone: 2 * MB }));
  return {
    'files-offered': [
      incoming(a, 'Holiday in Trieste.jpg'),
      incoming(b, 'setup.exe', { size: 73 * MB, keptIn: 'memory' }),
      incoming(c, 'recording.mkv', { size: 1_073_741_824, keptIn: 'memory', tooLargeForMemory: true }),
      incoming(a, 'song.mp3', { fault: true }),
      incoming(a, 'notes.txt', { size: 0 }),
    ],
    'files-moving': [
      incoming(a, 'Holiday in Trieste.zip', {
        size: 1_073_741_824,
        ...MOVING,
        bytesDone: 412 * MB,
        bytesPerSecond: 9.4 * MB,
        secondsLeft: 71,
      }),
      incoming(b, 'plan.xlsx', { ...MOVING, phase: 'paused', pausedBy: 'here', bytesPerSecond: null }),
      outgoing(a, 'song.flac', { ...MOVING, phase: 'paused', pausedBy: 'there', bytesPerSecond: null }),
      incoming(c, 'slides.pptx', { ...MOVING, phase: 'waiting', bytesPerSecond: null }),
      incoming(b, 'film.mkv', {
        ...MOVING,
        phase: 'paused',
        pausedBy: 'here',
        fault: true,
        bytesPerSecond: null,
      }),
      incoming(a, 'empty.txt', { size: 0, phase: 'checking' }),
      outgoing(b, 'notes.md', { size: 900, bytesDone: 900, phase: 'checking' }),
    ],
    'files-several': [
      outgoing(a, 'Протокол встречи 29 ноября.docx', MOVING),
      outgoing(b, 'Протокол встречи 29 ноября.docx', { phase: 'whole' }),
      outgoing(c, 'Протокол встречи 29 ноября.docx', { phase: 'ended', why: 'declined' }),
      outgoing(a, 'clip.mp4', { size: 240 * MB }),
    ],
    'files-whole': [
      incoming(a, 'Holiday in Trieste.jpg', { phase: 'whole', hasPreview: true }),
      incoming(b, 'photos.zip', { phase: 'whole', keptIn: 'memory', saved: 'no-space' }),
      incoming(c, 'letter.pdf', {
        phase: 'whole',
        saved: 'saved',
        savedName: 'letter (2).pdf',
        canShow: true,
      }),
      incoming(a, 'song.mp3', { phase: 'whole', saved: 'saving' }),
      outgoing(b, 'song.mp3', { phase: 'whole' }),
      incoming(b, 'book.epub', { phase: 'whole', saved: 'saved' }),
    ],
    'files-in-ended': ended(incoming),
    'files-out-ended': ended(outgoing),
    'files-hostile': [
      incoming(a, `${'Pneumonoultramicroscopic'.repeat(11)}.pdf.exe`.slice(-255)),
      incoming(b, 'تقرير سنوي.pdf', MOVING),
      incoming(c, '<img src=x onerror=alert(1)>.html', { phase: 'whole' }),
    ],
  };
}
