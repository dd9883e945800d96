/** Owns following a tunnel's status in a test. */

import type { TunnelStatus } from '../../../main/common/host-api/snapshot.ts';
import type { Tunnel } from '../../../main/tunnel/tunnel.ts';

export interface TunnelWatch {
  /** Every status since the watch began. */
  readonly statuses: readonly TunnelStatus[];
  /** The first status of that phase that came after the last one asked for. */
  next<Phase extends TunnelStatus['phase']>(phase: Phase): Promise<Extract<TunnelStatus, { phase: Phase }>>;
}

export function watchTunnel(tunnel: Tunnel): TunnelWatch {
  const statuses: TunnelStatus[] = [];
  let taken = 0;
  let wake = (): void => {};
  tunnel.onStatus((status) => {
    statuses.push(status);
    wake();
  });
  return {
    statuses,
    async next(phase) {
      for (;;) {
        for (let status = statuses[taken]; status !== undefined; status = statuses[taken]) {
          taken++;
          if (isPhase(status, phase)) return status;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function isPhase<Phase extends TunnelStatus['phase']>(
  status: TunnelStatus,
  phase: Phase,
): status is Extract<TunnelStatus, { phase: Phase }> {
  return status.phase === phase;
}
