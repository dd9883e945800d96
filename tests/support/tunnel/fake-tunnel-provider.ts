/** Owns a tunnel provider that does only what a test says: each session waits to be given an address or an end. */

import type { TunnelErrorCode, TunnelProviderName } from '../../../main/common/host-api/snapshot.ts';
import type { TunnelProvider, TunnelSession } from '../../../main/tunnel/providers/provider.ts';

interface FakeTunnelSession extends TunnelSession {
  end(code: TunnelErrorCode): void;
}

export class FakeTunnelProvider implements TunnelProvider {
  readonly name: TunnelProviderName;
  installed = true;
  readonly connectTimeoutMs = 45_000;
  /** Every session ever begun. */
  readonly sessions: FakeTunnelSession[] = [];
  /** Sessions whose process would be running. */
  running = 0;
  /** Whether an aborted session ends by itself; else the test calls `end`. */
  endsOnAbort = true;
  /** What else a session does by itself. */
  onSession: (session: FakeTunnelSession) => void = () => {};

  constructor(name: TunnelProviderName = 'localhost.run') {
    this.name = name;
  }

  isInstalled(): Promise<boolean> {
    return Promise.resolve(this.installed);
  }

  run(session: TunnelSession): Promise<TunnelErrorCode> {
    this.running++;
    return new Promise<TunnelErrorCode>((resolve) => {
      const end = (code: TunnelErrorCode): void => resolve(code);
      const fake = { signal: session.signal, onAddress: (url: string) => session.onAddress(url), end };
      this.sessions.push(fake);
      session.signal.addEventListener('abort', () => {
        if (this.endsOnAbort) end('tunnel-lost');
      });
      this.onSession(fake);
    }).finally(() => {
      this.running--;
    });
  }

  /** The newest session. */
  get session(): FakeTunnelSession {
    const session = this.sessions.at(-1);
    if (session === undefined) throw new Error('no session was begun');
    return session;
  }
}
