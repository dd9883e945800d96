/** Owns what is news of files between two states: what was offered, what has arrived, and what did not. */

import type { FileTransfer } from '../../core/state/files-state.ts';

export interface FileNews {
  /** To this page, to be answered. */
  readonly offered: readonly FileTransfer[];
  /** Here, and to be saved. */
  readonly arrived: readonly FileTransfer[];
  /** At the other's. */
  readonly delivered: readonly FileTransfer[];
  /** Not by one's own hand; or held back, as what reads and writes broke. */
  readonly ended: readonly FileTransfer[];
}

export function fileNews(before: readonly FileTransfer[], after: readonly FileTransfer[]): FileNews {
  const earlier = new Map(before.map((transfer) => [transfer.key, transfer]));
  const changed = after.filter(({ key, phase }) => earlier.get(key)?.phase !== phase);
  const whole = changed.filter(({ phase }) => phase === 'whole');
  return {
    offered: changed.filter(
      ({ key, direction, phase }) =>
        direction === 'in' && (phase === 'offered' || phase === 'unready') && !earlier.has(key),
    ),
    arrived: whole.filter(({ direction }) => direction === 'in'),
    delivered: whole.filter(({ direction }) => direction === 'out'),
    ended: after.filter((transfer) => {
      const known = earlier.get(transfer.key);
      const ended = transfer.phase === 'ended' && known?.phase !== 'ended' && !isOwnDoing(transfer);
      const waits = transfer.phase === 'unready' && transfer.direction === 'out' && known === undefined;
      return ended || waits || (transfer.fault && known?.fault !== true);
    }),
  };
}

function isOwnDoing({ direction, why }: FileTransfer): boolean {
  return why === 'cancelled-here' || (why === 'declined' && direction === 'in');
}
