/** Holds what the first and later signals mean. */

import { describe, expect, it } from 'vitest';
import { StopSignals } from '../../../../main/terminal/stop-signals.ts';

describe('StopSignals', () => {
  it('stops once, passes over echoes of one second, and then forces', () => {
    let nowMs = 5_000;
    const signals = new StopSignals(() => nowMs);
    const at = (ms: number) => {
      nowMs = ms;
      return signals.handleSignal();
    };
    expect([at(5_000), at(5_001), at(5_999), at(6_000), at(6_001)]).toEqual([
      'stop',
      'echo',
      'echo',
      'force',
      'force',
    ]);
  });
});
