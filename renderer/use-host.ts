/** Owns how components give commands: the bridge by context, with the system it runs on; a command's progress and last failure by hook. */

import { createContext, useCallback, useContext, useRef, useState } from 'react';
import type { CommandResult, HostCommands } from '../main/common/host-api/commands.ts';
import type { HostErrorCode, HostSystem } from '../main/common/host-api/snapshot.ts';

export const HostContext = createContext<HostCommands | null>(null);

/** Whose words the remedies are in. */
export const SystemContext = createContext<HostSystem>('linux');

export const useSystem = (): HostSystem => useContext(SystemContext);

export function useHost(): HostCommands {
  const host = useContext(HostContext);
  if (!host) throw new Error('no HostContext above');
  return host;
}

export interface Command {
  readonly pending: boolean;
  /** Why the last run failed; null before the first, after a success and after forget(). */
  readonly failure: HostErrorCode | null;
  /** Runs unless the last run is still under way; true when it succeeded. */
  run(command: () => Promise<CommandResult>): Promise<boolean>;
  forget(): void;
}

export function useCommand(): Command {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<HostErrorCode | null>(null);
  const busy = useRef(false);
  const run = useCallback(async (command: () => Promise<CommandResult>) => {
    if (busy.current) return false;
    busy.current = true;
    setPending(true);
    const code = await command().then(
      (result) => (result.ok ? null : result.error),
      () => 'internal' as const,
    );
    busy.current = false;
    setPending(false);
    setFailure(code);
    return code === null;
  }, []);
  const forget = useCallback(() => setFailure(null), []);
  return { pending, failure, run, forget };
}
