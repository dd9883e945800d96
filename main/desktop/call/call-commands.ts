/** Owns what a call's page in the app gets done. */

import type { Clipboard } from 'electron';
import { fail, ok } from '../../common/result.ts';
import type { SharedCallCommands } from './call-window.ts';
import type { JoinCall } from './join-call.ts';

export interface CallCommandDependencies {
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly joinCall: JoinCall;
}

export function createCallCommands({ clipboard, joinCall }: CallCommandDependencies): SharedCallCommands {
  return {
    notify: async () => fail('unavailable'),
    setGlobalKey: async () => fail('unavailable'),
    async join(text) {
      const joined = await joinCall(text);
      if (!joined.ok) return fail('bad-link');
      return joined.value ? ok(null) : fail('stayed');
    },
    async copy(text) {
      // Newer releases of Electron answer with a promise here, older ones at once.
      await clipboard.writeText(text);
      return ok(null);
    },
  };
}
