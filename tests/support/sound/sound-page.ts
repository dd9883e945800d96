/** Owns a page with a session and no views: for tests of what is heard, run in a real browser by `SoundGuest`. */

import { parseFragment } from '../../../main/common/e2ee/invite-link.ts';
import { openSession } from '../../../web-client/open-session.ts';

declare global {
  interface Window {
    openCall(invite: string): void;
    session: ReturnType<typeof openSession>;
    levels: number[];
  }
}

window.levels = [];
window.openCall = (invite) => {
  const link = parseFragment(new URL(invite).hash);
  if (link === null) throw new Error('the invite has no link');
  window.session = openSession({ server: location.origin, link }, window.sessionStorage, window.localStorage);
  window.session.onLevel((level) => window.levels.push(level));
  window.session.start();
};
