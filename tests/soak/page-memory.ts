/** Owns reading the memory of a page: its heap after a garbage collection, and what of the browser it still holds. */

import type { CDPSession, Page } from 'playwright';
import type { Memory, MemoryReading } from './slope.ts';

const HELD = ['RTCPeerConnection', 'RTCDataChannel', 'WebSocket', 'MediaStreamTrack', 'AudioNode'];

export class PageMemory implements Memory {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<PageMemory> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    return new PageMemory(page, session);
  }

  async read(): Promise<MemoryReading> {
    // The probe forgets what is over when it is asked.
    await this.#page.evaluate(() => window.callProbe.connections().length);
    await this.#session.send('HeapProfiler.collectGarbage');
    const counts: Record<string, number> = {};
    for (const name of HELD) counts[name] = await this.#countOf(name);
    await this.#session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    return {
      bytes: metric('JSHeapUsedSize'),
      counts: { ...counts, listeners: metric('JSEventListeners'), nodes: metric('Nodes') },
    };
  }

  async #countOf(constructorName: string): Promise<number> {
    const objectGroup = 'soak';
    const { result: prototype } = await this.#session.send('Runtime.evaluate', {
      expression: `${constructorName}.prototype`,
      objectGroup,
    });
    const { objects } = await this.#session.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.objectId ?? '',
      objectGroup,
    });
    const { result } = await this.#session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    await this.#session.send('Runtime.releaseObjectGroup', { objectGroup });
    return Number(result.value);
  }
}
