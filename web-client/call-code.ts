/** Owns the code of a call once it has come: what stands in its file for the session and for the page. */

import type { CallDeps } from './core/call/call-deps.ts';
import type { OpenCall } from './core/waiting/call-port.ts';
import type { FormerPage } from './core/waiting/former-page.ts';
import type { keepCall } from './keep-call.ts';
import type { CallViewsCode } from './ui/call/lazy-call-views.ts';

/** What a call shares with the session it belongs to. */
export type SharedDeps = Pick<CallDeps, 'crypto' | 'text' | 'clock' | 'timers' | 'logger' | 'visibility'>;

export interface CallCode extends CallViewsCode {
  openCall(shared: SharedDeps): Promise<OpenCall<RTCCertificate>>;
  /** What the tab's former page left to this one, once. */
  takeFormer(): Promise<FormerPage<RTCCertificate> | null>;
  /** Keeps for a reload how one stands in the call, and goes back to it after one. */
  readonly keepCall: typeof keepCall;
}

let code: CallCode | null = null;

/**
 * Called by the code itself as it runs, which exports nothing: the bundler keeps a lazy module's exports in a file of their
 * own as soon as other parts share anything with it, and that file would be waited for before the one with the code.
 */
export function handIn(came: CallCode): void {
  code = came;
}

/** After it has run. */
export function handedIn(): CallCode {
  if (code === null) throw new Error('the code of the call has not run');
  return code;
}
