/** Owns reading the memory of all processes of a browser, the parts that no heap of a page shows included (Linux). */

import { readFile } from 'node:fs/promises';
import type { Browser, CDPSession } from 'playwright';
import type { Memory, MemoryReading } from './slope.ts';

/** Its share of what several processes have in common counts with each, proc_pid_smaps(5). */
const SHARE = /^Pss:\s+(\d+) kB$/m;

export class ProcessMemory implements Memory {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(browser: Browser): Promise<ProcessMemory> {
    return new ProcessMemory(await browser.newBrowserCDPSession());
  }

  async read(): Promise<MemoryReading> {
    const { processInfo } = await this.#session.send('SystemInfo.getProcessInfo');
    const sharesKb = await Promise.all(
      processInfo.map(async ({ id }) => {
        const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
        return Number(SHARE.exec(rollup)?.[1] ?? 0);
      }),
    );
    const bytes = sharesKb.reduce((sum, kb) => sum + kb, 0) * 1_024;
    return { bytes, counts: { processes: processInfo.length } };
  }
}
