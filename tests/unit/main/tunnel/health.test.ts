/** Checks when probes amount to a tunnel that is down. */

import { describe, expect, it } from 'vitest';
import { GONE_RECHECK_MS, HealthRecord, PROBE_INTERVAL_MS } from '../../../../main/tunnel/health.ts';
import type { ProbeResult } from '../../../../main/tunnel/probe.ts';

/** The verdict after the last of these probes; none before may say "down". */
function judge(...results: ProbeResult[]): 'down' | number {
  const record = new HealthRecord();
  const verdicts = results.map((result) => record.handle(result));
  expect(verdicts.slice(0, -1).filter((verdict) => verdict.down)).toEqual([]);
  const last = verdicts.at(-1);
  return last === undefined || last.down ? 'down' : last.nextProbeMs;
}

describe('HealthRecord', () => {
  it('asks again after the interval while all is well', () => {
    expect(judge('answering', 'answering')).toBe(PROBE_INTERVAL_MS);
  });

  it('believes "gone" when it comes twice in a row, and asks soon after the first', () => {
    expect(judge('gone')).toBe(GONE_RECHECK_MS);
    expect(judge('gone', 'gone')).toBe('down');
    expect(judge('answering', 'gone', 'gone')).toBe('down');
    expect(judge('gone', 'answering', 'gone')).toBe(GONE_RECHECK_MS);
  });

  it('counts three silent probes in a row of an address that has answered', () => {
    expect(judge('answering', 'silent', 'silent')).toBe(PROBE_INTERVAL_MS);
    expect(judge('answering', 'silent', 'silent', 'silent')).toBe('down');
    expect(judge('answering', 'silent', 'silent', 'answering', 'silent', 'silent')).toBe(PROBE_INTERVAL_MS);
  });

  it('keeps an address that never answered here: others may well reach it', () => {
    expect(judge(...Array<ProbeResult>(100).fill('silent'))).toBe(PROBE_INTERVAL_MS);
  });

  it('never gives an address up because this computer is offline', () => {
    expect(judge('answering', ...Array<ProbeResult>(100).fill('offline'))).toBe(PROBE_INTERVAL_MS);
    expect(judge('answering', 'silent', 'silent', 'offline', 'silent', 'silent')).toBe(PROBE_INTERVAL_MS);
  });
});
