/** Runs the whole tunnel, with the system's ssh, against a real sshd that behaves like localhost.run. */

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../main/common/logger.ts';
import { createTunnel, type Tunnel, type TunnelOptions } from '../../../main/tunnel/tunnel.ts';
import { findProgram } from '../../support/process/find-program.ts';
import { processesWith } from '../../support/process/processes.ts';
import { until } from '../../support/time/until.ts';
import { type Sshd, type SshdOptions, sshdMissing, startSshd } from '../../support/tunnel/sshd.ts';
import { type TunnelWatch, watchTunnel } from '../../support/tunnel/tunnel-watch.ts';

const ssh = findProgram(['ssh']);
const canChangeUser = process.getuid?.() === 0 && findProgram(['setpriv']) !== null;

describe.skipIf(sshdMissing !== null)(
  `a tunnel over ssh${sshdMissing ? ` (skipped: ${sshdMissing})` : ''}`,
  () => {
    let dataDirectory = '';
    const cleanUps: (() => unknown)[] = [];

    beforeEach(async () => {
      // ssh reads blanks, percent signs, quotation marks and backslashes in a path in its own way.
      dataDirectory = await mkdtemp(join(tmpdir(), 'tunnel "100%\\-'));
    });

    afterEach(async () => {
      for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
      await rm(dataDirectory, { recursive: true, force: true });
    });

    async function provider(options: SshdOptions = {}): Promise<Sshd> {
      const sshd = await startSshd(options);
      cleanUps.push(() => sshd.stop());
      return sshd;
    }

    function openTunnel(
      ssh: NonNullable<TunnelOptions['ssh']>,
      localPort = 9,
    ): { tunnel: Tunnel; watch: TunnelWatch } {
      const tunnel = createTunnel({
        choice: 'localhost.run',
        others: false,
        localPort,
        dataDirectory,
        ssh,
        logger: silentLogger,
        probe: async () => 'answering',
      });
      const watch = watchTunnel(tunnel);
      cleanUps.push(() => tunnel.stop());
      tunnel.start();
      return { tunnel, watch };
    }

    function access({ target, port, knownHostsFile }: Sshd): NonNullable<TunnelOptions['ssh']> {
      return { target, port, knownHostsFile };
    }

    it('brings a link, and requests to the local server', async () => {
      const server = createServer((request, response) => response.end(`you asked for ${request.url}`));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      cleanUps.push(() => server.close());
      const address = server.address();
      const localPort = typeof address === 'object' && address !== null ? address.port : 0;
      const sshd = await provider();
      const { watch } = openTunnel(access(sshd), localPort);
      expect(await watch.next('connected')).toEqual({ phase: 'connected', url: sshd.url });
      const answer = await fetch(`http://127.0.0.1:${sshd.webPort}/page`);
      expect(await answer.text()).toBe('you asked for /page');
    });

    it.each(['json-cloud-event', 'json-forward-event'] as const)(
      'reads the address as %s too',
      async (form) => {
        const sshd = await provider({ form });
        const { watch } = openTunnel(access(sshd));
        expect(await watch.next('connected')).toEqual({ phase: 'connected', url: sshd.url });
      },
    );

    it('shows an address that comes later on the same session', async () => {
      const sshd = await provider();
      const { watch } = openTunnel(access(sshd));
      await watch.next('connected');
      const ssh = processesWith(sshd.knownHostsFile);
      await sshd.announce('the-second.lhr.life');
      expect(await watch.next('connected')).toEqual({
        phase: 'connected',
        url: 'https://the-second.lhr.life',
      });
      expect(processesWith(sshd.knownHostsFile)).toEqual(ssh);
      expect(sshd.sessions).toBe(1);
    });

    it('waits and connects again after the session was cut', async () => {
      const sshd = await provider();
      const { watch } = openTunnel(access(sshd));
      await watch.next('connected');
      sshd.killSessions();
      const waiting = await watch.next('waiting');
      expect(waiting.code).toBe('tunnel-lost');
      expect(waiting.retryInMs).toBeGreaterThanOrEqual(700);
      expect(waiting.retryInMs).toBeLessThanOrEqual(1_000);
      expect(await watch.next('connected')).toEqual({ phase: 'connected', url: sshd.url });
      expect(watch.statuses.map(({ phase }) => phase)).toEqual([
        'connecting',
        'connected',
        'waiting',
        'connecting',
        'connected',
      ]);
    });

    it('fails when the host key is another one', async () => {
      const sshd = await provider();
      const { watch } = openTunnel({ ...access(sshd), knownHostsFile: sshd.wrongKnownHostsFile });
      await watch.next('failed');
      expect(watch.statuses).toEqual([
        { phase: 'connecting' },
        { phase: 'failed', code: 'host-key-mismatch' },
      ]);
      await until(
        'no connection',
        () => sshd.sessions,
        (count) => count === 0,
      );
      expect(sshd.log()).not.toContain('Accepted');
    });

    it('trusts nobody but localhost.run without a file of its own', async () => {
      const { target, port } = await provider();
      const { watch } = openTunnel({ target, port });
      expect(await watch.next('failed')).toEqual({ phase: 'failed', code: 'host-key-mismatch' });
    });

    it('tells why it waits: nobody listens', async () => {
      const closed = createTcpServer();
      await once(closed.listen(0, '127.0.0.1'), 'listening');
      const address = closed.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      await new Promise((resolve) => closed.close(resolve));
      const { watch } = openTunnel({ target: 'nokey@127.0.0.1', port });
      expect((await watch.next('waiting')).code).toBe('tunnel-refused');
      // Two seconds or so after the try began, which may itself have taken most of them: never less than one.
      expect((await watch.next('waiting')).retryInMs).toBeGreaterThanOrEqual(1_000);
    });

    it('tells why it waits: no such name', async () => {
      const { watch } = openTunnel({ target: 'nokey@nothing.invalid' });
      expect((await watch.next('waiting')).code).toBe('network-unreachable');
    });

    it.each<readonly [string, SshdOptions]>([
      ['no permission', { allowLogin: false }],
      ['no forwarding', { allowForwarding: false }],
    ])('tells why it waits: %s', async (_name, options) => {
      const { watch } = openTunnel(access(await provider(options)));
      expect((await watch.next('waiting')).code).toBe('tunnel-refused');
    });

    it('fails without ssh', async () => {
      vi.stubEnv('PATH', dataDirectory);
      cleanUps.push(() => vi.unstubAllEnvs());
      const { watch } = openTunnel({});
      expect(await watch.next('failed')).toEqual({ phase: 'failed', code: 'ssh-not-found' });
    });

    it.skipIf(!canChangeUser)(
      `fails under an account without a name${canChangeUser ? '' : ' (skipped: needs root and setpriv)'}`,
      async () => {
        const program = join(dataDirectory, 'ssh');
        await writeFile(program, `#!/bin/sh\nexec setpriv --reuid=54321 --clear-groups ${ssh} "$@"\n`, {
          mode: 0o755,
        });
        vi.stubEnv('PATH', `${dataDirectory}:${process.env.PATH}`);
        cleanUps.push(() => vi.unstubAllEnvs());
        const { watch } = openTunnel({});
        expect(await watch.next('failed')).toEqual({ phase: 'failed', code: 'ssh-no-account' });
      },
    );

    it('fails with an ssh that cannot be used', async () => {
      const program = join(dataDirectory, 'ssh');
      await writeFile(program, `#!/bin/sh\nexec ${ssh} -o NoSuchOption=yes "$@"\n`, { mode: 0o755 });
      vi.stubEnv('PATH', `${dataDirectory}:${process.env.PATH}`);
      cleanUps.push(() => vi.unstubAllEnvs());
      const { watch } = openTunnel({});
      expect(await watch.next('failed')).toEqual({ phase: 'failed', code: 'ssh-unusable' });
    });

    it('leaves no ssh and no status behind when stopped: connected', async () => {
      const sshd = await provider();
      const { tunnel, watch } = openTunnel(access(sshd));
      await watch.next('connected');
      expect(processesWith(sshd.knownHostsFile)).toHaveLength(1);
      await tunnel.stop();
      expect(processesWith(sshd.knownHostsFile)).toEqual([]);
      expect(watch.statuses.at(-1)).toEqual({ phase: 'off' });
      await until(
        'the session to end',
        () => sshd.sessions,
        (count) => count === 0,
      );
    });

    it('leaves no ssh behind when stopped: connecting', async () => {
      const sshd = await provider({ address: null });
      const { tunnel, watch } = openTunnel(access(sshd));
      await until(
        'ssh',
        () => sshd.sessions,
        (count) => count === 1,
      );
      await tunnel.stop();
      expect(processesWith(sshd.knownHostsFile)).toEqual([]);
      expect(watch.statuses.map(({ phase }) => phase)).toEqual(['connecting', 'off']);
    });

    it('leaves no ssh behind after start and stop in any order', async () => {
      const sshd = await provider();
      const { tunnel, watch } = openTunnel(access(sshd));
      for (let round = 0; round < 5; round++) {
        void tunnel.stop();
        tunnel.start();
        if (round % 2 === 0) await watch.next('connecting');
      }
      await watch.next('connected');
      expect(processesWith(sshd.knownHostsFile)).toHaveLength(1);
      await tunnel.stop();
      expect(processesWith(sshd.knownHostsFile)).toEqual([]);
    });
  },
);

describe('a tunnel over ssh', () => {
  it('takes no target that could be an option', () => {
    const options = {
      choice: 'localhost.run',
      others: false,
      localPort: 9,
      dataDirectory: tmpdir(),
      logger: silentLogger,
    } as const;
    expect(() => createTunnel({ ...options, ssh: { target: '-oProxyCommand=id' } })).toThrow(RangeError);
  });
});
