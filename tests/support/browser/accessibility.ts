/** Owns asking axe what keeps people from using a page. */

import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

interface AxeRule {
  readonly id: string;
  readonly enabled: boolean;
  readonly impact: string | null;
  readonly tags: readonly string[];
}
/** What axe tells of its rules beside the names; an axe without it fails at once. */
const { rules: RULES } = (axe as unknown as { _audit: { rules: readonly AxeRule[] } })._audit;

const isSerious = (impact: string | null | undefined) => impact === 'serious' || impact === 'critical';
/** Named by its id, axe runs a rule as well that it does not run by itself. */
const isSettled = ({ enabled, tags }: AxeRule) =>
  enabled && !tags.includes('experimental') && !tags.includes('deprecated');
/** Those alone whose answers count; one that tells no impact beforehand may turn out to be such. */
const SERIOUS = RULES.filter((rule) => isSettled(rule) && (rule.impact === null || isSerious(rule.impact)));
const SERIOUS_IDS = SERIOUS.map(({ id }) => id);

/** Every page that is loaded gets it anew: less than half of what is to be read by people. */
const SOURCE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** Rules broken with the impact "serious" or "critical", with the elements that break them; `rules` are all such unless named. */
export async function seriousProblems(page: Page, ...rules: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(
    async (runOnly) => {
      // A colour that is still changing has the contrast of neither.
      const changes = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      await Promise.allSettled(changes.map(({ finished }) => finished));
      return window.axe.run({ resultTypes: ['violations'], runOnly });
    },
    rules.length === 0 ? SERIOUS_IDS : rules,
  );
  return violations
    .filter(({ impact }) => isSerious(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}
