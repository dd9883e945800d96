/** Owns what calls of either page need: both servers, and pages that are ready to join under the probe. */

import type { Browser, BrowserContext, Page } from 'playwright';
import { installCallProbe } from '../support/call/call-probe.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import type { BareRelay } from './bare-relay.ts';
import type { RelayKind } from './relay-process.ts';

/** After loading: the page has its keys and its socket, and the processor is idle again. */
const SETTLE_MS = 700;

export interface CallStage {
  readonly browser: Browser;
  readonly host: HostProcess;
  readonly bareRelay: BareRelay;
}

/** Join has the focus and can be pressed; the probe does not listen yet. */
export async function openCaller(
  { host, bareRelay }: CallStage,
  kind: RelayKind,
  context: BrowserContext,
  name: string,
): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(installCallProbe);
  await page.goto(kind === 'bare' ? `http://localhost:${bareRelay.port}/` : host.invite);
  if (kind === 'product') await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  const join = page.getByRole('button', { name: 'Join', exact: true, disabled: false });
  // The product takes a press before it is connected, and keeps it; here is measured what comes after.
  const ready = kind === 'product' ? page.getByRole('status').filter({ hasText: 'Ready to join' }) : join;
  await ready.waitFor().catch(async (cause: unknown) => {
    const says = await page.locator('body').innerText();
    throw new Error(`the ${kind} page offers no Join, and says: ${says}`, { cause });
  });
  await join.focus();
  await page.waitForTimeout(SETTLE_MS);
  return page;
}

/** Presses the focused button; a pointer would first wait for it to stand still. */
export const pressJoin = (page: Page) => page.keyboard.press('Enter');
