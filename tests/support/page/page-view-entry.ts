/** Owns the page's real views in a browser without a call behind them: a test hands in states and reads the intents. */

import type { AppSystem, CallBridge } from '../../../main/common/call-api/commands.ts';
import { ok } from '../../../main/common/result.ts';
import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import { openPage, openPreferences } from '../../../web-client/open-page.ts';
import { loadCallCode } from '../../../web-client/open-session.ts';
import type { PageIntents } from '../../../web-client/ui/intents.ts';
import type { PageState } from '../../../web-client/ui/page-state.ts';
import { takeOver } from '../../../web-client/ui/shell/document-start.ts';

export interface PageViewWindow {
  render(state: PageState): void;
  /** Settles when all messages of the room are drawn: many are drawn a few at a time. */
  renderWhole(room: RoomState): Promise<void>;
  showLevel(level: number): void;
  rest(): void;
  /** Every intent since the start, first to last. */
  readonly intents: [name: string, ...values: unknown[]][];
}

declare global {
  interface Window {
    pageView: PageViewWindow;
  }
}

const emitted: PageViewWindow['intents'] = [];
const intents = new Proxy({} as PageIntents, {
  get:
    (_target, name) =>
    (...values: unknown[]) =>
      void emitted.push([String(name), ...values]),
});

/** As where the app brings the page; nothing that is asked of it comes to anything. */
function fakeApp(system: AppSystem): CallBridge {
  const done = async () => ok(null);
  return {
    server: location.origin,
    system,
    invite: async () => null,
    report: done,
    notify: done,
    setGlobalKey: done,
    join: done,
    copy: done,
    onEvent: () => () => {},
  };
}

const system = new URLSearchParams(location.search).get('app');
const page = openPage(intents, openPreferences(), system === null ? undefined : fakeApp(system as AppSystem));
takeOver(document);
async function renderWhole(room: RoomState): Promise<void> {
  page.render({ kind: 'room', room, invite: null });
  while (document.querySelectorAll('#chat-log .message').length < room.chat.length)
    await new Promise((next) => requestAnimationFrame(next));
}

// A page with people in it has loaded the code of a call long since. Not awaited here: it imports from what this is in.
void loadCallCode().then(() => {
  window.pageView = {
    renderWhole,
    render: (state) => page.render(state),
    showLevel: (level) => page.showLevel(level),
    rest: () => page.rest(),
    intents: emitted,
  };
});
