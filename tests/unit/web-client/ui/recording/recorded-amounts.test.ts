import { expect, it } from 'vitest';
import {
  recordedSize,
  recordedTime,
  startOfRecording,
} from '../../../../../web-client/ui/recording/recorded-amounts.ts';

it.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [247_000, '4:07'],
  [3_600_000, '1:00:00'],
  [36_065_000, '10:01:05'],
])('writes %i ms as a player does', (elapsedMs, text) => {
  expect(recordedTime(elapsedMs)).toBe(text);
});

it('writes sizes and times as each language does', () => {
  expect(recordedSize(1_234_567, 'en')).toBe('1.2 MB');
  expect(recordedSize(1_234_567, 'ru')).toMatch(/^1,2\sМБ$/);
  expect(startOfRecording(0, 'en')).toMatch(/19(69|70)/);
});
