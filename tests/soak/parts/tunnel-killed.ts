/** Owns the tunnel that is killed in a call of one who came by it and one who did not. */

import { until } from '../../support/time/until.ts';
import { startTlsEdge } from '../../support/wire/tls-edge.ts';
import { callFigures, pauseAtRandom, type SoakPart } from '../stage.ts';
import { provideTunnel } from '../tunnelled.ts';

const BACK_MAX_S = 15;
const MOMENT_MAX_MS = 1_000;
/** Longer than the supervisor ever waits. */
const TIMEOUT_MS = 90_000;

export const tunnelKilled: SoakPart = {
  what: 'times the ssh that holds the tunnel is killed, two people talk',
  count: 50,
  async run(stage, count) {
    const { sshd, flags, sshProcesses } = await provideTunnel(stage);
    const edge = await startTlsEdge(sshd.webPort);
    stage.atEnd(() => edge.stop());
    const host = await stage.host({ dataDirectory: stage.directory, flags: [...flags, '--mode', '1x1'] });
    const { invite = '' } = await host.waitFor('tunnel', ({ phase }) => phase === 'connected');
    const { hostname } = new URL(invite);
    const outside = await stage.browser(`--host-resolver-rules=MAP ${hostname}:443 127.0.0.1:${edge.port}`);
    const people = [
      await stage.guest(host.invite, 'Anna'),
      await stage.guest(invite, 'Boris', outside),
    ] as const;
    await stage.callOf(...people);
    const phases = () => host.events.flatMap((line) => (line.event === 'tunnel' ? [line.phase] : []));
    const connected = () => phases().filter((phase) => phase === 'connected').length;
    let longestBackMs = 0;
    let mostProcesses = 0;
    for (let killed = 0; killed < count; killed++) {
      await pauseAtRandom(MOMENT_MAX_MS);
      const before = connected();
      const running = sshProcesses();
      mostProcesses = Math.max(mostProcesses, running.length);
      const killedAtMs = performance.now();
      for (const pid of running) process.kill(pid, 'SIGKILL');
      const state = () => ({ connected: connected(), now: phases().at(-1) });
      await until('the tunnel', state, (seen) => seen.connected > before, TIMEOUT_MS);
      longestBackMs = Math.max(longestBackMs, performance.now() - killedAtMs);
      await people[1].showsStatus('Live');
    }
    const figures = await callFigures(people);
    await host.kill();
    await until('the end of ssh', sshProcesses, ({ length }) => length === 0);
    return {
      figures: [
        ...figures,
        {
          name: 'longest until the tunnel was back',
          value: longestBackMs / 1_000,
          unit: 's',
          atMost: BACK_MAX_S,
        },
        { name: 'most processes of it at a time', value: mostProcesses, unit: '', atMost: 2 },
      ],
    };
  },
};
