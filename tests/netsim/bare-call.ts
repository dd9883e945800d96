/** Owns the least call there is, at an address of the network: what the real page's figures are compared with. */

import type { BrowserContext, Page } from 'playwright';
import type { IceServer } from '../../main/common/protocol/messages.ts';
import { startBareRelay } from '../bench/bare-relay.ts';
import { connectionsStanding, installCallProbe } from '../support/call/call-probe.ts';
import { until } from '../support/time/until.ts';
import { startTlsEdge } from '../support/wire/tls-edge.ts';

export interface BareCall {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * @param address of the machine this process is on
 * @param port any free one if left out
 */
export async function startBareCall(address: string, port?: number): Promise<BareCall> {
  const relay = await startBareRelay();
  const edge = await startTlsEdge(relay.port, address, port);
  return {
    url: `https://${address}:${edge.port}/`,
    async stop() {
      await edge.stop();
      await relay.stop();
    },
  };
}

/** In a tab of its own; Join can be pressed. */
export async function openBarePage(
  profile: BrowserContext,
  url: string,
  iceServers: readonly IceServer[] = [],
): Promise<Page> {
  const page = await profile.newPage();
  await page.addInitScript(installCallProbe);
  await page.goto(`${url}#${encodeURIComponent(JSON.stringify(iceServers))}`);
  await page.getByRole('button', { name: 'Join', exact: true, disabled: false }).focus();
  return page;
}

/** Each in the call with the others. */
export async function joinBare(pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.keyboard.press('Enter');
  for (const page of pages) {
    await until(
      'the bare call',
      () => connectionsStanding(page),
      (standing) => standing === pages.length - 1,
    );
  }
}
