/** Owns the flood of candidates that each lead to another place, somewhat more than the browser is given of one person. */

import { CANDIDATES_PER_GENERATION, ICE_CANDIDATES_PER_BOX } from '../../../main/common/protocol/limits.ts';
import type { Attack } from '../stage.ts';

const BOXES = CANDIDATES_PER_GENERATION / ICE_CANDIDATES_PER_BOX + 2;

export const places: Attack = {
  name: `${BOXES * ICE_CANDIDATES_PER_BOX} candidates, each of another place`,
  run: async (stage) => {
    for (let box = 0; box < BOXES; box++) {
      const candidates = Array.from({ length: ICE_CANDIDATES_PER_BOX }, (_, index) => ({
        candidate: `candidate:1 1 udp 2122260223 192.0.2.${index + 1} ${20_000 + box} typ host`,
        sdpMid: '0',
        sdpMLineIndex: 0,
        usernameFragment: null,
      }));
      await stage.strike((body) => window.hostile.say({ type: 'ice', body }, 1), { epoch: 1, candidates });
    }
  },
};
