/** Owns proof that an app joins the call that another app hosts. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LiveStatus } from '../../main/common/host-api/snapshot.ts';
import type { Guest } from '../support/browser/guest.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { describeDesktop } from '../support/host/electron.ts';

const HOST_HZ = 440;
const GUEST_HZ = 660;

describeDesktop('two apps', () => {
  let hosting: TalkingApp;
  let joining: TalkingApp;
  let live: LiveStatus;
  let host: Guest;
  beforeAll(async () => {
    hosting = await TalkingApp.launch(HOST_HZ);
    joining = await TalkingApp.launch(GUEST_HZ);
    live = await hosting.host();
    host = await hosting.talkHere('Ann');
    await host.join();
  });
  afterAll(async () => {
    await joining.dispose();
    await hosting.dispose();
  });

  it('talk once the link of one is pasted into the other, words around it and all', async () => {
    const { page } = joining.desktop;
    const guest = await joining.openCall('Ben', async () => {
      await page.getByRole('button', { name: 'Join a call' }).click();
      await page.getByRole('textbox', { name: 'Link' }).fill(`Come and talk: ${live.local.invite} (Ann)`);
      await page.keyboard.press('Enter');
    });
    await guest.join();
    await Promise.all([host.sees('Ben'), guest.sees('Ann')]);
    await Promise.all([host.hears(GUEST_HZ), guest.hears(HOST_HZ)]);
    expect([...host.faults, ...guest.faults]).toEqual([]);
  });
});
