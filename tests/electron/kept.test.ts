/** Owns the proof that a room outlives the app where that is wanted: killed while hosting, and started again. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Desktop, describeDesktop, launchDesktop } from '../support/host/electron.ts';
import { until } from '../support/time/until.ts';
import { SocketGuest } from '../support/wire/socket-guest.ts';

/** Without a key store; on this machine there may be one. */
const NO_KEY_STORE = ['--password-store=basic'];

describeDesktop('the app that is started again', () => {
  let desktops: Desktop[] = [];
  afterEach(async () => {
    for (const desktop of desktops) await desktop.dispose();
    desktops = [];
  });
  const launch = async (files: Readonly<Record<string, string>> = {}) => {
    const desktop = await launchDesktop({ keepRoom: true }, NO_KEY_STORE, { files });
    desktops.push(desktop);
    return desktop;
  };
  const keptIn = ({ dataDirectory }: Desktop) =>
    readFile(path.join(dataDirectory, 'kept-room.json'), 'utf8').catch(() => '');
  const press = ({ page }: Desktop, name: string) => page.getByRole('button', { name, exact: true }).click();
  const inviteOf = async ({ page }: Desktop) => (await page.getByRole('link').getAttribute('href')) ?? '';

  it('offers to go on with the room that was cut off, which has its link and its people', async () => {
    const first = await launch();
    await press(first, 'Host');
    const invite = await inviteOf(first);
    const anna = await SocketGuest.enter(invite, 'Anna');
    const kept = await until(
      'Anna on the disk',
      () => keptIn(first),
      (text) => text.includes(anna.id),
    );
    first.process.kill('SIGKILL');
    await first.exited;

    const second = await launch({ 'kept-room.json': kept });
    await second.page.getByRole('heading', { name: 'Your last room was cut off' }).waitFor();
    await press(second, 'Go on');
    await second.page.getByRole('listitem').filter({ hasText: 'Anna' }).waitFor();
    expect(await inviteOf(second)).toBe(invite);
    expect((await SocketGuest.open(invite, anna)).rosterAtHello).toEqual([anna.id]);
    second.process.kill('SIGTERM');
    await second.exited;
    const again = await keptIn(second);
    expect(again).toContain(anna.id);

    const third = await launch({ 'kept-room.json': again });
    await press(third, 'Start anew');
    await third.page.getByRole('button', { name: 'Host', exact: true }).waitFor();
    expect(await keptIn(third)).toBe('');
  });
});
