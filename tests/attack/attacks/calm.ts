/** Owns the measure of all others: the hostile guest does nothing. */

import { pause } from '../../netsim/row.ts';
import type { Attack } from '../stage.ts';
import { withOwnPage } from './door.ts';

/** As long as an attack lasts. */
const LASTS_MS = 6_000;

export const calm: Attack = withOwnPage({ name: 'nothing', run: () => pause(LASTS_MS) });
