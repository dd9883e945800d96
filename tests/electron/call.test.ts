/** Owns proof that one talks from the app itself, with guests in browsers and in other apps. */

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DoorCommand } from '../../main/common/host-api/commands.ts';
import type { LiveStatus } from '../../main/common/host-api/snapshot.ts';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { type Desktop, describeDesktop, desktopObstacle } from '../support/host/electron.ts';
import { probe, soundToolsMissing } from '../support/recording/recorded-sound.ts';
import { until } from '../support/time/until.ts';
import { SocketGuest } from '../support/wire/socket-guest.ts';

const APP_HZ = 440;
const BROWSER_HZ = 660;

const chromium = findChromium();

/** What the system would show; no window of the app counts as looked at. */
async function catchNotifications({ app }: Desktop) {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const told: { title: string; body: string }[] = [];
    Object.assign(globalThis, { told });
    Object.assign(BrowserWindow, { getFocusedWindow: () => null });
    Object.assign(Notification, { isSupported: () => true });
    Notification.prototype.show = function show() {
      told.push({ title: this.title, body: this.body });
    };
  });
  return () =>
    app.evaluate(() => (globalThis as unknown as { told: { title: string; body: string }[] }).told);
}

const log = ({ page }: Guest) => page.getByRole('log', { name: 'Chat' });

async function write({ page }: Guest, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message' });
  await field.fill(text);
  await field.press('Enter');
}

