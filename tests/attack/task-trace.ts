/** Owns how long the tasks of marked pages keep the processor: by the browser's own trace, whatever else the machine does. */

import type { Browser, Page } from 'playwright';
import * as v from 'valibot';

const MARK = 'secret-call-bystander';
/** Made by the meter in each turn of its timer. */
export const TURN_MARK = 'secret-call-turn';
const TASK = 'ThreadControllerImpl::RunTask';

const traceSchema = v.object({
  traceEvents: v.array(
    v.object({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      ts: v.number(),
      /** Processor time in microseconds. */
      tdur: v.optional(v.number()),
    }),
  ),
});

export interface TaskFigures {
  /** Of one task. */
  readonly longestTaskMs: number;
  /** Of all tasks between two turns of a timer that wants one every few ms. */
  readonly longestRowMs: number;
}

/** Traces `during`; the worst of the pages' main threads, in milliseconds of processor time. */
export async function taskFigures(
  browser: Browser,
  pages: readonly Page[],
  during: () => Promise<void>,
): Promise<TaskFigures> {
  await browser.startTracing(undefined, { categories: ['toplevel', 'blink.user_timing'] });
  let trace: Buffer;
  try {
    for (const page of pages) await page.evaluate((mark) => void performance.mark(mark), MARK);
    await during();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = v.parse(traceSchema, JSON.parse(trace.toString()));
  const threadOf = ({ pid, tid }: { pid: number; tid: number }) => `${pid}:${tid}`;
  const marked = new Set(traceEvents.filter(({ name }) => name === MARK).map(threadOf));
  const figures = [...marked].map((thread) => {
    const events = traceEvents.filter((event) => threadOf(event) === thread).sort((a, b) => a.ts - b.ts);
    return figuresOf(events);
  });
  const worst = (figure: keyof TaskFigures) => Math.max(...figures.map((of) => of[figure]));
  const longestTaskMs = worst('longestTaskMs');
  if (marked.size < pages.length || longestTaskMs === 0)
    throw new Error('the trace tells nothing of the pages');
  return { longestTaskMs, longestRowMs: worst('longestRowMs') };
}

/** Of one thread, first to last. */
function figuresOf(events: readonly { name: string; tdur?: number | undefined }[]): TaskFigures {
  let longestUs = 0;
  let longestRowUs = 0;
  let rowUs = 0;
  for (const { name, tdur = 0 } of events) {
    if (name === TURN_MARK) rowUs = 0;
    if (name !== TASK) continue;
    rowUs += tdur;
    longestUs = Math.max(longestUs, tdur);
    longestRowUs = Math.max(longestRowUs, rowUs);
  }
  return { longestTaskMs: longestUs / 1_000, longestRowMs: longestRowUs / 1_000 };
}
