/** Owns measuring how soon the page is there: first paint and Join, over a slow network and none, and what it takes of the wire. */

import type { Browser } from 'playwright';
import { launchChromium } from '../support/browser/chromium.ts';
import { startHostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';
import { startTcpProxy } from '../support/wire/tcp-proxy.ts';
import { startBareRelay } from './bare-relay.ts';
import { type FirstLoad, LATENCY_MS, loadFirst, type PressTime } from './first-load.ts';
import { byTurns } from './relay-bench.ts';
import type { RelayKind } from './relay-process.ts';
import type { Measure } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 7;
const LANGUAGES = ['en', 'ru'] as const;
/** What comes by itself later than this after the last byte is no part of the load. */
const QUIET_MS = 2_000;
const POLL_MS = 100;
const BYTES_PER_KB = 1_000;

/** The addresses of both pages. */
type Urls = Readonly<Record<RelayKind, string>>;

function rowsOf(
  samples: Readonly<Record<RelayKind, readonly FirstLoad[]>>,
  pick: (load: FirstLoad) => number,
) {
  return { bare: samples.bare.map(pick), product: samples.product.map(pick) };
}

async function loadByTurns(browser: Browser, urls: Urls, emulated: boolean) {
  const load = (kind: RelayKind, pressTime: PressTime) =>
    loadFirst(browser, urls[kind], { emulated, pressTime });
  // The first of each only warms the browser and the servers up.
  for (const kind of ['bare', 'product'] as const) await load(kind, 'at-once');
  return {
    pressed: await byTurns(ROUNDS, (kind) => load(kind, 'at-once')),
    seen: await byTurns(ROUNDS, (kind) => load(kind, 'when-painted')),
  };
}

/** The bare page presses as soon as its socket is open, which therefore tells what the emulation does to sockets. */
function noteEmulatedSockets(bareLoads: readonly FirstLoad[]): void {
  const socketMs = median(bareLoads.map(({ pressableMs, paintMs }) => pressableMs - paintMs));
  const told = socketMs < LATENCY_MS ? 'leaves WebSockets alone' : 'slows WebSockets as well';
  console.error(
    `The emulation ${told}: the bare page's was open ${socketMs.toFixed(0)} ms after its first paint.`,
  );
}

async function measureLoads(browser: Browser, urls: Urls): Promise<Measure[]> {
  const slow = await loadByTurns(browser, urls, true);
  const local = await loadByTurns(browser, urls, false);
  noteEmulatedSockets(slow.pressed.bare);
  const network = `${LATENCY_MS} ms and 1.6 Mbit/s`;
  return [
    {
      name: `First paint, ${network}`,
      unit: 'ms',
      ...rowsOf(slow.seen, ({ paintMs }) => paintMs),
      target: { atMost: 1.3 },
    },
    {
      name: `Tap → Join can be pressed, ${network}`,
      unit: 'ms',
      ...rowsOf(slow.pressed, ({ pressableMs }) => pressableMs),
      target: { atMost: 1.6 },
    },
    {
      name: `Tap → Join is not disabled, ${network}`,
      unit: 'ms',
      ...rowsOf(slow.pressed, ({ enabledMs }) => enabledMs),
    },
    { name: 'First paint', unit: 'ms', ...rowsOf(local.seen, ({ paintMs }) => paintMs) },
    {
      name: 'Tap → Join can be pressed',
      unit: 'ms',
      ...rowsOf(local.pressed, ({ pressableMs }) => pressableMs),
      target: { atMost: 1.5 },
    },
    {
      name: 'Round trips until Join can be pressed',
      unit: 'answers in a row',
      ...rowsOf(slow.pressed, ({ roundTrips }) => roundTrips),
      target: { productAtMost: 2 },
    },
  ];
}

/** Both ways, headers and all, by somebody who never was here and presses nothing; what comes by itself later included. */
async function bytesOnWire(
  executablePath: string,
  kind: RelayKind,
  url: string,
  language: string,
): Promise<number> {
  const { port, hash } = new URL(url);
  const proxy = await startTcpProxy(Number(port));
  const browser = await launchChromium(executablePath, {
    graphicsCard: true,
    extraArguments: [`--host-resolver-rules=MAP localhost:${port} 127.0.0.1:${proxy.port}`],
  });
  try {
    const page = await browser.newPage({ locale: language });
    await page.goto(`http://localhost:${port}/${hash}`);
    const join = kind === 'bare' || language === 'en' ? 'Join' : 'Войти';
    await page.getByRole('button', { name: join, exact: true, disabled: false }).waitFor();
    let carried = -1;
    let quietSinceMs = performance.now();
    await until(
      'the wire quiet',
      async () => {
        if (proxy.carriedBytes !== carried) quietSinceMs = performance.now();
        carried = proxy.carriedBytes;
        await page.waitForTimeout(POLL_MS);
        return performance.now() - quietSinceMs;
      },
      (quietMs) => quietMs > QUIET_MS,
    );
    return carried;
  } finally {
    await browser.close();
    await proxy.stop();
  }
}

async function measureWire(executablePath: string, urls: Urls): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const language of LANGUAGES) {
    const kilobytes = async (kind: RelayKind) => [
      (await bytesOnWire(executablePath, kind, urls[kind], language)) / BYTES_PER_KB,
    ];
    measures.push({
      name: `On the wire before joining, ${language}`,
      unit: 'kB',
      bare: await kilobytes('bare'),
      product: await kilobytes('product'),
      target: { productAtMost: 45 },
    });
  }
  return measures;
}

/** `executablePath`: of Chromium. */
export async function benchPage(executablePath: string): Promise<Measure[]> {
  const host = await startHostProcess();
  const bareRelay = await startBareRelay();
  const urls: Urls = { bare: `http://localhost:${bareRelay.port}/`, product: host.invite };
  const browser = await launchChromium(executablePath, { graphicsCard: true });
  try {
    return [...(await measureLoads(browser, urls)), ...(await measureWire(executablePath, urls))];
  } finally {
    await browser.close();
    await bareRelay.stop();
    await host.stop();
  }
}
