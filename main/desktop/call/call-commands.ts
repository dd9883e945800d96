/** Owns what a call's page in the app gets done. */

import type { Clipboard } from 'electron';
import { fail, ok } from '../../common/result.ts';
import type { SharedCallCommands } from './call-window.ts';

export interface CallCommandDependencies {
  readonly clipboard: Pick<Clipboard, 'writeText'>;
}

export function createCallCommands({ clipboard }: CallCommandDependencies): SharedCallCommands {
  return {
    notify: async () => fail('unavailable'),
    setGlobalKey: async () => fail('unavailable'),
    join: async () => fail('unavailable'),
    async copy(text) {
      // Newer releases of Electron answer with a promise here, older ones at once.
      await clipboard.writeText(text);
      return ok(null);
    },
  };
}
