/** Owns a browser with the recorder's page, in a profile of its own. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { contentSecurityPolicy, FILE_POLICY } from '../../../main/server/page-headers.ts';
import { chromiumArguments } from '../browser/chromium.ts';
import { writeTone } from '../sound/tone.ts';
import type { PageFile } from './recorder-page.ts';

const PAGE = '<!doctype html><title>recorder</title><script type="module" src="/page.js"></script>';

export class RecorderRig {
  readonly directory: string;
  /** What pages threw and nobody caught. */
  readonly faults: string[] = [];
  readonly #server: Server;
  #browsers: Browser[] = [];

  private constructor(directory: string, server: Server) {
    this.directory = directory;
    this.#server = server;
  }

  static async create(): Promise<RecorderRig> {
    const directory = await mkdtemp(join(tmpdir(), 'secret-call-recorder-'));
    const built = join(directory, 'built');
    await build({
      configFile: false,
      logLevel: 'error',
      root: resolve('.'),
      publicDir: false,
      build: {
        outDir: built,
        assetsInlineLimit: 0,
        modulePreload: false,
        rolldownOptions: {
          input: resolve('tests/support/recording/recorder-page.ts'),
          output: { entryFileNames: 'page.js' },
        },
      },
    });
    const server = createServer(({ url = '/', headers }, response) => {
      if (url === '/')
        response
          .writeHead(200, {
            'content-type': 'text/html',
            'content-security-policy': contentSecurityPolicy(headers.host ?? '', new Set()),
          })
          .end(PAGE);
      else
        readFile(join(built, url)).then(
          (file) =>
            response
              .writeHead(200, { 'content-type': 'text/javascript', 'content-security-policy': FILE_POLICY })
              .end(file),
          () => response.writeHead(404).end(),
        );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new RecorderRig(directory, server);
  }

  async open(executablePath: string, microphoneHz: number): Promise<{ browser: Browser; page: Page }> {
    const tonePath = await writeTone(this.directory, microphoneHz);
    const browser = await puppeteer.launch({
      executablePath,
      userDataDir: join(this.directory, 'profile'),
      args: [
        ...chromiumArguments({ tonePath }),
        '--autoplay-policy=no-user-gesture-required',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    this.#browsers.push(browser);
    return { browser, page: await this.load(browser) };
  }

  async load(browser: Browser): Promise<Page> {
    const page = await browser.newPage();
    page.on('pageerror', (error) => this.faults.push(String(error)));
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/`);
    await page.waitForFunction(() => 'recorderPage' in window);
    return page;
  }

  /** What is kept, on this disk: the recording, then its chapters. */
  async keptFiles(page: Page): Promise<readonly string[]> {
    return this.write(await page.evaluate(() => window.recorderPage.keptFiles()));
  }

  /** Onto this disk. */
  async write(files: readonly PageFile[]): Promise<readonly string[]> {
    return Promise.all(
      files.map(async ({ name, base64 }) => {
        const path = join(this.directory, name);
        await writeFile(path, Buffer.from(base64, 'base64'));
        return path;
      }),
    );
  }

  async end(): Promise<void> {
    for (const browser of this.#browsers) if (browser.connected) await browser.close();
    this.#server.close();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
