import type { AppSystem, CallBridge, CallEvent } from '../../../main/common/call-api/bridge.ts';
import type { CallNotice, OwnDoor } from '../../../main/common/call-api/commands.ts';
import type { GlobalKeyState, PlacedKey } from '../../../main/common/call-api/global-key.ts';

export class FakeApp implements CallBridge {
  readonly server: string;
  readonly system: AppSystem;
  /** Each key that was to be listened for, first to last. */
  readonly keys: (PlacedKey | null)[] = [];
  /** How it stands with any key. */
  state: GlobalKeyState;
  readonly #listeners = new Set<(event: CallEvent) => void>();

  constructor(server: string, system: AppSystem, state: GlobalKeyState) {
    this.server = server;
    this.system = system;
    this.state = state;
  }

  async setGlobalKey(key: PlacedKey | null) {
    this.keys.push(key);
    return { ok: true, value: key === null ? 'off' : this.state } as const;
  }

  onEvent(listener: (event: CallEvent) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  emit(event: CallEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  readonly invite = async () => null;
  readonly report = done;
  /** What was told that may be worth a notification, first to last. */
  readonly notices: CallNotice[] = [];
  readonly notify = async (notice: CallNotice) => {
    this.notices.push(notice);
    return { ok: true, value: null } as const;
  };
  readonly join = done;
  readonly copy = done;
  /** What the own room's door is found to be. */
  ownDoor: OwnDoor | null = null;
  readonly door = async () => this.ownDoor;
  readonly setLocked = done;
  readonly setLobby = done;
  readonly admit = done;
  readonly refuse = done;
  readonly resume = async () => null;
  readonly announceSave = refused;
  readonly saved = refused;
  readonly showSaved = done;
}

async function refused() {
  return { ok: false, error: 'unavailable' } as const;
}

async function done() {
  return { ok: true, value: null } as const;
}
