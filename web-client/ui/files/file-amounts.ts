/** Owns amounts in words: sizes, speeds and the time that is left, as each language writes them. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';

/** Each a thousand of the one before, as file managers and makers of disks count; of GiB few people know. */
const SIZE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEP = 1_000;

const MINUTE_S = 60;
const HOUR_S = 3_600;
/** Less is no more than a guess, */
const MOMENTS_S = 10;
/** and so are steps finer than these. */
const SECONDS_STEP = 5;
const MINUTES_STEP = 5;

type Unit = (typeof SIZE_UNITS)[number] | 'second' | 'minute' | 'hour';

/** To make one takes longer than to use it, and there are a hundred files at once. */
const formats = new Map<string, Intl.NumberFormat>();

function inUnits(value: number, unit: Unit, language: Language): string {
  const id = `${language} ${unit}`;
  let format = formats.get(id);
  if (format === undefined) {
    const unitDisplay = unit.endsWith('byte') && unit !== 'byte' ? 'short' : 'long';
    format = new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay,
      maximumSignificantDigits: 3,
    });
    formats.set(id, format);
  }
  return format.format(value);
}

export function sizeText(bytes: number, language: Language): string {
  let value = bytes;
  let at = 0;
  // What would be rounded to a thousand is one of the next.
  while (Number(value.toPrecision(3)) >= STEP && at < SIZE_UNITS.length - 1) {
    value /= STEP;
    at += 1;
  }
  return inUnits(value, SIZE_UNITS[at] ?? 'byte', language);
}

export function speedText(bytesPerSecond: number, t: Translate<TextKey>, language: Language): string {
  return t('file.speed', { size: sizeText(Math.max(1, Math.round(bytesPerSecond)), language) });
}

/** In steps that nobody has to watch. */
export function timeLeftText(seconds: number, t: Translate<TextKey>, language: Language): string {
  if (seconds < MOMENTS_S) return t('file.left.moments');
  const time = (value: number, unit: Unit) => inUnits(value, unit, language);
  if (seconds < MINUTE_S - SECONDS_STEP)
    return t('file.left', { time: time(Math.ceil(seconds / SECONDS_STEP) * SECONDS_STEP, 'second') });
  const wholeMinutes = Math.ceil(seconds / MINUTE_S);
  if (wholeMinutes * MINUTE_S < HOUR_S) return t('file.left', { time: time(wholeMinutes, 'minute') });
  const minutes = Math.ceil(seconds / MINUTE_S / MINUTES_STEP) * MINUTES_STEP;
  const hours = Math.floor(minutes / MINUTE_S);
  const rest = minutes % MINUTE_S;
  const parts = rest === 0 ? [time(hours, 'hour')] : [time(hours, 'hour'), time(rest, 'minute')];
  return t('file.left', { time: parts.join(' ') });
}
