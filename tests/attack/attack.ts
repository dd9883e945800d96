/** Owns what an attack is: a name, and what the hostile one does to the room while it is measured. */

import type { AttackStage } from './stage.ts';

export interface Attack {
  readonly name: string;
  /** The ways of the two who talk to their servers can be cut, and strangers answer. */
  readonly routesSockets?: boolean;
  /** Runs once two people talk and the hostile guest is in; newcomers come meanwhile. */
  run(stage: AttackStage): Promise<void>;
}
