/** Owns what an attack is: a name, and what the hostile one does to the room while it is measured. */

import type { AttackStage } from './stage.ts';

export interface Attack {
  readonly name: string;
  /** Runs once two people talk and the hostile guest is in; newcomers come meanwhile. */
  run(stage: AttackStage): Promise<void>;
}
