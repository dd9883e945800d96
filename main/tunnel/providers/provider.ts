/** Owns the one interface that tunnel providers stand behind: run a session, announce addresses, end with a code. */

import type { TunnelErrorCode, TunnelProviderName } from '../../common/host-api/snapshot.ts';

export interface TunnelSession {
  /** Ends the session: its process is terminated, then killed. */
  readonly signal: AbortSignal;
  /** Called for every address of this session, `https://name` without a trailing slash; the last one counts. */
  onAddress(url: string): void;
}

export interface TunnelProvider {
  readonly name: TunnelProviderName;
  /** Whether the program that it needs is here. */
  isInstalled(): Promise<boolean>;
  /** From the start of a session to its first address; after that the session is given up. */
  readonly connectTimeoutMs: number;
  /**
   * Runs one session from connecting to its end. Resolves with the reason once the session's process is gone, and not
   * before, so that two never run side by side; what it resolves with after an abort has no meaning.
   */
  run(session: TunnelSession): Promise<TunnelErrorCode>;
}
