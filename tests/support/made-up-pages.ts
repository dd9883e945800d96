/** Owns building the page's views for a browser, and serving them on loopback under the headers of the host. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { build, type Plugin } from 'vite';
import { contentSecurityPolicy, FIXED_HEADERS } from '../../main/server/page-headers.ts';
import { pageMarkup } from '../../scripts/page-markup.mjs';
import type { RoomState } from '../../web-client/core/room-state.ts';
import type {} from './made-up-page.ts';
import { ROOM } from './room-states.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** The views' own start in the place of the page's. */
const withMadeUpStart = (): Plugin => ({
  name: 'made-up-start',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('./main.ts', resolve('tests/support/made-up-page.ts')),
  },
});

export class MadeUpPages {
  /** Paths that get no answer but an error, as while the host is away. */
  readonly refused: RegExp[] = [];
  readonly #folder: string;
  readonly #server: Server;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer(async ({ url = '/', headers: { host = '' } }, response) => {
      const { pathname } = new URL(url, 'http://localhost');
      const content = this.refused.some((pattern) => pattern.test(pathname))
        ? null
        : await readFile(join(folder, pathname === '/' ? 'index.html' : pathname)).catch(() => null);
      response.writeHead(content === null ? 503 : 200, {
        ...FIXED_HEADERS,
        'content-security-policy': contentSecurityPolicy(host, new Set()),
        'content-type': TYPES[pathname === '/' ? '.html' : extname(pathname)] ?? 'application/octet-stream',
      });
      response.end(content ?? '');
    });
  }

  static async serve(): Promise<MadeUpPages> {
    const folder = await mkdtemp(join(tmpdir(), 'made-up-pages-'));
    await build({
      configFile: false,
      logLevel: 'error',
      root: resolve('web-client'),
      plugins: [withMadeUpStart(), pageMarkup()],
      build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: false, minify: false },
    });
    const pages = new MadeUpPages(folder);
    await new Promise<void>((listening) => pages.#server.listen(0, '127.0.0.1', listening));
    return pages;
  }

  async open(
    browser: Browser,
    { query = '', ...options }: BrowserContextOptions & { readonly query?: string } = {},
  ): Promise<ShownPage> {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    const shown = new ShownPage(await context.newPage());
    const { port } = this.#server.address() as AddressInfo;
    await shown.page.goto(`http://127.0.0.1:${port}/${query}`);
    await shown.render({});
    return shown;
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** One page that shows what it is handed. */
export class ShownPage {
  readonly page: Page;
  /** What nobody caught, and what the page's own policy had to stop. */
  readonly faults: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', ({ message }) => this.faults.push(message));
    page.on('console', (entry) => {
      if (entry.type() === 'error' && entry.text().includes('Content Security Policy'))
        this.faults.push(entry.text());
    });
  }

  /** A room that is as ROOM but for these. */
  async render(changes: Partial<RoomState>): Promise<void> {
    await this.page.waitForFunction(() => window.madeUpPage !== undefined);
    const room: RoomState = { ...ROOM, ...changes };
    await this.page.evaluate(
      (state) => window.madeUpPage.render({ kind: 'room', room: state, invite: null }),
      room,
    );
  }

  showLevel(level: number): Promise<void> {
    return this.page.evaluate((value) => window.madeUpPage.showLevel(value), level);
  }

  /** The values of each wish of that name, first to last. */
  async wishes(name: string): Promise<unknown[][]> {
    const all = await this.page.evaluate(() => window.madeUpPage.wishes);
    return all.filter(([wish]) => wish === name).map(([, ...values]) => values);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
