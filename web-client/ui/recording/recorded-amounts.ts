/** Owns how long, how large and when begun a recording is, in words. */

import type { Language } from '../../../main/common/translate.ts';

const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;
const MEGABYTE = 1_000_000;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** As clocks of players show it: `4:07`, `1:04:07`. */
export function recordedTime(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / SECOND_MS);
  const [hours, minutes] = [Math.floor(seconds / HOUR_S), Math.floor(seconds / MINUTE_S) % MINUTE_S];
  const rest = twoDigits(seconds % MINUTE_S);
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${twoDigits(minutes)}:${rest}`;
}

export function recordedSize(sizeBytes: number, language: Language): string {
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return format.format(sizeBytes / MEGABYTE);
}

export function startOfRecording(startedAtMs: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(startedAtMs);
}
