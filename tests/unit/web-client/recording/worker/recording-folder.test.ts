import { describe, expect, it } from 'vitest';
import {
  isPartFile,
  partFile,
  partFilesOf,
} from '../../../../../web-client/recording/worker/recording-folder.ts';

const OTHERS = ['journal', '2026-11-29.webm', 'part-1.webm.crswap', 'part-x.webm'] as const;

describe('the files of a voice', () => {
  it('are found among all others, in order, also beyond nine and where one is missing', () => {
    const pieces = [0, 1, 2, 3, 5, 9, 10, 11].map((piece) => partFile(1, piece));
    const names = [...pieces, ...OTHERS, partFile(11, 0), partFile(11, 1), partFile(0, 1)].sort().reverse();
    expect(partFilesOf(1, names)).toEqual(pieces);
    expect(partFilesOf(11, names)).toEqual(['part-11.webm', 'part-11-1.webm']);
    expect(partFilesOf(2, names)).toEqual([]);
  });

  it('are told from what else is in the folder', () => {
    expect([partFile(3, 0), partFile(3, 12)].every(isPartFile)).toBe(true);
    expect(OTHERS.some(isPartFile)).toBe(false);
  });
});
