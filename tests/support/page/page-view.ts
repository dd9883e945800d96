/** Owns the page's real views in Chromium: built, served on loopback under the headers of the host, opened and cleared. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import type { OwnDoor } from '../../../main/common/call-api/commands.ts';
import { documentLanguage } from '../../../main/server/page-documents.ts';
import { contentSecurityPolicy, FIXED_HEADERS } from '../../../main/server/page-headers.ts';
import { cacheControlOf } from '../../../main/server/static-files.ts';
import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import type { PageState } from '../../../web-client/ui/page-state.ts';
import type { PagePreferences } from '../../../web-client/ui/preferences/preference-store.ts';
import { type ChromiumOptions, launchChromium } from '../browser/chromium.ts';
import { startTlsEdge } from '../wire/tls-edge.ts';
import { builtViews } from './built-views.ts';
import type {} from './page-view-entry.ts';
import { ROOM } from './room-states.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** As in web-client/ui/preferences/preference-store.ts. */
const PREFERENCES_KEY = 'secret-call.preferences';
const DESKTOP = { width: 1280, height: 720 };

/** What is asked of the page, how it is looked at, and the rest of the browser's context. */
export interface PageViewOptions
  extends Pick<
    BrowserContextOptions,
    'viewport' | 'colorScheme' | 'reducedMotion' | 'hasTouch' | 'isMobile'
  > {
  readonly query?: string;
}

export const INVITE = `http://localhost/#${'A'.repeat(43)}.${'B'.repeat(22)}`;

export class PageViews {
  readonly #origin: string;
  readonly #browser: Browser;
  /** Pages that nobody uses any more, by the kind of their contexts: a new one takes a second. */
  readonly #idle = new Map<string, ViewPage[]>();
  /** Paths that get no answer but an error, as while the host is away; for pages opened from then on. */
  readonly refused: RegExp[] = [];
  readonly #end: () => Promise<void>;

  private constructor(origin: string, browser: Browser, end: () => Promise<void>) {
    this.#origin = origin;
    this.#browser = browser;
    this.#end = end;
  }

  /** `executablePath`: of Chromium. `publicHost`: named by the address, as that of a tunnel would be; none is loopback. */
  static async start(
    executablePath: string,
    {
      publicHost = null,
      graphicsCard = false,
    }: { readonly publicHost?: string | null } & Pick<ChromiumOptions, 'graphicsCard'> = {},
  ): Promise<PageViews> {
    const { documents, files } = await builtViews();
    let views: PageViews | null = null;
    const server = createServer(({ url = '/', headers }, response) => {
      const { pathname, search } = new URL(url, 'http://localhost');
      const document =
        pathname === '/' ? documents[documentLanguage(search, headers['accept-language'])] : null;
      const refused = views?.refused.some((pattern) => pattern.test(pathname)) ?? false;
      const content = refused ? undefined : (document?.plain ?? files.get(pathname));
      response.writeHead(refused ? 503 : content === undefined ? 404 : 200, {
        ...FIXED_HEADERS,
        'content-security-policy': contentSecurityPolicy(headers.host ?? '', new Set(), document?.inline),
        'content-type': TYPES[extname(document?.fileName ?? pathname)] ?? 'application/octet-stream',
        'cache-control': document === null && !refused ? cacheControlOf(pathname) : 'no-store',
      });
      response.end(content ?? '');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const edge = publicHost === null ? null : await startTlsEdge(port);
    const browser = await launchChromium(executablePath, {
      graphicsCard,
      extraArguments:
        edge === null ? [] : [`--host-resolver-rules=MAP ${publicHost}:443 127.0.0.1:${edge.port}`],
    });
    const origin = publicHost === null ? `http://127.0.0.1:${port}` : `https://${publicHost}`;
    views = new PageViews(origin, browser, async () => {
      await browser.close();
      await edge?.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    });
    return views;
  }

  /** A page as if it was opened for the first time. */
  async open(options: PageViewOptions = {}): Promise<ViewPage> {
    const { query = '?lang=en', viewport, colorScheme, reducedMotion, ...contextOptions } = options;
    const kind = JSON.stringify(contextOptions);
    // Those that were there before have a copy of what is refused now.
    const idle = this.refused.length === 0 ? this.#idle.get(kind)?.pop() : undefined;
    const view = idle ?? (await this.#create(kind, contextOptions));
    await view.page.setViewportSize(viewport ?? DESKTOP);
    await view.page.emulateMedia({
      colorScheme: colorScheme ?? 'light',
      reducedMotion: reducedMotion ?? 'no-preference',
      forcedColors: 'none',
    });
    await view.page.goto(`${this.#origin}/${query}`);
    await view.page.waitForFunction(() => window.pageView !== undefined);
    return view;
  }

  async #create(kind: string, contextOptions: BrowserContextOptions): Promise<ViewPage> {
    const context = await this.#browser.newContext({
      locale: 'en-US',
      timezoneId: 'Europe/Rome',
      // A tunnel's certificate is not to be had here.
      ignoreHTTPSErrors: true,
      ...contextOptions,
    });
    const idle = this.#idle.get(kind) ?? [];
    this.#idle.set(kind, idle);
    return new ViewPage(await context.newPage(), this.refused, (view) => idle.push(view));
  }

