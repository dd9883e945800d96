/** Owns the switch that hides the own address: what it shows by the host's TURN servers, and why it may not be turned. */

import type { RoomState } from '../../core/state/room-state.ts';
import type { SettingsKey } from '../../i18n/settings-en.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { SettingsForm } from './settings-form.ts';

interface Shown {
  readonly on: boolean;
  readonly note: SettingsKey;
  /** Nothing is to be chosen here. */
  readonly fixed: boolean;
}

/** Before one is in nobody is told of a TURN server: then it may be chosen, and holds as soon as one comes in. */
function viewOf(wanted: boolean, room: Pick<RoomState, 'call' | 'relays'> | null): Shown {
  if (room?.relays === 'only') return { on: true, note: 'connection.hide.host', fixed: true };
  if (room?.call !== 'joined' || room.relays === 'some')
    return { on: wanted, note: 'connection.hide.text', fixed: false };
  // Whoever wanted it is not shown to others for the lack of a server, but can give it up.
  return wanted
    ? { on: true, note: 'connection.hide.stuck', fixed: false }
    : { on: false, note: 'connection.hide.none', fixed: true };
}

export function hideAddress(form: SettingsForm, preferences: PreferenceStore) {
  let room: RoomState | null = null;
  const row = form.switchRow('connection.hide', 'connection.hide.text', (on) =>
    preferences.update({ hideAddress: on }),
  );
  const render = () => {
    const { on, note, fixed } = viewOf(preferences.value.hideAddress, room);
    row.explain(note, fixed);
    row.show(on);
  };
  return {
    element: row.element,
    render,
    /** `room` is null where there is no call to be in. */
    handleRoom: (next: RoomState | null) => {
      room = next;
      render();
    },
  };
}
