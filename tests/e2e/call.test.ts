/** Owns the proof that two people talk: real browsers on the printed invite, tones measured on both sides. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { connectionsMade } from '../support/call/call-probe.ts';
import { installIceProbe } from '../support/call/ice-probe.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';
import { startTurnServer, turnServerMissing } from '../support/wire/turn-server.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const ANNA_HZ = 440;
const BORIS_HZ = 1_000;

describe.skipIf(chromium === null)('a 1×1 call in Chromium', () => {
  let stage: Stage;
  let annasBrowser: Browser;
  let borisBrowser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    const started = [ANNA_HZ, BORIS_HZ].map((toneHz) => stage.browser(toneHz, chromium ?? ''));
    [annasBrowser, borisBrowser] = (await Promise.all(started)) as [Browser, Browser];
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
  });

  /** One call for all: each test begins and ends with Anna and Boris talking, but for the last ones. */
  describe('of two', () => {
    let host: HostProcess;
    let anna: Guest;
    let boris: Guest;

    beforeAll(async () => {
      host = await stage.host({ flags: ['--mode', '1x1'] });
      anna = await stage.guest(annasBrowser, host.invite, 'Anna');
      boris = await stage.guest(borisBrowser, host.invite, 'Boris');
      boris.page.on('dialog', (dialog) => void dialog.accept());
      await anna.join();
      await boris.join();
    });

    it('lets each hear the other over one connection', async () => {
      await anna.hears(BORIS_HZ);
      await boris.hears(ANNA_HZ);
      await anna.sees('Boris');
      await boris.sees('Anna');
      expect(await connectionsMade(anna.page)).toBe(1);
      expect(await connectionsMade(boris.page)).toBe(1);
      await host.waitFor('participants', ({ count }) => count === 2);
      // From the first packet on: what is set later is passed over.
      for (const { page } of [anna, boris])
        expect(
          await page.evaluate(() =>
            window.callProbe
              .connections()
              .map((connection) => connection.getSenders()[0]?.transform !== null),
          ),
        ).toEqual([true]);
    });

    it('lets nothing in the page name another script for a worker', async () => {
      const refusals = await anna.page.evaluate(() => {
        const tell = (step: () => unknown) => {
          try {
            step();
            return 'allowed';
          } catch (error) {
            return error instanceof TypeError ? 'refused' : String(error);
          }
        };
        const rules = { createScriptURL: (url: string) => url };
        const { trustedTypes } = window as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): unknown };
        };
        return [
          // The first has been made by the page itself.
          ...['voice', 'default', 'other'].map((name) => tell(() => trustedTypes.createPolicy(name, rules))),
          tell(() => new Worker('/assets/any.js')),
        ];
      });
      expect(refusals).toEqual(['refused', 'refused', 'refused', 'refused']);
      // The browser says so of the name that has been taken.
      expect(anna.faults.splice(0)).toEqual([expect.stringContaining('with that name already exists')]);
    });

    it('silences a muted microphone and brings it back', async () => {
      await anna.page.getByRole('button', { name: 'Mute microphone', exact: true }).click();
      await boris.hearsSilence();
      await anna.hears(BORIS_HZ);

      await anna.page.getByRole('button', { name: 'Unmute microphone', exact: true }).click();
      await boris.hears(ANNA_HZ);
    });

    it('mutes a person for oneself alone', async () => {
      await anna.page.getByRole('button', { name: 'Mute Boris', exact: true }).click();
      await anna.hears();
      await boris.hears(ANNA_HZ);

      await anna.page.getByRole('button', { name: 'Unmute Boris', exact: true }).click();
      await anna.hears(BORIS_HZ);
    });

    it('takes someone who reloads back in by itself, as he stood there, without a second place or a word', async () => {
      // Who joined is told with the first drawing, which comes after the first of the voices. Nobody has left before, of whom a word
      // might still be due.
      await anna.sees('Boris');
      await anna.page.evaluate(() => {
        const toasts = document.querySelector('.toasts') ?? document;
        const said: (string | null)[] = [];
        const note = (changes: readonly MutationRecord[]) =>
          said.push(...changes.flatMap(({ addedNodes }) => [...addedNodes].map((node) => node.textContent)));
        new MutationObserver(note).observe(toasts, { childList: true, subtree: true });
        Object.assign(window, { said });
      });
      await boris.page.getByRole('button', { name: 'Mute microphone' }).click();
      await boris.page.getByRole('button', { name: 'Raise hand' }).click();
      await anna.page.getByText('Hand raised').waitFor({ state: 'attached' });
      const before = await connectionsMade(anna.page);
      await boris.page.reload();
      await boris.showsStatus('Live');
      await boris.sees('Anna');
      await until(
        'the other connection',
        () => connectionsMade(anna.page),
        (made) => made > before,
      );
      await boris.page.getByText('You are back in the call').waitFor();
      await boris.page.getByRole('button', { name: 'Lower hand' }).click();
      await boris.page.getByRole('button', { name: 'Unmute microphone' }).click();

      await anna.hears(BORIS_HZ);
      await boris.hears(ANNA_HZ);
      await anna.sees('Boris');
      expect((await anna.page.evaluate(() => Reflect.get(window, 'said'))).join(' ')).not.toMatch(
        /Boris (?:joined|left)/,
      );
    });

    it('lets someone join again after leaving', async () => {
      await boris.leave();
      await anna.sees();
      await boris.join();

      await anna.hears(BORIS_HZ);
      await boris.hears(ANNA_HZ);
    });

    it('tells a third that the room is full and lets them in when one leaves', async () => {
      const third = await stage.guest(annasBrowser, host.invite, 'Vera');
      const full = third.page.getByRole('dialog', { name: 'Room is full' });
      const tryAgain = full.getByRole('button', { name: 'Try again' });

      await third.joinButton.click();
      await full.waitFor();
      expect(await tryAgain.isDisabled()).toBe(true);
      await boris.hears(ANNA_HZ);

      await anna.leave();
      await tryAgain.click();
      await third.showsStatus('Live');
      await third.sees('Boris');
      await third.hears(BORIS_HZ);

      await third.leave();
      await anna.join();
      await anna.hears(BORIS_HZ);
    });

    it('frees the place of a closed tab at once', async () => {
      const third = await stage.guest(borisBrowser, host.invite, 'Vera');

      await boris.close();
      await anna.sees();
      await third.join();
      await anna.hears(BORIS_HZ);
      await anna.sees('Vera');
    });

    it('asks before a tab is closed whose host could not show it again, and only then', async () => {
      await stage.kill(host);
      await anna.showsStatus('Connection lost, trying again');
      await anna.page.getByText('Do not reload this page now').waitFor();
      const asked = anna.page.waitForEvent('dialog');

      await anna.page.close({ runBeforeUnload: true });
      const dialog = await asked;

      expect(dialog.type()).toBe('beforeunload');
      const closed = anna.page.waitForEvent('close');
      await dialog.accept();
      await closed;
    });
  });

  it('lets someone without a microphone listen', async () => {
    const [host, deafBrowser] = await Promise.all([
      stage.host({ flags: ['--mode', '1x1'] }),
      stage.browser(700, chromium ?? '', '--use-fake-ui-for-media-stream=deny'),
    ]);
    const anna = await stage.guest(annasBrowser, host.invite, 'Anna');
    const listener = await stage.guest(deafBrowser, host.invite, 'Lena');
    await anna.join();
    await listener.join();

    await listener.page.getByText('The microphone is not allowed').waitFor();
    await listener.hears(ANNA_HZ);
    await anna.isConnectedTo(1);
    await anna.hearsSilence();
  });

  it.skipIf(turnServerMissing !== null)(
    'brings two together through a TURN server alone, and neither learns the address of the other',
    async () => {
      const turn = await startTurnServer();
      const host = await stage.host({ flags: ['--mode', '1x1', '--relay-only', ...turn.hostFlags('udp')] });
      const anna = await stage.guest(annasBrowser, host.invite, 'Anna', installIceProbe);
      const boris = await stage.guest(borisBrowser, host.invite, 'Boris', installIceProbe);
      await anna.join();
      await boris.join();
      await anna.hears(BORIS_HZ);
      await boris.hears(ANNA_HZ);

      for (const { page } of [anna, boris]) {
        const { candidates, descriptions } = await page.evaluate(() => window.iceProbe.newest());
        const told = [...candidates, ...descriptions.flatMap((sdp) => sdp.match(/candidate:.*/g) ?? [])];
        const types = told.flatMap((line) => / typ (\w+) /.exec(`${line} `)?.slice(1) ?? []);
        expect(new Set(types)).toEqual(new Set(['relay']));
        expect(told.join()).not.toMatch(/raddr (?!0\.0\.0\.0)/);
      }
      expect(JSON.stringify(host.events)).not.toContain(turn.secret);
      await anna.close();
      await boris.close();
      await turn.stop();
    },
  );
});