  end(): Promise<void> {
    return this.#end();
  }
}

/** By a line of its own, or a question. */
const isRecordingShown = (recording: RoomState['recording']): boolean =>
  recording !== null &&
  (!['off', 'checking', 'choosing'].includes(recording.own.phase) ||
    recording.others.length + recording.kept.length > 0);

/** What stands in the page once the views that come later have drawn the state. */
function signsOf(state: PageState): readonly string[] {
  if (state.kind !== 'room' || state.room.signaling.phase === 'ended') return [];
  const { call, participants, recording } = state.room;
  return [
    // The views of a call write it with whatever they draw.
    ...(call !== 'out' || participants.length > 0 ? ['#hand-label:not(:empty)'] : []),
    ...(call === 'joined' ? ['#stage[data-chat], #stage:not([data-call="joined"])'] : []),
    ...(isRecordingShown(recording) ? ['#record-ask:not([hidden]), #recordings:not([hidden])'] : []),
  ];
}

/**
 * Runs in the page: draws the state, and settles once all the signs stand there, whether time goes on or not. False where the
 * page is not there yet.
 */
async function draw({ state, signs }: { state: PageState; signs: readonly string[] }): Promise<boolean> {
  if (window.pageView === undefined) return false;
  window.pageView.render(state);
  const stand = () => signs.every((sign) => document.querySelector(sign) !== null);
  if (stand()) return true;
  return new Promise((settle) => {
    new MutationObserver((_, observer) => {
      if (!stand()) return;
      observer.disconnect();
      settle(true);
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

/** Runs in the page. */
async function forgetEverything(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name);
}

/** One page with made-up states. */
export class ViewPage {
  readonly page: Page;
  /** What the page or its policy complained of. */
  readonly faults: string[] = [];
  readonly #refused: readonly RegExp[];
  readonly #giveBack: (view: ViewPage) => void;
  #ownsTime = false;

  constructor(page: Page, refused: readonly RegExp[], giveBack: (view: ViewPage) => void) {
    this.page = page;
    this.#refused = refused;
    this.#giveBack = giveBack;
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      const { url } = message.location();
      if (message.type() === 'error' && !this.#isRefused(url)) this.faults.push(message.text());
    });
  }

  /** As opened by whoever chose these before. */
  async reload(preferences: Partial<PagePreferences> = {}): Promise<void> {
    await this.page.evaluate(({ key, value }) => localStorage.setItem(key, value), {
      key: PREFERENCES_KEY,
      value: JSON.stringify(preferences),
    });
    await this.page.reload();
  }

  async show(state: PageState): Promise<void> {
    const shown = { state, signs: signsOf(state) };
    if (await this.page.evaluate(draw, shown)) return;
    await this.page.waitForFunction(() => window.pageView !== undefined);
    await this.page.evaluate(draw, shown);
  }

  /** In the call, but for these. */
  async render(changes: Partial<RoomState>): Promise<void> {
    await this.renderRoom({ call: 'joined', ...changes });
  }

  /** As ROOM, but for these. */
  async renderRoom(changes: Partial<RoomState>): Promise<void> {
    await this.show({ kind: 'room', room: { ...ROOM, ...changes }, invite: INVITE });
  }

  /** As the app tells it. */
  showOwnDoor(ownDoor: OwnDoor): Promise<void> {
    return this.page.evaluate((door) => window.pageView.app?.emit({ type: 'door', door }), ownDoor);
  }

  showLevel(level: number): Promise<void> {
    return this.page.evaluate((value) => window.pageView.showLevel(value), level);
  }

  rest(): Promise<void> {
    return this.page.evaluate(() => window.pageView.rest());
  }

  /** Addresses of all that the page has loaded since it was opened, from wherever. */
  loaded(): Promise<string[]> {
    return this.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  }

  async intents(name: string): Promise<unknown[][]> {
    const all = await this.page.evaluate(() => window.pageView.intents);
    return all.filter(([intent]) => intent === name).map(([, ...values]) => values);
  }

  #isRefused(url: string): boolean {
    return this.#refused.some((pattern) => pattern.test(url));
  }

  /** From here on only the test lets time pass, by `page.clock`. */
  async stopTime(): Promise<void> {
    this.#ownsTime = true;
    await this.page.clock.install({ time: 0 });
    await this.page.clock.pauseAt(60_000);
  }

  /** Leaves nothing of what was done here to the next one who opens such a page. */
  async close(): Promise<void> {
    const { page } = this;
    // Time that was stopped does not go on in this context.
    if (this.#ownsTime) return page.context().close();
    await page.evaluate(forgetEverything);
    await page.mouse.move(0, 0);
    this.faults.length = 0;
    this.#giveBack(this);
  }
}
