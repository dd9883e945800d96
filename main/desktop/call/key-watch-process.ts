/** Owns what the global key has of Electron: the process of the key watch, the systems' leave, and the calls it belongs to. */

import { powerMonitor, systemPreferences, utilityProcess } from 'electron';
import { type Disposable, DisposableStore, toDisposable } from '../../common/lifecycle.ts';
import type { Logger } from '../../common/logger.ts';
import type { TimersLike } from '../../common/platform.ts';
import type { Calls } from './calls.ts';
import { GlobalKey, type KeyWatchProcess } from './global-key.ts';

/** @param file the built main/key-watch/index.ts */
export function createGlobalKey(file: string, timers: TimersLike, logger: Logger): GlobalKey {
  const { platform, env } = process;
  return new GlobalKey({
    platform,
    environment: env,
    isTrusted: (ask) => systemPreferences.isTrustedAccessibilityClient(ask),
    fork: () => forkKeyWatch(file),
    logger,
    timers,
  });
}

/** Nothing else runs in it, and what the library prints of what it sees is nobody's. */
function forkKeyWatch(file: string): KeyWatchProcess {
  const child = utilityProcess.fork(file, [], { serviceName: 'Secret Call key watch', stdio: 'ignore' });
  let unwanted = false;
  // A process that is still to come up cannot be ended yet.
  child.once('spawn', () => {
    if (unwanted) child.kill();
  });
  return {
    tell: (keycodes) => child.postMessage(keycodes),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill() {
      unwanted = true;
      child.kill();
    },
  };
}

/** The key is the page's who chose it, and is listened for while that page is in its call. */
export function followCalls(key: GlobalKey, calls: Pick<Calls, 'current' | 'onReport' | 'tell'>): Disposable {
  const store = new DisposableStore();
  store.add(
    calls.onReport(({ call }) => {
      key.setInCall(call === 'joined');
      if (calls.current === null) key.set(null);
    }),
  );
  store.add(key.onHeld((held) => calls.tell({ type: 'talk-key', held })));
  store.add(key.onState((state) => calls.tell({ type: 'global-key', state })));
  const release = () => key.release();
  powerMonitor.on('lock-screen', release);
  powerMonitor.on('suspend', release);
  store.add(
    toDisposable(() => {
      powerMonitor.off('lock-screen', release);
      powerMonitor.off('suspend', release);
    }),
  );
  return store;
}
