/** Owns putting updates together: what this build asks, how this package is replaced, and what makes them wait. */

import { app, session, shell } from 'electron';
import type { CallReport } from '../../common/call-api/commands.ts';
import type { HostSnapshot } from '../../common/host-api/snapshot.ts';
import type { Logger } from '../../common/logger.ts';
import type { TimersLike } from '../../common/platform.ts';
import { fail, ok } from '../../common/result.ts';
import { cacheRoot } from '../../data-directory.ts';
import { readFeed, updateTarget } from './update-feed.ts';
import { openUpdateSession } from './update-network.ts';
import { UpdateServer } from './update-server.ts';
import type { UpdateSource } from './update-source.ts';
import { keepsWaiting, updateWay } from './update-way.ts';
import { type PackageUpdater, Updates } from './updates.ts';

export interface UpdateSurroundings {
  readonly source: UpdateSource | null;
  readonly host: () => HostSnapshot;
  readonly call: () => CallReport['call'];
  /** Ends the app in order, for the new version to start. */
  readonly quit: () => void;
  readonly timers: TimersLike;
  readonly logger: Logger;
}

export function createUpdates({ source, host, call, quit, timers, logger }: UpdateSurroundings): Updates {
  const { APPIMAGE, PORTABLE_EXECUTABLE_FILE } = process.env;
  const common = {
    current: app.getVersion(),
    held: () => keepsWaiting(host(), call()),
    mayLook: () => host().preferences.updateChecks === true,
    timers,
    logger,
  };
  if (source === null) return new Updates({ ...common, source, ...NO_SOURCE });
  // Opened with the first question, which may never come.
  let opened: UpdateServer | null = null;
  const server = () =>
    (opened ??= new UpdateServer({ feed: source.feed, fetch: openUpdateSession(source, session), timers }));
  return new Updates({
    ...common,
    source: {
      host: source.feed.host,
      way: updateWay(process.platform, { APPIMAGE, PORTABLE_EXECUTABLE_FILE }, source.byHand),
    },
    async lookUp(signal) {
      const feed = await server().fetchFeed(signal);
      return feed.ok ? readFeed(feed.value, source.key, updateTarget(process.platform, process.arch)) : feed;
    },
    updater: lateUpdater(async () => {
      const { createPackageUpdater } = await import('./package-updater.ts');
      return createPackageUpdater({
        server: server(),
        platform: process.platform,
        current: common.current,
        publisher: source.publisher,
        cacheDirectory: cacheRoot(),
        appImage: APPIMAGE ?? null,
        quit,
        relaunch: (file) => app.relaunch(file === null ? {} : { execPath: file, args: [] }),
      });
    }),
    openPage: () =>
      shell.openExternal(source.page.href).then(
        () => ok(null),
        () => fail('internal'),
      ),
  });
}

/** Never asked: `Updates` does nothing without a source. */
const NO_SOURCE = {
  lookUp: async () => fail('no-feed' as const),
  updater: lateUpdater(() => Promise.reject(new Error('no source'))),
  openPage: async () => fail('bad-options' as const),
};

/** Much code that is read once somebody wants an update. */
function lateUpdater(load: () => Promise<PackageUpdater>): PackageUpdater {
  let loaded: Promise<PackageUpdater> | null = null;
  const get = () => (loaded ??= load());
  return {
    fetch: async (...order) => (await get()).fetch(...order),
    verify: async () => (await get()).verify(),
    install: async () => (await get()).install(),
  };
}
