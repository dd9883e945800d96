/** Owns keeping one hosted room on the disk: after each change, no oftener than need be, never an older state after a newer. */

import type { Disposable } from '../common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { KEPT_ROOM_WRITES } from '../common/protocol/limits.ts';
import { LatestThrottle } from '../common/timing/latest-throttle.ts';
import { SerialQueue } from '../common/timing/serial-queue.ts';
import type { KeptRoom } from './kept-room.ts';
import type { KeptRoomFile } from './kept-room-file.ts';

export interface RoomKeepingSetup {
  readonly file: Pick<KeptRoomFile, 'write' | 'remove'>;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** The room as it is now. */
  readonly keep: () => KeptRoom;
  /** Once, when the room could not be written. What lay there is gone then: an old state could let somebody back in. */
  readonly onFailed: () => void;
}

export class RoomKeeping implements Disposable {
  readonly #setup: RoomKeepingSetup;
  readonly #throttle: LatestThrottle<void>;
  readonly #writes = new SerialQueue();
  #written = '';
  #failed = false;
  #over = false;

  constructor(setup: RoomKeepingSetup) {
    this.#setup = setup;
    this.#throttle = new LatestThrottle({
      ...setup,
      limit: KEPT_ROOM_WRITES,
      tell: () => void this.#write(),
    });
  }

  /** Something may have changed. */
  handleChange(): void {
    if (!this.#over) this.#throttle.push();
  }

  /** Now; settles when it is on the disk, or could not be. */
  flush(): Promise<void> {
    this.#throttle.dispose();
    return this.#over ? Promise.resolve() : this.#write();
  }

  /** The room is over; settles when nothing is left of it. */
  end(): Promise<void> {
    this.#over = true;
    this.dispose();
    return this.#writes.run(() => this.#setup.file.remove()).catch(() => this.#fail());
  }

  /** What waits to be written is not written any more. */
  dispose(): void {
    this.#throttle.dispose();
  }

  #write(): Promise<void> {
    return this.#writes.run(async () => {
      const { file, keep } = this.#setup;
      const kept = keep();
      const state = fingerprintOf(kept);
      if (state === this.#written) return;
      try {
        await file.write(kept);
        this.#written = state;
      } catch {
        this.#written = '';
        await file.remove().catch(() => {});
        this.#fail();
      }
    });
  }

  #fail(): void {
    if (!this.#failed) this.#setup.onFailed();
    this.#failed = true;
  }
}

/** What tells two states apart: all but the time at which they were taken. */
function fingerprintOf({ options, server: { places, formerTunnels } }: KeptRoom): string {
  return JSON.stringify([options, formerTunnels, places.door, places.files, places.links, places.members]);
}
