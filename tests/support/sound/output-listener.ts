/** Owns listening to what leaves a page: through its elements and its audio graph, as a person would hear it. */

import type { Page } from 'playwright';
import { until } from '../time/until.ts';
import { heardOutputs, type Output } from './output-probe.ts';

const AUDIBLE_DB = -70;
const AUDIBLE_PEAK = 0.001;
const TOLERANCE_HZ = 15;
const READINGS = 6;
const STEADY_DB = 0.3;

/** Of a page in which `installOutputProbe` has run. */
export class OutputListener {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get outputs(): Promise<readonly Output[]> {
    return heardOutputs(this.page);
  }

  /** Waits until this tone and no other is heard for a while, all the time as `suits`. */
  async hears(toneHz: number, suits: (output: Output) => boolean = () => true): Promise<Output> {
    const readings = await this.#readings(toneHz, suits, () => true);
    return readings[0];
  }

  /** As `hears`, and waits until the level stands: a tone takes a while to fill what is measured. */
  async hearsSteadily(toneHz: number, suits: (output: Output) => boolean = () => true): Promise<Output> {
    const readings = await this.#readings(toneHz, suits, (heard) => {
      const levels = heard.map(({ levelDb }) => levelDb);
      return Math.max(...levels) - Math.min(...levels) < STEADY_DB;
    });
    return readings[0];
  }

  /** The newest first. */
  async #readings(
    toneHz: number,
    suits: (output: Output) => boolean,
    stand: (heard: readonly Output[]) => boolean,
  ): Promise<readonly [Output, ...Output[]]> {
    let last: Output[] = [];
    await until(
      `a tone of ${toneHz} Hz`,
      async () => {
        const outputs = await this.outputs;
        const [only, ...others] = outputs.filter(({ levelDb }) => levelDb > AUDIBLE_DB);
        const isIt =
          only !== undefined &&
          others.length === 0 &&
          Math.abs(only.frequencyHz - toneHz) < TOLERANCE_HZ &&
          suits(only);
        last = isIt ? [only, ...last].slice(0, READINGS) : [];
        return outputs;
      },
      () => last.length === READINGS && stand(last),
    );
    const [newest, ...older] = last;
    if (newest === undefined) throw new Error('nothing is heard');
    return [newest, ...older];
  }

  /** Waits until a sound of a graph has come and gone, and returns its highest sample. */
  async heardOnce(): Promise<number> {
    const { peak } = await until(
      'a sound and its end',
      () => this.page.evaluate(() => window.outputProbe.past()),
      (past) => past.ended && past.peak > AUDIBLE_PEAK,
    );
    return peak;
  }

  /** Waits for silence. */
  async hearsNothing(): Promise<void> {
    await until(
      'silence',
      () => this.outputs,
      (heard) => heard.every(({ levelDb }) => levelDb <= AUDIBLE_DB),
    );
  }
}
