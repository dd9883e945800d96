/** Owns a host over fakes, as tests of its states, links, kept rooms and TURN servers use it. */

import { expect } from 'vitest';
import type { HostSnapshot } from '../../../main/common/host-api/snapshot.ts';
import { silentLogger } from '../../../main/common/logger.ts';
import { HostController } from '../../../main/host/host-controller.ts';
import type { HostOptions } from '../../../main/host/options.ts';
import { FakeDependencies, OPTIONS } from './fake-dependencies.ts';
import { MemorySettings } from './memory-settings.ts';

type Given = ConstructorParameters<typeof HostController>[0];

/** Without a TURN server, a notice, or a place for TURN servers; in Russian unless its settings say another. */
export const hostOf = (given: Pick<Given, 'dependencies' | 'settings'> & Partial<Given>): HostController =>
  new HostController({
    logger: silentLogger,
    systemLanguage: 'ru',
    turnServers: [],
    notices: [],
    turnStore: null,
    ...given,
  });

/** A host, all that it stands on, and what it tells from now on. */
export function setUpHost() {
  const dependencies = new FakeDependencies();
  const settings = new MemorySettings();
  const host = hostOf({ dependencies, settings });
  const snapshots: HostSnapshot[] = [];
  host.onSnapshot((snapshot) => snapshots.push(snapshot));
  const phases = () => snapshots.map(({ status }) => status.phase);
  return { dependencies, settings, host, snapshots, phases };
}

/** The same, with a room that is open. */
export async function liveHost(options: Partial<HostOptions> = {}) {
  const rig = setUpHost();
  expect(await rig.host.start({ ...OPTIONS, ...options })).toEqual({ ok: true, value: null });
  const status = () => {
    const { status: now } = rig.host.snapshot;
    if (now.phase !== 'live') throw new Error(now.phase);
    return now;
  };
  return { ...rig, status };
}
