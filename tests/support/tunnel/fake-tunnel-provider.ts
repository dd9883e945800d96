/** Owns a tunnel provider that does only what a test says: each session waits to be given an address or an end. */

import type { TunnelErrorCode } from '../../../main/common/host-api/snapshot.ts';
import type { TunnelProvider, TunnelSession } from '../../../main/tunnel/providers/provider.ts';

interface FakeSession extends TunnelSession {
  end(code: TunnelErrorCode): void;
}

export class FakeTunnelProvider implements TunnelProvider {
  readonly connectTimeoutMs = 45_000;
  /** Every session ever begun. */
  readonly sessions: FakeSession[] = [];
  /** Sessions whose process would be running. */
  running = 0;
  /** Whether an aborted session ends by itself; else the test calls `end`. */
  endsOnAbort = true;

  run(session: TunnelSession): Promise<TunnelErrorCode> {
    this.running++;
    return new Promise<TunnelErrorCode>((resolve) => {
      const end = (code: TunnelErrorCode): void => resolve(code);
      this.sessions.push({ signal: session.signal, onAddress: (url) => session.onAddress(url), end });
      session.signal.addEventListener('abort', () => {
        if (this.endsOnAbort) end('tunnel-lost');
      });
    }).finally(() => {
      this.running--;
    });
  }

  /** The newest session. */
  get session(): FakeSession {
    const session = this.sessions.at(-1);
    if (session === undefined) throw new Error('no session was begun');
    return session;
  }
}
