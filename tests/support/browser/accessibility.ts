/** Owns asking axe what keeps people from using a page. */

import axe from 'axe-core';
import type { Page } from 'playwright';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Rules broken with the impact "serious" or "critical", with the elements that break them; `rules` are all unless named. */
export async function seriousProblems(page: Page, ...rules: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (only) =>
      window.axe.run({ resultTypes: ['violations'], ...(only.length === 0 ? {} : { runOnly: only }) }),
    rules,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}
