/** Owns where a file stands that comes in, as the page has it, and what is shown of that. */

import type { FilePhase } from '../state/files-state.ts';

export type IncomingState =
  | 'offered'
  /** Accepted; where it is kept is being opened. */
  | 'opening'
  | 'receiving'
  /** This page was loaded anew: the rest is asked for once the sender is there. */
  | 'away'
  /** The sender did not come, or left; should they be there after all, it goes on. */
  | 'gone'
  /** What wrote it broke; the person may have it go on. */
  | 'broken-off'
  /** The sender was asked for the rest. */
  | 'asking'
  | 'checking'
  | 'whole'
  | 'ended';

/** It goes on once its sender, or the person here, does something about it. */
export function isInterrupted(state: IncomingState): boolean {
  return ['away', 'gone', 'broken-off', 'asking'].includes(state);
}

export function phaseOf(state: IncomingState): FilePhase {
  switch (state) {
    case 'opening':
    case 'away':
    case 'asking':
      return 'waiting';
    case 'receiving':
    case 'broken-off':
      return 'moving';
    case 'gone':
      return 'ended';
    default:
      return state;
  }
}
