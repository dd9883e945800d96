/** Owns what the window shows of updates: where one stands between being looked for and being installed, or why it does not go on. */

import type { HostSnapshot } from './snapshot.ts';

export const UPDATE_ERROR_CODES = [
  'offline',
  'no-feed',
  'feed-broken',
  'feed-forged',
  'feed-older',
  'no-file',
  'cut-off',
  'file-altered',
  'wrong-publisher',
  'disk-full',
  'not-writable',
  'not-installed',
] as const;
/** Why no update was found, fetched or installed. The program that is installed stays as it is. */
export type UpdateErrorCode = (typeof UPDATE_ERROR_CODES)[number];

/** `itself`: fetched and installed by the program; `by-hand`: by the person, from the download page. */
export type UpdateWay = 'itself' | 'by-hand';

/** From nothing to be told, to what waits for the person. `version` is the newer one. */
export type UpdateProgress =
  | { readonly phase: 'quiet' }
  | { readonly phase: 'checking' }
  | { readonly phase: 'newest' }
  | { readonly phase: 'offered'; readonly version: string }
  /** To be fetched once nobody calls and no room is open. */
  | { readonly phase: 'held'; readonly version: string }
  | { readonly phase: 'downloading'; readonly version: string; readonly percent: number }
  | { readonly phase: 'ready'; readonly version: string }
  | { readonly phase: 'installing'; readonly version: string }
  /** Of looking for one, or of one that was found and can be tried again. */
  | { readonly phase: 'failed'; readonly code: UpdateErrorCode; readonly version: string | null };

export interface UpdateStatus {
  /** Of this program. */
  readonly current: string;
  /** Who is asked; null where this build looks for none. */
  readonly source: { readonly host: string; readonly way: UpdateWay } | null;
  /** Whether a call or an open room keeps updates waiting. */
  readonly held: boolean;
  readonly progress: UpdateProgress;
}

export const UPDATE_ACTIONS = ['check', 'download', 'install', 'open-page', 'put-away'] as const;
/** What the person may have done about updates; whence and what is fetched is not theirs to say. */
export type UpdateAction = (typeof UPDATE_ACTIONS)[number];

/** Everything the window shows: the host's state, and that of updates. */
export interface WindowSnapshot extends HostSnapshot {
  readonly updates: UpdateStatus;
}
