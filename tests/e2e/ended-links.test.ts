/** Owns the proof that guests' own pages say and do the right thing when a link ends, at the host's door, and when they are removed. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../main/common/logger.ts';
import { createHost } from '../../main/host/create-host.ts';
import type { HostService } from '../../main/host/host-service.ts';
import { openSettings } from '../../main/settings.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { until } from '../support/time/until.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 440;
const OVER = 'This link no longer works';

describe.skipIf(chromium === null)('links that end', () => {
  let stage: Stage;
  let browser: Browser;
  let dataDirectory: string;
  let host: HostService;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(TONE_HZ, chromium ?? '');
  });
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'secret-call-links-'));
    const settings = await openSettings(dataDirectory);
    await settings.update({ iceServers: [] });
    const pageDirectory = resolve('dist/web-client');
    host = createHost({ dataDirectory, pageDirectory, logger: silentLogger, settings });
    const options = {
      mode: 'group',
      capacity: 4,
      port: 0,
      tunnel: 'none',
      otherTunnel: false,
      lan: false,
      keepRoom: false,
      lobby: false,
      files: true,
      relayOnly: false,
      origins: [],
    } as const;
    expect(await host.start(options)).toEqual({ ok: true, value: null });
  });
  afterEach(async () => {
    await stage.clear();
    await host.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });
  afterAll(() => stage.end());

  function status() {
    const { status: now } = host.snapshot;
    if (now.phase !== 'live') throw new Error(now.phase);
    return now;
  }
  const idOf = async (name: string) => {
    const find = () => status().participants.find((person) => person.name === name);
    return (await until(name, find, (person) => person !== undefined))?.id ?? '';
  };

  it('a new link leaves those inside in, through a reload too, and tells whoever only looked', async () => {
    const old = status().local.invite;
    const anna = await stage.guest(browser, old, 'Anna');
    const eve = await stage.guest(browser, old, 'Eve');
    await anna.join();
    expect((await host.room({ type: 'new-link' })).ok).toBe(true);
    await eve.page.getByRole('heading', { name: OVER }).waitFor();

    await anna.showsStatus('Live');
    await anna.page.reload();
    await anna.showsStatus('Live');
    const boris = await stage.guest(browser, status().local.invite, 'Boris');
    await boris.join();
    await anna.sees('Boris');
    await boris.sees('Anna');
    await anna.isConnectedTo(1);
  });

  it('an invitation for one person outlives a preview, and ends for the second to press Join', async () => {
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    const invite = status().invitations[0]?.link.invite ?? '';
    const preview = await fetch(invite);
    expect(preview.ok).toBe(true);
    const [anna, eve] = [
      await stage.guest(browser, invite, 'Anna'),
      await stage.guest(browser, invite, 'Eve'),
    ];
    expect(status().invitations).toHaveLength(1);
    await anna.join();
    await eve.page.getByRole('heading', { name: OVER }).waitFor();
    expect(status().invitations).toHaveLength(0);
    await anna.leave();
    await anna.join();
  });

  it('a lobby has who comes wait for the host, a lock turns them away, and the end for all ends the call', async () => {
    const { invite } = status().local;
    const anna = await stage.guest(browser, invite, 'Anna');
    await anna.join();
    await host.room({ type: 'lobby', on: true });
    const boris = await stage.guest(browser, invite, 'Boris');
    await boris.pressJoin();
    await boris.showsStatus('Waiting to be let in');
    const { page } = boris;
    await page.getByRole('heading', { name: 'Waiting to be let in' }).waitFor();
    expect(await page.title()).toBe('Waiting to be let in');
    const isSeen = () => status().waiting[0]?.name === 'Boris';
    await until('the host sees Boris', isSeen, (seen) => seen);
    await anna.sees();
    await host.room({ type: 'admit', participant: status().waiting[0]?.id ?? '' });
    await boris.showsStatus('Live');
    await anna.isConnectedTo(1);

    await host.room({ type: 'lock' });
    await boris.leave();
    await boris.pressJoin();
    await page.getByRole('heading', { name: 'The call is locked' }).waitFor();
    await boris.showsStatus('Could not join');
    await host.room({ type: 'end' });
    for (const guest of [anna, boris])
      await guest.page.getByRole('heading', { name: 'The host ended the call' }).waitFor();
    expect(status().local.invite).not.toBe(invite);
  });

  it('whoever is removed is told, is gone for the others, and finds the link shut', async () => {
    const old = status().local.invite;
    const mallory = await stage.guest(browser, old, 'Mallory');
    const anna = await stage.guest(browser, old, 'Anna');
    await mallory.join();
    await anna.join();
    await anna.isConnectedTo(1);
    expect((await host.room({ type: 'remove', participant: await idOf('Mallory') })).ok).toBe(true);
    await mallory.page.getByRole('heading', { name: 'You were removed from the call' }).waitFor();
    await anna.sees();
    await anna.isConnectedTo(0);

    await mallory.page.reload();
    await mallory.page.getByRole('textbox', { name: 'The whole link' }).waitFor();
    await mallory.page.goto(old);
    await mallory.page.getByRole('heading', { name: OVER }).waitFor();
    const boris = await stage.guest(browser, status().local.invite, 'Boris');
    await boris.join();
    await anna.sees('Boris');
  });
});
