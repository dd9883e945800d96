/** Owns a new room server before each test, with time by hand. */

import { afterEach, beforeEach } from 'vitest';
import { ManualTime } from '../time/manual-time.ts';
import { openRoomStage, type RoomStage } from './room-server-stage.ts';

export interface TimedStage {
  readonly time: ManualTime;
  readonly stage: RoomStage;
}

/** To be called where tests are told. `give` is handed each test's own. */
export function stageForEachTest(capacity: number, give: (timed: TimedStage) => void): void {
  let stage: RoomStage;
  beforeEach(async () => {
    const time = new ManualTime();
    stage = await openRoomStage({ capacity }, time);
    give({ time, stage });
  });
  afterEach(() => stage.stop());
}
