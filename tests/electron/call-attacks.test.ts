/** Owns proof of what the call in the app closes: code from a server, certificates of others, and a man in the middle unseen. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallBridge } from '../../main/common/call-api/bridge.ts';
import { formatInvite, parseFragment, type RoomLink } from '../../main/common/e2ee/invite-link.ts';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { describeDesktop, desktopObstacle } from '../support/host/electron.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';
import { HostileEdge } from '../support/wire/hostile-edge.ts';

const chromium = findChromium();
const TONE_HZ = 520;

describeDesktop(
  'attacks on a call in the app',
  () => {
    let stage: Stage;
    let browser: Browser;
    let app: TalkingApp;
    let edge: HostileEdge;
    let other: HostileEdge;
    let host: HostProcess;
    let link: RoomLink;
    beforeAll(async () => {
      [stage, edge, other] = await Promise.all([Stage.create(), HostileEdge.start(), HostileEdge.start()]);
      host = await stage.host({ flags: ['--origin', edge.origin, '--origin', other.origin] });
      edge.target = other.target = host.port;
      const read = parseFragment(new URL(host.invite).hash);
      if (read === null) throw new Error('no link');
      link = read;
      browser = await stage.browser(TONE_HZ, chromium ?? '');
      app = await TalkingApp.launch(440);
    });
    afterAll(async () => {
      await app.dispose();
      await stage.clear();
      await stage.end();
      await Promise.all([edge.stop(), other.stop()]);
    });

    /** The link to the room at an edge, with a certificate if one is given. */
    const linkAt = ({ port }: HostileEdge, pin: string | null, hostname = 'localhost') =>
      `${formatInvite(`https://${hostname}:${port}`, { ...link, certificate: null })}${pin === null ? '' : `.${pin}`}`;

    it('a server that sends an altered page gets the guest in a browser, and not the one in the app', async () => {
      const invite = linkAt(edge, edge.pin);
      const profile = await Guest.profile(browser);
      const inBrowser = await profile.newPage();
      await inBrowser.goto(invite);
      expect(await inBrowser.title()).toBe(`altered ${new URL(invite).hash}`);
      await profile.close();
      expect(edge.requests.splice(0)).toContain('GET /');

      const anna = await Guest.at(await app.joinCall(invite), 'Anna');
      await anna.join();
      expect(await anna.page.title()).not.toContain('altered');
      await anna.leave();
      await anna.page.evaluate(() => location.reload());
      await anna.showsStatus('Ready to join');
      expect(anna.faults).toEqual([]);
      expect(new Set(edge.requests.splice(0))).toEqual(new Set(['UPGRADE /ws']));
      await app.closeCall();
    });

    it('a server that sends away whoever asks leads nowhere', async () => {
      edge.redirect = other.origin;
      other.requests.splice(0);
      const taken = other.connections.taken;
      const page = await app.joinCall(linkAt(edge, edge.pin));
      await page.getByRole('status').filter({ hasText: 'trying again' }).waitFor();
      await until(
        'both questions',
        async () => new Set(edge.requests),
        (asked) => asked.size > 1,
      );
      expect(new Set(edge.requests.splice(0))).toEqual(new Set(['UPGRADE /ws', 'GET /healthz']));
      expect(page.url()).toBe('app://call/');
      expect([other.requests, other.connections.taken]).toEqual([[], taken]);
      edge.redirect = null;
      await app.closeCall();
    });

    describe('with a certificate', () => {
      /** Which kinds of connection the page of a call there gets. */
      async function reached(at: HostileEdge, pin: string | null, hostname?: string): Promise<string[]> {
        const page = await app.joinCall(linkAt(at, pin, hostname));
        const found = await page.evaluate(async () => {
          const { server } = Reflect.get(globalThis, 'app') as CallBridge;
          const request = fetch(`${server}/healthz`, { cache: 'no-store' }).then(
            () => ['request'],
            () => [],
          );
          const socket = new Promise<string[]>((resolve) => {
            const opened = new WebSocket(`${server.replace('https', 'wss')}/ws`);
            opened.onopen = () => resolve(['socket']);
            opened.onerror = () => resolve([]);
          });
          return [...(await request), ...(await socket)];
        });
        await app.closeCall();
        return found;
      }
      const TAKEN = ['request', 'socket'];
      const REFUSED: string[] = [];

      it('takes the link’s own at its own address, and in that call alone', async () => {
        expect(await reached(edge, null)).toEqual(REFUSED);
        expect(await reached(edge, edge.pin)).toEqual(TAKEN);
        // What Electron was told of that certificate and name before is not to hold.
        expect(await reached(edge, null)).toEqual(REFUSED);
        expect(await reached(edge, other.pin)).toEqual(REFUSED);
        expect(await reached(edge, edge.pin)).toEqual(TAKEN);
        // The host does not know itself by that name, and closes the socket; the certificate is taken.
        expect(await reached(edge, edge.pin, '127.0.0.1')).toEqual(['request']);
      });

      it('takes no other: another port’s, or one that has changed', async () => {
        expect(await reached(other, edge.pin)).toEqual(REFUSED);
        expect(await reached(other, null)).toEqual(REFUSED);
        expect(await reached(other, other.pin)).toEqual(TAKEN);
        expect(await reached(other, null, '127.0.0.1')).toEqual(REFUSED);
      });
    });

    it('a man in the middle who has the whole link is seen by other emoji', async () => {
      const here = await app.host();
      const own = parseFragment(new URL(here.local.invite).hash);
      if (own === null) throw new Error('no link');
      // The middle's own room, under the secret of the real one: a server never sees that.
      const there = await stage.host();
      const token = parseFragment(new URL(there.invite).hash)?.token;
      if (token === undefined) throw new Error('no link');
      const link2 = formatInvite(new URL(there.invite).origin, { ...own, token });
      const anna = await app.talkHere('Anna');
      const boris = await stage.guest(browser, link2, 'Boris');
      const toAnna = await stage.guest(browser, here.local.invite, 'Boris');
      const toBoris = await stage.guest(browser, link2, 'Anna');
      for (const guest of [anna, toAnna, boris, toBoris]) await guest.join();
      const [atAnna, inMiddle, atBoris] = [
        await codeOf(anna, 'Boris'),
        await codeOf(toAnna, 'Anna'),
        await codeOf(boris, 'Anna'),
      ];
      expect(atAnna).toHaveLength(7);
      expect(inMiddle).toEqual(atAnna);
      expect(atBoris).toHaveLength(7);
      expect(atBoris).not.toEqual(atAnna);
    });
  },
  desktopObstacle() ?? (chromium === null ? 'no Chromium here' : null),
);

/** The words of the emoji that somebody is shown for somebody. */
async function codeOf({ page }: Guest, name: string): Promise<string[]> {
  await page.getByRole('button', { name: new RegExp(`^Sealed\\. .*${name}$`) }).click();
  const list = page
    .getByRole('dialog', { name: `Verify ${name}` })
    .getByRole('list', { name: 'Seven emoji' });
  await list.waitFor();
  return list.getByRole('listitem').allInnerTexts();
}
