/** Owns the floods of boxes that are to be passed on, and of such as seem to have been. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import { PASSED_BOX_MAX_BYTES, RECEIVE_PASSING } from '../../../main/common/protocol/peer-limits.ts';
import type { Attack } from '../stage.ts';

/** As far as a bystander takes all, drops as much again, and cuts him off. */
const COUNT = 2 * RECEIVE_PASSING.burst + 10 * RECEIVE_PASSING.perSecond;
const LARGEST = toBase64Url(new Uint8Array(PASSED_BOX_MAX_BYTES));

const flood = (what: string, kind: 'pass' | 'passed'): Attack => ({
  name: `${COUNT} of the largest boxes ${what}`,
  run: (stage) =>
    stage.strike(([each, box, count]) => window.hostile.havePassed(each, box, count), [
      kind,
      LARGEST,
      COUNT,
    ] as const),
});

export const passedOn = flood('to be passed on to each other', 'pass');

export const passed = flood('that seem to come from each other', 'passed');
