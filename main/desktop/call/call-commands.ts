/** Owns what a call's page in the app gets done. */

import type { Clipboard } from 'electron';
import type { CallNotice } from '../../common/call-api/commands.ts';
import { fail, ok } from '../../common/result.ts';
import type { DoorCommands } from './call-door.ts';
import type { SharedCallCommands } from './call-window.ts';
import type { GlobalKey } from './global-key.ts';
import type { JoinCall } from './join-call.ts';

export interface CallCommandDependencies {
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly joinCall: JoinCall;
  readonly globalKey: Pick<GlobalKey, 'set'>;
  readonly notify: (notice: CallNotice) => void;
}

/** All but what depends on which call it is. */
export function createCallCommands(
  dependencies: CallCommandDependencies,
): Omit<SharedCallCommands, keyof DoorCommands> {
  const { clipboard, joinCall, globalKey, notify } = dependencies;
  return {
    async notify(notice) {
      notify(notice);
      return ok(null);
    },
    setGlobalKey: async (key) => ok(globalKey.set(key)),
    async join(text) {
      const joined = await joinCall(text);
      if (!joined.ok) return fail(joined.error === 'internal' ? 'internal' : 'bad-link');
      return joined.value ? ok(null) : fail('stayed');
    },
    async copy(text) {
      // Newer releases of Electron answer with a promise here, older ones at once.
      await clipboard.writeText(text);
      return ok(null);
    },
  };
}
