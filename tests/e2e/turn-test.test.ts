/** Owns proof that the test of a TURN server tells, in a real browser, what is wrong with a real coturn. */

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnCredentials } from '../../main/common/host-api/turn-server.ts';
import { testCredentials } from '../../main/host/turn-credentials.ts';
import { createCertificate } from '../../main/server/certificate.ts';
import type { AccessibleServer } from '../../renderer/components/settings/turn-test.ts';
import { bundleForPage } from '../support/browser/bundle-for-page.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type {} from '../support/browser/turn-test-page.ts';
import { freePorts } from '../support/process/server-program.ts';
import {
  startTurnServer,
  TURN_ACCOUNT,
  type TurnServerProcess,
  type TurnServerTerms,
  type TurnTransport,
  turnServerAddress,
  turnServerMissing,
} from '../support/wire/turn-server.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 440;
const deps = {
  wallClockMs: Date.now,
  randomBytes: (sizeBytes: number) => crypto.getRandomValues(new Uint8Array(sizeBytes)),
};

/** As the host gives it to its own window. */
function accessible(url: string, credentials: TurnCredentials): AccessibleServer {
  const { username = '', credential = '' } = testCredentials({ url, credentials }, deps);
  return { urls: url, username, credential };
}

describe.skipIf(chromium === null || turnServerMissing !== null)('the test of a TURN server', () => {
  let stage: Stage;
  let browser: Browser;
  let page: Page;
  const servers: TurnServerProcess[] = [];

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(TONE_HZ, chromium ?? '');
    page = await browser.newPage();
    await page.evaluate(await bundleForPage('tests/support/browser/turn-test-page.ts'));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await stage.clear();
    await stage.end();
  });

  async function start(terms: TurnServerTerms = {}): Promise<TurnServerProcess> {
    const server = await startTurnServer(undefined, terms);
    servers.push(server);
    return server;
  }

  const run = (url: string, credentials: TurnCredentials) =>
    page.evaluate((server) => window.testTurn(server), accessible(url, credentials));

  it('tells each fault by its name, and how long a packet took where there is none', async () => {
    const { cert, key } = await createCertificate([turnServerAddress], new Date());
    const [port = 0] = await freePorts(1, turnServerAddress);
    const good = await start({ tls: { port, cert, key } });
    const narrow = await start({ userQuota: 1 });
    const elsewhere = await start({ accountRealm: 'other.test' });
    const gone = await start();
    await gone.stop();
    const by = (server: TurnServerProcess, transport: TurnTransport, secret = server.secret) =>
      run(server.url(transport), { kind: 'shared-secret', secret });
    const works = { kind: 'works', tookMs: expect.any(Number) };
    const fails = (flaw: string) => ({ kind: 'fails', flaw });

    const outcomes = await Promise.all([
      by(good, 'udp'),
      by(good, 'tcp'),
      by(good, 'tls'),
      by(good, 'udp', 'another'),
      by(good, 'tcp', 'another'),
      by(narrow, 'udp'),
      run(elsewhere.url('udp'), { kind: 'static', ...TURN_ACCOUNT }),
      by(gone, 'udp'),
      by(gone, 'tcp'),
    ]);

    expect(outcomes).toEqual([
      works,
      works,
      // For whose address no authority vouches, as for none.
      fails('tls-address'),
      fails('refused'),
      fails('refused'),
      fails('full'),
      fails('refused'),
      fails('silent'),
      fails('closed'),
    ]);
  });
});
