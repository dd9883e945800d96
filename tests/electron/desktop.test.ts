/** Owns the whole desktop flow in a real Electron: choose, Host, pass the link on, see who is in, Stop, quit. */

import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { type Desktop, describeDesktop, launchDesktop } from '../support/host/electron.ts';
import { answerQuestions, chooseFolders } from '../support/host/native-questions.ts';
import { until } from '../support/time/until.ts';
import { SocketGuest } from '../support/wire/socket-guest.ts';
import { startTurnServer, type TurnServerProcess, turnServerMissing } from '../support/wire/turn-server.ts';

/** Makes the main process note what it would hand to the browser, instead of opening it. */
async function catchOpenedLinks({ app }: Desktop): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => {
      opened.push(url);
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
}

const closeWindow = ({ app }: Desktop) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

async function hostAndGetInvite({ page }: Desktop): Promise<string> {
  await page.getByRole('button', { name: 'Host', exact: true }).click();
  const link = page.getByRole('link');
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
}

const FRAGMENT = `#${'A'.repeat(43)}.${'A'.repeat(22)}`;

/** As another program drops a link: with its address, and with its title as the text. */
const dropOn = (page: Page, link: string) =>
  page.evaluate((address) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', address);
    dataTransfer.setData('text/plain', 'The call');
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, link);

/** By a packet through each; one lets nobody in. */
async function testTurn(page: Page, turn: TurnServerProcess): Promise<void> {
  const refusing = turn.url('udp').replace(/\?.*/, '');
  await page.evaluate(
    async (servers) => {
      const { addTurnServer } = Reflect.get(window, 'host') as HostBridge;
      for (const [url = '', secret = ''] of servers)
        await addTurnServer({ url, credentials: { kind: 'shared-secret', secret } });
    },
    [
      [turn.url('tcp'), turn.secret],
      [refusing, `not ${turn.secret}`],
    ],
  );
  await page.getByRole('button', { name: 'Add TURN server' }).click();
  await page.getByLabel('Address', { exact: true }).fill(turn.url('udp'));
  await page.getByLabel('Secret', { exact: true }).fill(turn.secret);
  await page.keyboard.press('Enter');
  const test = page.getByRole('button', { name: 'Test now' });
  await until('the focus on the test', () => hasFocus(test), Boolean);
  await page.keyboard.press('Enter');
  for (const words of ['Works over TCP', 'and does not let anybody in', 'Works over UDP'])
    await page.locator('.turn-test').getByText(words).waitFor();
  await test.waitFor();
  expect(await page.getByRole('status').getByText(turn.url('udp')).textContent()).toMatch(
    /: Works over UDP: a packet came through in \d+ ms\.$/,
  );
}

const answers = (invite: string) =>
  fetch(new URL('/healthz', invite)).then(
    (response) => response.ok,
    () => false,
  );

