/** Owns a real window that shows made-up snapshots, at any size and zoom. */

import path from 'node:path';
import type { HostBridge } from '../../../main/common/host-api/commands.ts';
import type { WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import type { Language } from '../../../main/common/translate.ts';
import { type Desktop, launchDesktop } from './electron.ts';
import { chooseFolders } from './native-questions.ts';

export interface WindowSize {
  readonly width: number;
  readonly height: number;
  /** How many times larger everything is drawn; 1 unless said. */
  readonly zoom?: number;
}

declare global {
  interface Window {
    /** Revision of the newest snapshot that came to the window. */
    shownRevision: number;
  }
}

export class ShownWindow {
  readonly #desktop: Desktop;
  /** Above what main itself sends, which the window then takes for old. */
  #revision = 1_000;
  #size = '';

  private constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  static async launch(): Promise<ShownWindow> {
    const desktop = await launchDesktop();
    const { page } = desktop;
    await page.getByRole('button', { name: 'Host', exact: true }).waitFor();
    await page.evaluate(() => {
      const bridge = Reflect.get(window, 'host') as HostBridge;
      bridge.onSnapshot(({ revision }) => {
        window.shownRevision = revision;
      });
    });
    await chooseFolders(desktop, path.join(desktop.dataDirectory, 'relay'));
    return new ShownWindow(desktop);
  }

  get page() {
    return this.#desktop.page;
  }

  async show(snapshot: WindowSnapshot, language: Language): Promise<void> {
    const revision = ++this.#revision;
    await this.#desktop.app.evaluate(
      ({ BrowserWindow }, it) =>
        BrowserWindow.getAllWindows()[0]?.webContents.send('host:snapshot-changed', it),
      { ...snapshot, revision, language },
    );
    await this.page.waitForFunction((wanted) => window.shownRevision === wanted, revision);
    await this.page.locator(`html[data-phase="${snapshot.status.phase}"][lang="${language}"]`).waitFor();
  }

  async resize({ width, height, zoom = 1 }: WindowSize): Promise<void> {
    const size = [width, height, zoom].join();
    if (size === this.#size) return;
    this.#size = size;
    await this.#desktop.app.evaluate(
      ({ BrowserWindow }, it) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.setContentSize(it.width, it.height);
        window?.webContents.setZoomFactor(it.zoom);
      },
      { width, height, zoom },
    );
    await this.page.waitForFunction(
      (inner) => Math.abs(innerWidth - inner.width) <= 1 && Math.abs(innerHeight - inner.height) <= 1,
      { width: width / zoom, height: height / zoom },
    );
  }

  dispose(): Promise<void> {
    return this.#desktop.dispose();
  }
}