describeDesktop(
  'a call in the app',
  () => {
    let stage: Stage;
    let browser: Browser;
    let app: TalkingApp;
    let live: LiveStatus;
    let host: Guest;
    let guest: Guest;
    beforeAll(async () => {
      stage = await Stage.create();
      browser = await stage.browser(BROWSER_HZ, chromium ?? '');
      app = await TalkingApp.launch(APP_HZ);
    });
    afterAll(async () => {
      await app.dispose();
      await stage.end();
    });

    it('is the host’s own past the room’s door, and is heard by a guest in a browser, who is heard there', async () => {
      live = await app.host();
      const bridge = await app.bridge();
      const have = (command: DoorCommand) => bridge.evaluate((room, asked) => room.room(asked), command);
      await have({ type: 'lobby', on: true });
      await have({ type: 'lock' });
      host = await app.talkHere('Ann');
      await host.join();
      // In the call itself stands how the door is, and it is opened there.
      const door = host.page.getByRole('group', { name: 'Door' });
      await door.getByText('Locked: nobody new comes in.').waitFor();
      await door.getByRole('button', { name: 'Lock the room', pressed: true }).click();
      await door.getByText('Whoever comes waits until you let them in.').waitFor();
      await door.getByRole('button', { name: 'Let people in one by one', pressed: true }).click();
      await door.getByRole('button', { name: 'Let people in one by one', pressed: false }).waitFor();
      guest = await stage.guest(browser, live.local.invite, 'Ben');
      await guest.join();
      await Promise.all([host.sees('Ben'), guest.sees('Ann')]);
      await Promise.all([host.hears(BROWSER_HZ), guest.hears(APP_HZ)]);
      expect(host.faults).toEqual([]);
    });

    it('says on the own card alone that the program brings the page, and in a browser on nobody’s', async () => {
      const own = host.participants.filter({ hasText: '(you)' });
      expect(await host.page.getByText('Verified app', { exact: true }).count()).toBe(1);
      await own.getByRole('button', { name: 'Verified app', exact: true }).click();
      await host.page.getByRole('dialog', { name: 'Verified app' }).getByText('not from a server').waitFor();
      await host.page.keyboard.press('Escape');
      expect(await guest.page.getByText('Verified app').count()).toBe(0);

      const promise = 'as far as this page’s code is honest.';
      expect(await guest.page.locator('#promise').innerText()).toContain(promise);
      expect(await host.page.locator('#promise').innerText()).not.toContain(promise);
      const titles = await app.desktop.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.getTitle()),
      );
      expect(titles).toContain('Voice call · live · Secret Call');
    });

    it('carries chat, reactions, a hand and the state of the microphone both ways', async () => {
      await write(host, 'From the app');
      await log(guest).getByText('From the app').hover();
      await log(guest).getByRole('button', { name: 'React', exact: true }).first().click();
      await guest.page.getByRole('button', { name: 'React with 👍' }).click();
      await log(host)
        .getByRole('button', { name: /👍.*Ben/ })
        .waitFor();
      await write(guest, 'From the browser');
      await log(host).getByText('From the browser').waitFor();
      for (const [one, other] of [
        [host, guest],
        [guest, host],
      ] as const) {
        await one.page.getByRole('button', { name: 'Raise hand', exact: true }).click();
        await one.page.getByRole('button', { name: 'Mute microphone', exact: true }).click();
        const card = other.participants.filter({ hasText: one.name });
        await card.getByText('Hand raised').waitFor({ state: 'attached' });
        await card.getByText('Microphone muted').waitFor({ state: 'attached' });
        await other.hearsSilence();
        await one.page.getByRole('button', { name: 'Lower hand', exact: true }).click();
        await one.page.getByRole('button', { name: 'Unmute microphone', exact: true }).click();
      }
      await Promise.all([host.hears(BROWSER_HZ), guest.hears(APP_HZ)]);
    });

    it('shows app and browser the same seven emoji, and tells each seat what they prove', async () => {
      const codes: string[][] = [];
      for (const [one, other] of [
        [host, guest],
        [guest, host],
      ] as const) {
        await one.page.getByRole('button', { name: new RegExp(`^Sealed\\. .*${other.name}$`) }).click();
        const dialog = one.page.getByRole('dialog', { name: `Verify ${other.name}` });
        const code = dialog.getByRole('list', { name: 'Seven emoji' }).getByRole('listitem');
        await code.nth(6).waitFor();
        codes.push(await code.allInnerTexts());
        const meaning =
          one === host ? 'Your page came with this program' : 'as far as this page’s code is honest';
        await dialog.getByText(meaning).waitFor();
        await dialog.getByRole('button', { name: 'They match', exact: true }).click();
        await dialog.waitFor({ state: 'hidden' });
      }
      expect(codes[0]).toHaveLength(7);
      expect(codes[1]).toEqual(codes[0]);
    });

    it('shows the link to pass on, and the one that takes its place', async () => {
      const { page } = host;
      const told = () => page.locator('#invite .copy-link').inputValue();
      const copy = page.locator('#invite').getByRole('button', { name: 'Copy link' });
      await page.getByText('There is no link yet that opens elsewhere.').waitFor();
      expect(await copy.count()).toBe(0);
      const bridge = await app.bridge();
      await bridge.evaluate((room) => room.addOrigin('https://call.example.org'));
      await until('the public link', told, (link) => link.startsWith('https://call.example.org/#'));
      const before = await told();
      await bridge.evaluate((room) => room.room({ type: 'new-link' }));
      await until('the new link', told, (link) => link !== before);
      live = await app.live();
      expect(await told()).toBe(live.public?.invite);
      await copy.click();
      await page.getByText('Link copied').waitFor();
      expect(await app.desktop.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(await told());
    });

    it('makes three with another browser, each heard by both', async () => {
      const third = await stage.guest(browser, live.local.invite, 'Eve');
      await third.join();
      await host.sees('Ben', 'Eve');
      await Promise.all([
        host.hears(BROWSER_HZ, BROWSER_HZ),
        guest.hears(APP_HZ, BROWSER_HZ),
        third.hears(APP_HZ, BROWSER_HZ),
      ]);
      await third.close();
    });

    it('sends no files while they are switched off in the host’s window', async () => {
      const files = app.desktop.page.getByRole('switch', { name: 'Files may be sent' });
      for (const allowed of [false, true]) {
        await files.setChecked(allowed);
        for (const { page } of [host, guest]) {
          const off = page.locator('[title="The host has switched files off in this call"]:visible').first();
          await off.waitFor({ state: allowed ? 'hidden' : 'visible' });
        }
      }
    });

    it('receives a file of a guest, saves it under a harmless name once there is a folder, and shows it there', async () => {
      const directory = await mkdtemp(path.join(tmpdir(), 'secret-call-received-'));
      const noFolder = path.join(directory, 'a file', 'downloads');
      await writeFile(path.dirname(noFolder), '');
      await app.desktop.app.evaluate(({ app: electron, shell }, downloads) => {
        electron.setPath('downloads', downloads);
        shell.showItemInFolder = (file) => void Object.assign(globalThis, { shownFile: file });
      }, noFolder);
      const chooser = guest.page.waitForEvent('filechooser');
      await guest.page.getByRole('button', { name: 'Send file' }).first().click();
      const content = Buffer.alloc(1_200_000, 'whole ');
      const sent = { name: 'report\u202Efdp.sh', mimeType: 'application/pdf', buffer: content };
      await (await chooser).setFiles(sent);

      const entry = host.page
        .getByRole('region', { name: 'Files' })
        .getByRole('listitem')
        .filter({ hasText: 'reportfdp.sh' });
      await entry.first().getByText('can run as a program').waitFor();
      await entry.getByRole('button', { name: 'Accept' }).first().click();
      const save = entry.getByRole('button', { name: 'Save' }).first();
      await save.click();
      await entry.getByText('Nothing can be written to the folder').first().waitFor();
      await app.desktop.app.evaluate(({ app: electron }, downloads) => {
        electron.setPath('downloads', downloads);
      }, directory);
      await save.click();
      await entry
        .getByText(/Saved among your downloads as .?reportfdp\.sh/)
        .first()
        .waitFor();
      expect(content.equals(await readFile(path.join(directory, 'reportfdp.sh')))).toBe(true);
      await entry.getByRole('button', { name: 'Show in folder' }).first().click();
      const shown = () => app.desktop.app.evaluate(() => Reflect.get(globalThis, 'shownFile') as unknown);
      await until('the folder', shown, (file) => file === path.join(directory, 'reportfdp.sh'));
      await rm(directory, { recursive: true });
    });

    it('records, and saves what was recorded into the folder of downloads, where it is shown', async () => {
      const downloads = await mkdtemp(path.join(tmpdir(), 'secret-call-downloads-'));
      await app.desktop.app.evaluate(({ app: electron, shell }, folder) => {
        electron.setPath('downloads', folder);
        shell.showItemInFolder = (file) => Reflect.set(globalThis, 'shown', file);
      }, downloads);
      const { page } = host;
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await page.getByRole('button', { name: 'A track for each person' }).click();
      await guest.page.getByRole('button', { name: 'Agree', exact: true }).click();
      await page.getByText(/^0:0[2-9], .*In it: you, Ben\./).waitFor();
      await guest.page.getByRole('status').filter({ hasText: 'Recording: Ann' }).waitFor();
      await page.getByRole('button', { name: 'Stop recording' }).click();
      await guest.page.getByText('Ann has stopped recording').waitFor();
      const recordings = page.getByRole('list', { name: 'Recordings' });
      await recordings.getByRole('button', { name: 'Save', exact: true }).click();
      await recordings.getByRole('button', { name: 'Show in folder' }).click();

      const shown = () =>
        app.desktop.app.evaluate(() => Reflect.get(globalThis, 'shown') as string | undefined);
      const file = (await until('it is shown', shown, (name) => name !== undefined)) ?? '';
      const name = path.basename(file, '.webm');
      expect(file).toBe(path.join(downloads, `${name}.webm`));
      expect((await readdir(downloads)).sort()).toEqual([`${name}.txt`, `${name}.webm`]);
      expect(await readFile(path.join(downloads, `${name}.txt`), 'utf8')).toMatch(/\+\tAnn\n.*\+\tBen\n/s);
      if (soundToolsMissing === null) expect((await probe(file)).titles).toEqual(['Ann', 'Ben']);
      await recordings.getByRole('button', { name: 'Done', exact: true }).click();
      await rm(downloads, { recursive: true });
    });

    it('shows the host who waits to be let in, apart from namesakes, and lets them in or not', async () => {
      const bridge = await app.bridge();
      await bridge.evaluate((room) => room.room({ type: 'lobby', on: true }));
      const [dan, namesake] = [
        await SocketGuest.open(live.local.invite),
        await SocketGuest.open(live.local.invite),
      ];
      await dan.join('Dan');
      const { page } = host;
      const door = page.getByRole('region', { name: 'Asking to come in' });
      await door.getByRole('button', { name: 'Let in Dan' }).waitFor();
      await page.locator('#polite').getByText('Asking to come in: Dan', { exact: true }).waitFor();
      await namesake.join('Ben');
      await door.getByText(namesake.id.slice(0, 4)).waitFor();
      expect(await guest.page.getByRole('button', { name: /^Let in/ }).count()).toBe(0);
      await door.getByRole('button', { name: 'Let in Dan' }).press('Enter');
      await host.sees('Ben', 'Dan');
      expect(await door.locator(':focus').innerText()).toBe('Asking to come in');
      await door.getByRole('button', { name: /^Refuse .*Ben/ }).press('Enter');
      await namesake.next('refused');
      await door.waitFor({ state: 'hidden' });
      expect(await page.locator(':focus').getAttribute('id')).toBe('people-title');
      await bridge.evaluate((room) => room.room({ type: 'lobby', on: false }));
      await Promise.all([dan.closeTab(), namesake.closeTab()]);
    });

    it('tells once who mentions one and who joins while nobody looks, and no word of what was written', async () => {
      const told = await catchNotifications(app.desktop);
      const { page } = guest;
      await page.getByRole('textbox', { name: 'Message' }).fill('@Ann the door code is 4711');
      await page.keyboard.press('Enter');
      await until('a mention', told, (notices) => notices.length > 0);
      const cat = await SocketGuest.enter(live.local.invite, 'Cat');
      await until('a newcomer', told, (notices) => notices.length > 1);
      await cat.closeTab();
      expect(await told()).toEqual([
        { title: 'Ben mentioned you', body: '' },
        { title: 'Cat joined', body: '' },
      ]);
    });

    it('says where to allow a microphone that the system refuses, and one hears the others meanwhile', async () => {
      await host.leave();
      await app.desktop.app.evaluate(({ BrowserWindow }) => {
        for (const { webContents } of BrowserWindow.getAllWindows())
          if (webContents.getURL().startsWith('app://call'))
            webContents.session.setPermissionRequestHandler((_contents, _permission, decide) =>
              decide(false),
            );
      });
      await host.join();
      const notice = host.page.getByRole('region', { name: 'The system does not allow the microphone' });
      await notice
        .getByText(/Allow .* (?:System Settings|settings of your system)|“Microphone access”/)
        .waitFor();
      expect(await notice.getByText(/site settings|browser/).count()).toBe(0);
      await host.hears(BROWSER_HZ);
    });

    it('goes on, when the host ended the call, with the link of another', async () => {
      const bridge = await app.bridge();
      await bridge.evaluate((room) => room.stop());
      const { page } = host;
      await page.getByRole('heading', { name: 'The host ended the call' }).waitFor();
      const field = page.getByRole('textbox', { name: 'The whole link' });
      await field.fill('secret-call://nowhere');
      await field.press('Enter');
      await page.getByText('This is not a link.').waitFor();
      live = await app.host();
      host = await app.openCall('Ann', async () => {
        await field.fill(live.local.invite);
        // The window goes with it, before a press would be done.
        await field.evaluate((input: HTMLInputElement) => {
          setTimeout(() => input.form?.requestSubmit());
        });
      });
      expect(host.page.isClosed()).toBe(false);
      expect(app.callWindows()).toEqual([host.page]);
    });
  },
  desktopObstacle() ?? (chromium === null ? 'no Chromium here' : null),
);
