/** Owns the measure of all others: the hostile guest does nothing. */

import type { Attack } from '../attack.ts';

export const calm: Attack = { name: 'nothing', run: async () => {} };
