/** Owns calls in a real desktop app: one with a tone for a microphone, and who talks in its call window. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JSHandle, Page } from 'playwright';
import type { HostBridge } from '../../../main/common/host-api/commands.ts';
import type { LiveStatus } from '../../../main/common/host-api/snapshot.ts';
import { fakeMicrophone } from '../browser/chromium.ts';
import { Guest } from '../browser/guest.ts';
import { installCallProbe } from '../call/call-probe.ts';
import { writeTone } from '../sound/tone.ts';
import { until } from '../time/until.ts';
import { type Desktop, launchDesktop, type Surroundings } from './electron.ts';

export class TalkingApp {
  readonly desktop: Desktop;
  readonly #directory: string;

  private constructor(desktop: Desktop, directory: string) {
    this.desktop = desktop;
    this.#directory = directory;
  }

  static async launch(toneHz: number, surroundings: Surroundings = {}): Promise<TalkingApp> {
    const directory = await mkdtemp(path.join(tmpdir(), 'secret-call-tone-'));
    const tonePath = await writeTone(directory, toneHz);
    const desktop = await launchDesktop({}, fakeMicrophone(tonePath), surroundings);
    await desktop.app.context().addInitScript(installCallProbe);
    return new TalkingApp(desktop, directory);
  }

  /** Presses Host and waits until the room is open. */
  async host(): Promise<LiveStatus> {
    const { page } = this.desktop;
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    return this.live();
  }

  /** The room as it is now, once it is open. */
  async live(): Promise<LiveStatus> {
    const bridge = await this.bridge();
    const status = () => bridge.evaluate(async (host) => (await host.snapshot()).status);
    const live = await until('the room', status, ({ phase }) => phase === 'live');
    if (live.phase !== 'live') throw new Error('not live');
    return live;
  }

  /** What the host's window has of main. */
  bridge(): Promise<JSHandle<HostBridge>> {
    return this.desktop.page.evaluateHandle(() => Reflect.get(globalThis, 'host') as HostBridge);
  }

  /** Does what opens a call window, and types the name there. */
  async openCall(name: string, open: () => Promise<unknown>): Promise<Guest> {
    const [page] = await Promise.all([this.desktop.app.waitForEvent('window'), open()]);
    return Guest.at(page, name);
  }

  /** Goes to the call of a link; gives the page of its window. */
  async joinCall(link: string): Promise<Page> {
    const [page] = await Promise.all([
      this.desktop.app.waitForEvent('window'),
      this.desktop.page.evaluate(
        (text) => (Reflect.get(globalThis, 'host') as HostBridge).joinCall(text),
        link,
      ),
    ]);
    return page;
  }

  /** In the room hosted here. */
  talkHere(name: string): Promise<Guest> {
    return this.openCall(name, () => this.desktop.page.getByRole('button', { name: 'Talk here' }).click());
  }

  /** Closes the call's window as a person does who is not in the call. */
  closeCall(): Promise<void> {
    return this.desktop.app.evaluate(async ({ BrowserWindow }) => {
      const calls = BrowserWindow.getAllWindows().filter(({ webContents }) =>
        webContents.getURL().startsWith('app://call/'),
      );
      const gone = calls.map((window) => new Promise<void>((resolve) => window.once('closed', resolve)));
      for (const window of calls) window.close();
      await Promise.all(gone);
    });
  }

  /** Windows besides the host's. */
  callWindows(): Page[] {
    return this.desktop.app.windows().filter((page) => page !== this.desktop.page);
  }

  async dispose(): Promise<void> {
    await this.desktop.dispose();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
