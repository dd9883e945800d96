/** Owns how long the tasks of marked pages keep the processor: by the browser's own trace, whatever else the machine does. */

import type { Browser, Page } from 'playwright';
import * as v from 'valibot';

const MARK = 'secret-call-bystander';
const TASK = 'ThreadControllerImpl::RunTask';

const traceSchema = v.object({
  traceEvents: v.array(
    v.object({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      /** Processor time in microseconds. */
      tdur: v.optional(v.number()),
    }),
  ),
});

/** Traces `during`; the longest task of each of the pages' main threads, in milliseconds of processor time. */
export async function longestTasks(
  browser: Browser,
  pages: readonly Page[],
  during: () => Promise<void>,
): Promise<number> {
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
  const tasksUs = traceEvents
    .filter((event) => event.name === TASK && marked.has(threadOf(event)))
    .map(({ tdur }) => tdur ?? 0);
  if (marked.size < pages.length || tasksUs.length === 0)
    throw new Error('the trace tells nothing of the pages');
  return tasksUs.reduce((longest, task) => Math.max(longest, task), 0) / 1_000;
}
