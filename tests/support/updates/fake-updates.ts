/** Owns updates without a network and a disk: a server and a package that do what a test says. */

import type { UpdateErrorCode, UpdateStatus } from '../../../main/common/host-api/updates.ts';
import { silentLogger } from '../../../main/common/logger.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';
import type { Release } from '../../../main/desktop/updates/update-feed.ts';
import { type PackageUpdater, Updates } from '../../../main/desktop/updates/updates.ts';
import { ManualTime } from '../time/manual-time.ts';
import { fileOf } from './update-samples.ts';

export const releaseOf = (version: string): Release => ({ version, file: fileOf(version) });

/** A fetch goes on until the test ends it, or it is called off. */
export class FakePackage implements PackageUpdater {
  fetches = 0;
  installs = 0;
  calledOff = 0;
  verified: Result<null, UpdateErrorCode> = ok(null);
  /** Runs while what was fetched is looked at. */
  onVerify = () => {};
  /** The app ends by an install; where it does not, this is why. */
  installFailure: UpdateErrorCode | null = null;
  tellPercent = (_percent: number) => {};
  end = (_outcome: Result<null, UpdateErrorCode>) => {};

  fetch(_release: Release, onPercent: (percent: number) => void, signal: AbortSignal) {
    this.fetches += 1;
    this.tellPercent = onPercent;
    return new Promise<Result<null, UpdateErrorCode>>((resolve) => {
      this.end = resolve;
      signal.addEventListener('abort', () => {
        this.calledOff += 1;
        resolve(fail('cut-off'));
      });
    });
  }

  async verify() {
    this.onVerify();
    return this.verified;
  }

  install(): Promise<UpdateErrorCode> {
    this.installs += 1;
    const { installFailure } = this;
    return installFailure === null ? new Promise(() => {}) : Promise.resolve(installFailure);
  }
}

export interface UpdateStageOptions {
  readonly source?: UpdateStatus['source'];
  readonly mayLook?: boolean;
  readonly held?: boolean;
}

export function createUpdateStage({
  source = { host: 'updates.example', way: 'itself' },
  mayLook = false,
  held = false,
}: UpdateStageOptions = {}) {
  const time = new ManualTime();
  const updater = new FakePackage();
  const world = {
    mayLook,
    held,
    looks: 0,
    calledOff: 0,
    pages: 0,
    answer: ok(releaseOf('0.2.0')) as
      | Result<Release, UpdateErrorCode>
      | Promise<Result<Release, UpdateErrorCode>>,
  };
  const updates = new Updates({
    current: '0.1.0',
    source,
    async lookUp(signal) {
      world.looks += 1;
      signal.addEventListener('abort', () => {
        world.calledOff += 1;
      });
      return world.answer;
    },
    updater,
    held: () => world.held,
    mayLook: () => world.mayLook,
    async openPage() {
      world.pages += 1;
      return ok(null);
    },
    timers: time.timers,
    logger: silentLogger,
  });
  const shown: UpdateStatus['progress'][] = [];
  updates.onStatus(({ progress }) => shown.push(progress));
  const change = (changes: Partial<Pick<typeof world, 'mayLook' | 'held'>>) => {
    Object.assign(world, changes);
    updates.reconsider();
  };
  return { time, updater, world, updates, shown, change, progress: () => updates.status.progress };
}
