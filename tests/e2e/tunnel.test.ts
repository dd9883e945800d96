/** Owns the proof that a guest from outside talks: through the provider's TLS edge, a real ssh tunnel and the public link. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import { type Sshd, sshdMissing, startSshd } from '../support/tunnel/sshd.ts';
import { startTlsEdge, type TlsEdge } from '../support/wire/tls-edge.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const ANNA_HZ = 440;
const BORIS_HZ = 1_000;

describe.skipIf(chromium === null || sshdMissing !== null)('the public link', () => {
  let stage: Stage;
  let sshd: Sshd;
  let edge: TlsEdge;

  beforeAll(async () => {
    stage = await Stage.create();
    sshd = await startSshd();
    edge = await startTlsEdge(sshd.webPort);
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
    await edge.stop();
    await sshd.stop();
  });

  it('brings a guest through the tunnel into a call with one on the local link', async () => {
    const host = await stage.host({
      flags: [
        ...['--tunnel', 'localhost.run', '--mode', '1x1'],
        ...[
          '--ssh-target',
          sshd.target,
          '--ssh-port',
          String(sshd.port),
          '--ssh-known-hosts',
          sshd.knownHostsFile,
        ],
      ],
    });
    const tunnel = await host.waitFor('tunnel', ({ phase }) => phase === 'connected');
    const invite = tunnel.invite ?? '';
    const { hostname, origin } = new URL(invite);
    expect(origin).toBe(sshd.url);

    const anna = await stage.guest(await stage.browser(ANNA_HZ, chromium ?? ''), host.invite, 'Anna');
    const borisBrowser = await stage.browser(
      BORIS_HZ,
      chromium ?? '',
      `--host-resolver-rules=MAP ${hostname}:443 127.0.0.1:${edge.port}`,
    );
    const boris = await stage.guest(borisBrowser, invite, 'Boris');
    await anna.join();
    await boris.join();

    await anna.hears(BORIS_HZ);
    await boris.hears(ANNA_HZ);
  });
});
