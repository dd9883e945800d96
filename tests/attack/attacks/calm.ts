/** Owns the measure of all others: the hostile guest does nothing. */

import type { Attack } from '../stage.ts';

export const calm: Attack = { name: 'nothing', run: async () => {} };
