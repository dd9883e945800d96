import type { AppSystem } from '../../../main/common/call-api/bridge.ts';
import type { GlobalKeyState } from '../../../main/common/call-api/global-key.ts';
import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import { openPage, openPreferences } from '../../../web-client/open-page.ts';
import { loadCallCode } from '../../../web-client/open-session.ts';
import type { PageIntents } from '../../../web-client/ui/intents.ts';
import type { PageState } from '../../../web-client/ui/page-state.ts';
import { takeOver } from '../../../web-client/ui/shell/document-start.ts';
import { FakeApp } from './fake-app.ts';

export interface PageViewWindow {
  render(state: PageState): void;
  /** Settles when all messages of the room are drawn: many are drawn a few at a time. */
  renderWhole(room: RoomState): Promise<void>;
  showLevel(level: number): void;
  rest(): void;
  /** Where the address has `app=` and a system; beside it `key=` may tell how it stands with the global key. */
  readonly app: FakeApp | undefined;
  /** Every intent since the start, first to last. */
  readonly intents: [name: string, ...values: unknown[]][];
}

declare global {
  interface Window {
    pageView: PageViewWindow;
  }
}

const emitted: PageViewWindow['intents'] = [];
/** Some picture, a little wider than high. */
function somePicture(): ImageBitmap {
  const canvas = new OffscreenCanvas(640, 480);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  for (const [at, colour] of ['#8ecbff', '#f4c36a', '#3c8f6d', '#23543f'].entries()) {
    context.fillStyle = colour;
    context.fillRect(0, at * 120, 640, 120);
  }
  return canvas.transferToImageBitmap();
}

const answers: Partial<PageIntents> = { previewOf: async () => somePicture() };
const intents = new Proxy({} as PageIntents, {
  get:
    (_target, name) =>
    (...values: unknown[]) => {
      emitted.push([String(name), ...values.map(toldValue)]);
      const answer: unknown = Reflect.get(answers, name);
      return typeof answer === 'function' ? Reflect.apply(answer, null, values) : undefined;
    },
});

/** Of files their names, for a file itself cannot be told to who asks. */
function toldValue(value: unknown): unknown {
  const isFiles = Array.isArray(value) && value.length > 0 && value.every((one) => one instanceof File);
  return isFiles ? value.map(({ name }) => name) : value;
}

/** As where the app brings the page. */
function fakeApp(asked: URLSearchParams): FakeApp | undefined {
  const system = asked.get('app') as AppSystem | null;
  const state = (asked.get('key') ?? 'on') as GlobalKeyState;
  return system === null ? undefined : new FakeApp(location.origin, system, state);
}

const app = fakeApp(new URLSearchParams(location.search));
const page = openPage(intents, openPreferences(), app);
takeOver(document);
async function renderWhole(room: RoomState): Promise<void> {
  page.render({ kind: 'room', room, invite: null });
  while (document.querySelectorAll('#chat-log .message').length < room.chat.length)
    await new Promise((next) => requestAnimationFrame(next));
}

/** In the app its own words come a moment later. */
async function spokenInApp(): Promise<void> {
  while (app !== undefined && !document.querySelector('[data-text="privacy.own-code"]')?.textContent)
    await new Promise((next) => requestAnimationFrame(next));
}

// A page with people in it has loaded the code of a call long since. Not awaited here: it imports from what this is in.
void Promise.all([loadCallCode(), spokenInApp()]).then(() => {
  window.pageView = {
    renderWhole,
    render: (state) => page.render(state),
    showLevel: (level) => page.showLevel(level),
    rest: () => page.rest(),
    app,
    intents: emitted,
  };
});