describeDesktop('the desktop app', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await launchDesktop();
    // A page cannot be loaded anew while it is still being loaded.
    await desktop.page.waitForLoadState();
  });
  /** Its window anew, without a room: to start the app anew takes ten times as long. */
  beforeEach(async () => {
    const { page } = desktop;
    await page.evaluate(() => (Reflect.get(window, 'host') as HostBridge).stop());
    await page.reload();
    await page.getByRole('button', { name: 'Host', exact: true }).waitFor();
  });
  afterAll(() => desktop.dispose());

  it('does not host with a capacity outside its bounds', async () => {
    const { page } = desktop;
    const capacity = page.getByRole('spinbutton', { name: 'Capacity' });
    await capacity.fill('13');
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    expect(await page.getByText('A whole number from 2 to 12').isVisible()).toBe(true);
    expect(await hasFocus(capacity)).toBe(true);
    expect(desktop.savedPreferences().capacity).toBe(6);
  });

  it('hosts, opens and copies exactly the link it shows, and stops', async () => {
    const { page, app } = desktop;
    const opened = await catchOpenedLinks(desktop);
    const invite = await hostAndGetInvite(desktop);
    expect(invite).toMatch(/^http:\/\/localhost:\d+\/#[\w-]{43}\.[\w-]{22}$/);
    expect(await page.getByRole('link').textContent()).toBe(invite);
    expect(await answers(invite)).toBe(true);

    await page.getByRole('link').click();
    await page.getByRole('button', { name: 'Open on this computer' }).click();
    expect(await until('two links', opened, (links) => links.length === 2)).toEqual([invite, invite]);

    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(invite);

    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Host', exact: true }).waitFor();
    expect(await answers(invite)).toBe(false);
    expect(page.url()).toBe('app://window/index.html');
  });

  it('takes the address of a tunnel started by hand, and says what is wrong with a bad one', async () => {
    const { page } = desktop;
    const opened = await catchOpenedLinks(desktop);
    const local = await hostAndGetInvite(desktop);
    await page.getByRole('button', { name: 'Add address' }).click();
    const address = page.getByRole('textbox', { name: 'Address' });
    await address.fill('http://call.example.org/room');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    expect(await page.getByRole('alert').textContent()).toContain('https://name.example');
    expect(await address.getAttribute('aria-invalid')).toBe('true');

    await address.fill('https://call.example.org');
    await address.press('Enter');
    const link = page.getByRole('link', { name: 'https://call.example.org' });
    await link.waitFor();
    await link.click();
    const [first] = await until('the link', opened, (links) => links.length === 1);
    expect(first).toBe(`https://call.example.org/${new URL(local).hash}`);
  });

  it('shows people as they come and go', async () => {
    const { page } = desktop;
    const invite = await hostAndGetInvite(desktop);
    const people = page.getByRole('list', { name: 'In the room' }).getByRole('listitem');
    await page.getByText('Nobody is in the room yet').waitFor();
    const anna = await SocketGuest.enter(invite, 'Анна');
    await people.getByText('Анна').waitFor();
    const ben = await SocketGuest.enter(invite, 'Ben <b>');
    await people.getByText('Ben <b>').waitFor();
    expect(await people.count()).toBe(2);
    await anna.closeTab();
    await people.getByText('Анна').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    expect(await ben.closed).toBe(4412);
  });

  it('keeps the computer awake exactly while the room is open', async () => {
    const { page, app } = desktop;
    await app.evaluate(({ powerSaveBlocker }) => {
      const held: string[] = [];
      Object.assign(globalThis, { held });
      powerSaveBlocker.start = (type) => {
        held.push(`start ${type}`);
        return 7;
      };
      powerSaveBlocker.stop = (id) => {
        held.push(`stop ${id}`);
        return true;
      };
    });
    const held = () => app.evaluate(() => (globalThis as unknown as { held: string[] }).held);
    await hostAndGetInvite(desktop);
    expect(await held()).toEqual(['start prevent-app-suspension']);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Host', exact: true }).waitFor();
    expect(await held()).toEqual(['start prevent-app-suspension', 'stop 7']);
  });

  it('goes to the call of a link that is typed or dropped, and says what is the matter with a bad one', async () => {
    const { page, app } = desktop;
    const opener = page.getByRole('button', { name: 'Join a call' });
    const link = page.getByRole('textbox', { name: 'Link' });
    const [cut, whole] = [`http://localhost:1${FRAGMENT.slice(0, -1)}`, `http://localhost:1/${FRAGMENT}`];
    await opener.click();
    await link.fill(cut);
    await link.press('Enter');
    await page.getByRole('alert').getByText('cut off').waitFor();
    expect([await hasFocus(link), await link.getAttribute('aria-invalid')]).toEqual([true, 'true']);
    await link.press('Escape');
    await opener.click();
    expect(await link.inputValue()).toBe(cut);
    await link.press('Escape');

    const [call] = await Promise.all([app.waitForEvent('window'), dropOn(page, whole)]);
    await call.waitForURL('app://call/**');
    expect(await call.evaluate(() => Reflect.get(globalThis, 'app').server)).toBe('http://localhost:1');
    await link.waitFor({ state: 'hidden' });
    await opener.click();
    expect(await link.inputValue()).toBe('');
  });

  it('keeps what was chosen: kind and size of the call', async () => {
    const { page } = desktop;
    const capacity = page.getByRole('spinbutton', { name: 'Capacity' });
    await capacity.fill('4');
    await page.getByRole('radio', { name: '1×1' }).check();
    await capacity.waitFor({ state: 'detached' });
    await until('1×1 on the disk', desktop.savedPreferences, ({ mode }) => mode === '1x1');
    await page.getByRole('radio', { name: 'Group' }).check();
    expect(await capacity.inputValue()).toBe('4');
    const saved = await until('both on the disk', desktop.savedPreferences, ({ mode }) => mode === 'group');
    expect(saved.capacity).toBe(4);
  });

  it(`keeps STUN servers that are well formed, marks others, and tests TURN servers (${turnServerMissing ?? 'with coturn'})`, async () => {
    const { page } = desktop;
    // It starts meanwhile.
    const starting = turnServerMissing === null ? startTurnServer() : null;
    try {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Add server' }).click();
      const entry = page.getByRole('textbox', { name: 'STUN server 1' });
      await entry.fill('https://not-a-stun-server.example');
      await entry.press('Enter');
      await page.getByText('It must look like stun:name.example:3478').waitFor();
      await entry.fill('stun:stun.example:3478');
      await entry.press('Enter');
      const saved = await until('the server', desktop.savedPreferences, (it) => it.iceServers.length === 1);
      expect(saved.iceServers).toEqual([{ urls: 'stun:stun.example:3478' }]);
      await page.getByRole('button', { name: 'Remove server 1' }).click();
      await until('none', desktop.savedPreferences, (it) => it.iceServers.length === 0);
      if (starting !== null) await testTurn(page, await starting);
    } finally {
      await (await starting)?.stop();
    }
  });

  it('sets up a relay of one’s own: says what is wrong, writes its files, shows them, and puts it on the list', async () => {
    const { page, app, dataDirectory } = desktop;
    const folder = path.join(dataDirectory, 'my relay');
    await mkdir(folder);
    await chooseFolders(desktop, dataDirectory, folder);
    await app.evaluate(({ shell }) => {
      const shown: string[] = [];
      Object.assign(globalThis, { shown });
      shell.showItemInFolder = (file) => void shown.push(file);
    });
    const opener = page.getByRole('button', { name: 'Set up a relay of your own' });
    const [name, choose] = [
      page.getByLabel('Name of the relay'),
      page.getByRole('button', { name: 'Choose folder' }),
    ];
    const write = page.getByRole('button', { name: 'Write the files' });
    const described = (field: Locator) =>
      field.evaluate((element) =>
        (element.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent)
          .join(' '),
      );
    await page.getByRole('button', { name: 'Settings' }).click();
    await opener.click();
    await write.click();
    await until('the focus on the name', () => hasFocus(name), Boolean);
    expect(await described(name)).toContain('This is still empty.');
    expect(await described(choose)).toContain('Choose a folder first.');

    await name.fill('turn.example.org:3478');
    await name.press('Enter');
    await page.getByText('without https:// or a port').waitFor();
    await name.fill('turn.example.org');
    await choose.click();
    await page.getByText('There are other files in this folder').waitFor();
    await name.press('Enter');
    await until('the focus on the folder', () => hasFocus(choose), Boolean);
    // Nothing that was typed is lost by closing the sheet.
    await page.keyboard.press('Escape');
    await until('the focus on what opened it', () => hasFocus(opener), Boolean);
    await opener.press('Enter');
    expect(await name.inputValue()).toBe('turn.example.org');

    await choose.click();
    await page.getByText(folder, { exact: true }).waitFor();
    await write.click();
    const heading = page.getByRole('heading', { name: 'The files are written' });
    await until('the focus on the outcome', () => hasFocus(heading), Boolean);
    const files = await page.getByRole('list', { name: 'Files' }).getByRole('listitem').allTextContents();
    expect(files.sort()).toEqual((await readdir(folder)).sort());
    await page.getByRole('button', { name: 'Show in folder' }).click();
    await until(
      'the file manager',
      () => app.evaluate(() => Reflect.get(globalThis, 'shown') as string[]),
      (shown) => shown.includes(path.join(folder, 'README.md')),
    );

    await page.getByRole('button', { name: 'Add it to the TURN servers' }).click();
    const added = page.getByText('It stands on the list.');
    await until('the focus on that', () => hasFocus(added), Boolean);
    await page.keyboard.press('Escape');
    const urls = [
      'turn:turn.example.org:3478',
      'turn:turn.example.org:3478?transport=tcp',
      'turns:turn.example.org:443?transport=tcp',
    ];
    expect((await page.locator('.turn-url').allTextContents()).slice(-urls.length)).toEqual(urls);
    const secret = (await readFile(path.join(folder, 'turn-secret'), 'utf8')).trim();
    expect(await page.content()).not.toContain(secret);
    // With its secret: main makes credentials from it.
    const access = await page.evaluate(
      (url) => (Reflect.get(window, 'host') as HostBridge).turnTestAccess(url),
      urls[0] ?? '',
    );
    expect(access).toMatchObject({ ok: true });
    if (!access.ok) return;
    const { username = '', credential } = access.value;
    expect(credential).toBe(createHmac('sha1', secret).update(username).digest('base64'));
  });

  it('starts at login while that is switched on, and speaks the other language at once, and keeps it', async () => {
    const { page, dataDirectory } = desktop;
    await page.getByRole('button', { name: 'Settings' }).click();
    if (process.platform === 'linux') {
      const entry = path.join(dataDirectory, 'config/autostart/secret-call.desktop');
      const login = page.getByRole('switch', { name: 'Start at login' });
      await login.click();
      await until(
        'the switch',
        () => login.isChecked(),
        (on) => on,
      );
      expect(await readFile(entry, 'utf8')).toMatch(/^Exec="[^"]+electron" "[^"]+" "--hidden"$/m);
      // As other programs do; who comes back from one gives the window the focus again.
      await rm(entry);
      await page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await until(
        'the switch off',
        () => login.isChecked(),
        (on) => !on,
      );
    }
    await page.getByRole('radio', { name: 'Русский' }).check();
    await page.getByRole('button', { name: 'Готово' }).click();
    await page.getByRole('button', { name: 'Открыть комнату' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('ru');
    await until('the language on the disk', desktop.savedPreferences, ({ language }) => language === 'ru');
  });
});

describeDesktop('the end of the desktop app', () => {
  let desktop: Desktop;
  beforeEach(async () => {
    desktop = await launchDesktop();
  });
  afterEach(() => desktop.dispose());

  it('asks once before closing on people, stays, and next time goes', async () => {
    const invite = await hostAndGetInvite(desktop);
    const guest = await SocketGuest.enter(invite, 'Anna');
    await desktop.page.getByRole('listitem').getByText('Anna').waitFor();
    const stayed = await answerQuestions(desktop, 'Cancel');
    await closeWindow(desktop);
    expect(await until('a question', stayed, (asked) => asked.length > 0)).toMatchObject([
      { message: 'There is 1 person in the room.' },
    ]);
    expect(await answers(invite)).toBe(true);

    await answerQuestions(desktop, 'End the call');
    await closeWindow(desktop);
    expect(await desktop.exited).toBe(0);
    expect(await guest.closed).toBe(4412);
    expect(await answers(invite)).toBe(false);
  });

  it('closes an empty room, after a question only where it could go on in a tray', async () => {
    const invite = await hostAndGetInvite(desktop);
    const asks = process.platform !== 'linux';
    await answerQuestions(desktop, asks ? 'Stop hosting' : 'Cancel');
    await closeWindow(desktop);
    expect(await desktop.exited).toBe(0);
    expect(await answers(invite)).toBe(false);
  });

  it('ends in order on a signal, and nobody’s call with it', async () => {
    const invite = await hostAndGetInvite(desktop);
    const guest = await SocketGuest.enter(invite, 'Anna');
    desktop.process.kill('SIGTERM');
    expect(await desktop.exited).toBe(0);
    expect(await guest.closed).toBe(1006);
  });
});
