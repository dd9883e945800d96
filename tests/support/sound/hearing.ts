/** Owns what counts as heard and as silence. */

import type { HeardTone } from '../call/call-probe.ts';

/** Noise suppression takes a lasting sine for noise and lets some -40 dB of it through. */
const AUDIBLE_DB = -60;
const SILENT_DB = -90;
const TOLERANCE_HZ = 15;

/** Whether these tones and no others come in, one a person. */
export function hearsExactly(tonesHz: readonly number[]): (heard: readonly HeardTone[]) => boolean {
  const expected = [...tonesHz].sort((a, b) => a - b);
  return (heard) => {
    const audible = heard.filter(({ levelDb }) => levelDb > AUDIBLE_DB).map(({ frequencyHz }) => frequencyHz);
    audible.sort((a, b) => a - b);
    return (
      audible.length === expected.length &&
      audible.every((hz, index) => Math.abs(hz - (expected[index] ?? 0)) < TOLERANCE_HZ)
    );
  };
}

/** Whether somebody is played, and there is nothing to hear. */
export function isSilent(heard: readonly HeardTone[]): boolean {
  return heard.length > 0 && heard.every(({ levelDb }) => levelDb < SILENT_DB);
}
