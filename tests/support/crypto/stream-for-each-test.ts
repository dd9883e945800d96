/** Owns both ends of a new pair's stream before each test, with boxes in the clear and time by hand. */

import { beforeEach } from 'vitest';
import { ManualTime } from '../time/manual-time.ts';
import { StreamSide } from './stream-side.ts';

export interface StreamEnds {
  readonly time: ManualTime;
  readonly a: StreamSide;
  readonly b: StreamSide;
}

/** To be called where tests are told. `give` is handed each test's own, each with the other there. */
export function streamForEachTest(give: (ends: StreamEnds) => void): void {
  beforeEach(() => {
    const time = new ManualTime();
    const [a, b] = [new StreamSide(time), new StreamSide(time)];
    for (const side of [a, b]) side.stream.setPresent(true);
    give({ time, a, b });
  });
}
