/** Owns what the app and a call's page in it are to each other, besides the commands: reports, events and the page's address. */

import type { CallCommands, CallReport, OwnDoor } from './commands.ts';
import type { GlobalKeyState } from './global-key.ts';

/** A page of the app, and of nobody else: no website can have such an origin. */
export const CALL_PAGE_ORIGIN = 'app://call';

/** Nobody is in a call, or none is open. */
export const NO_CALL: CallReport = { call: 'out', microphone: 'none', others: 0 };

/** What the app tells the page. */
export type CallEvent =
  | { readonly type: 'invite'; readonly invite: string | null }
  /** The key that works everywhere is held, or was let go. */
  | { readonly type: 'talk-key'; readonly held: boolean }
  /** It is heard no longer, though it should be. */
  | { readonly type: 'global-key'; readonly state: GlobalKeyState }
  /** The own room's door stands otherwise, or others wait there; said to the call of the own room alone. */
  | { readonly type: 'door'; readonly door: OwnDoor | null }
  | { readonly type: 'toggle-microphone' }
  | { readonly type: 'leave' };

/** Whose words the page uses for what only the system's settings can change. */
export type AppSystem = 'macos' | 'windows' | 'linux';

/** `window.app` in the call's page; a browser has none. */
export interface CallBridge extends CallCommands {
  readonly system: AppSystem;
  /** Origin of the room's server: where the page's WebSocket goes. */
  readonly server: string;
  /** Calls back with each event until the returned function is called. */
  onEvent(listener: (event: CallEvent) => void): () => void;
}

/** IPC channel of the events. */
export const CALL_EVENT_CHANNEL = 'call:event';

/** Argument by which the page's process is told its server. */
export const SERVER_ARGUMENT = '--call-server=';
