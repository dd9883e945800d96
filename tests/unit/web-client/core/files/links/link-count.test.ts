import { describe, expect, it } from 'vitest';
import {
  FILE_LINKS_MAX,
  FILE_LINKS_RELAYED_MAX,
} from '../../../../../../main/common/protocol/file-limits.ts';
import { LinkCount } from '../../../../../../web-client/core/files/links/link-count.ts';

const KB = 1_000;
const LOOK_MS = 1_000;

/** A line that gives so much a second to so many links. */
class Line {
  readonly count = new LinkCount();
  readonly #rate: (links: number) => number;
  most = FILE_LINKS_MAX;
  hungry = true;
  full = false;
  #nowMs = 0;
  #bytes = 0;

  constructor(rate: (links: number) => number) {
    this.#rate = rate;
  }

  /** The most links there were meanwhile. */
  run(seconds: number): number {
    let most = 0;
    for (let second = 0; second < seconds; second++) {
      const { wanted } = this.count;
      most = Math.max(most, wanted);
      this.#nowMs += LOOK_MS;
      this.#bytes += this.#rate(wanted);
      this.count.handle({
        nowMs: this.#nowMs,
        bytes: this.#bytes,
        open: wanted,
        hungry: this.hungry,
        full: this.full,
        most: this.most,
      });
    }
    return most;
  }
}

describe('LinkCount', () => {
  it('takes all there may be where each brings as much as the one before', () => {
    const line = new Line((links) => links * 120 * KB);
    line.run(25);
    expect(line.count.wanted).toBe(FILE_LINKS_MAX);
  });

  it('stays with one where that is fast', () => {
    expect(new Line(() => 20_000 * KB).run(120)).toBe(1);
  });

  it('goes back to what was where more brought nothing, and tries again ever more seldom', () => {
    const line = new Line(() => 300 * KB);
    expect(line.run(8)).toBe(2);
    line.run(5);
    expect(line.count.wanted).toBe(1);
    const tries = (seconds: number) =>
      Array.from({ length: seconds }, () => line.run(1)).filter((links) => links > 1).length;
    expect(tries(60)).toBeGreaterThan(0);
    expect(tries(60)).toBeLessThanOrEqual(12);
  });

  it('takes no more than help', () => {
    const line = new Line((links) => Math.min(links, 2) * 120 * KB);
    expect(line.run(15)).toBe(4);
    line.run(5);
    expect(line.count.wanted).toBe(2);
  });

  it('takes no more where there is nothing to send by them', () => {
    const line = new Line(() => 120 * KB);
    line.hungry = false;
    expect(line.run(60)).toBe(1);
  });

  it('takes no more where packets wait on the way, and gives up those it was trying', () => {
    const line = new Line((links) => links * 120 * KB);
    line.run(6);
    expect(line.count.wanted).toBe(2);
    line.full = true;
    line.run(1);
    expect(line.count.wanted).toBe(1);
    expect(line.run(60)).toBe(1);
    line.full = false;
    expect(line.run(9)).toBe(1);
    expect(line.run(9)).toBeGreaterThan(1);
  });

  it('takes few through a TURN server, also once it turns out to be one', () => {
    const line = new Line((links) => links * 120 * KB);
    line.run(25);
    line.most = FILE_LINKS_RELAYED_MAX;
    line.run(1);
    expect(line.count.wanted).toBe(FILE_LINKS_RELAYED_MAX);
    expect(line.run(60)).toBe(FILE_LINKS_RELAYED_MAX);
  });

  it('begins with one again once it was reset', () => {
    const line = new Line((links) => links * 120 * KB);
    line.run(25);
    line.count.reset();
    expect(line.run(3)).toBe(1);
  });
});
