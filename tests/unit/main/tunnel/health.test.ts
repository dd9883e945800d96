/** Checks when probes amount to a tunnel that is down. */

import { describe, expect, it } from 'vitest';
import { HealthRecord, PROBE_INTERVAL_MS, RECHECK_MS } from '../../../../main/tunnel/health.ts';
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
    expect(judge('gone')).toBe(RECHECK_MS.gone);
    expect(judge('gone', 'gone')).toBe('down');
    expect(judge('answering', 'gone', 'gone')).toBe('down');
    expect(judge('gone', 'answering', 'gone')).toBe(RECHECK_MS.gone);
  });

  it('counts three silent probes in a row of an address that has answered', () => {
    expect(judge('answering', 'silent', 'silent')).toBe(RECHECK_MS.silent);
    expect(judge('answering', 'silent', 'silent', 'silent')).toBe('down');
    expect(judge('answering', 'silent', 'silent', 'answering', 'silent', 'silent')).toBe(RECHECK_MS.silent);
  });

  it('keeps an address that never answered here: others may well reach it', () => {
    expect(judge(...Array<ProbeResult>(100).fill('silent'))).toBe(RECHECK_MS.silent);
  });

  it('never gives an address up because this computer is offline', () => {
    expect(judge('answering', ...Array<ProbeResult>(100).fill('offline'))).toBe(RECHECK_MS.offline);
    expect(judge('answering', 'silent', 'silent', 'offline', 'silent')).toBe(RECHECK_MS.silent);
  });

  it('needs one silent probe less once this computer was offline, until the address has answered', () => {
    expect(judge('answering', 'offline', 'silent', 'silent')).toBe('down');
    expect(judge('answering', 'offline', 'answering', 'silent', 'silent')).toBe(RECHECK_MS.silent);
  });

  it('needs one less in doubt, but never of an address that has not answered', () => {
    const record = new HealthRecord();
    record.handle('answering');
    record.doubt();
    expect(record.handle('silent').down).toBe(false);
    expect(record.handle('silent').down).toBe(true);
    const unknown = new HealthRecord();
    unknown.doubt();
    expect([1, 2, 3, 4].map(() => unknown.handle('silent').down)).toEqual([false, false, false, false]);
  });
});
