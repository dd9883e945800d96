/** Owns the proof that a call outlives its host's program: killed or ended by the system, and started again on the same port. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { connectionsEverStood } from '../support/call/call-probe.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 660;

/** Runs in the page: how much the browser still has of it, and of what it left. */
async function keptThings(): Promise<number> {
  const request = indexedDB.open('secret-call.former');
  await new Promise((resolve) => request.addEventListener('success', resolve));
  const counting = request.result.transaction('pages').objectStore('pages').count();
  await new Promise((resolve) => counting.addEventListener('success', resolve));
  request.result.close();
  return counting.result + (await caches.keys()).length;
}

describe.skipIf(chromium === null)('a host that is started again', () => {
  let stage: Stage;
  let browser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(TONE_HZ, chromium ?? '');
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
  });

  async function callOf(host: HostProcess, ...names: readonly string[]): Promise<Guest[]> {
    const people = await Promise.all(names.map((name) => stage.guest(browser, host.invite, name)));
    for (const guest of people) await guest.join();
    await expectWhole(people);
    return people;
  }

  /** Everybody hears all others, and is back in the list. */
  async function expectWhole(people: readonly Guest[]): Promise<void> {
    const lookAt = async (guest: Guest) => {
      const others = people.filter((other) => other !== guest);
      await guest.showsStatus('Live');
      await guest.sees(...others.map(({ name }) => name));
      await guest.hears(...others.map(() => TONE_HZ));
      expect(await connectionsEverStood(guest.page)).toBe(others.length);
    };
    await Promise.all(people.map(lookAt));
  }

  it('as another room leaves those alone who talk, and they are told', async () => {
    const first = await stage.host();
    const people = await callOf(first, 'Anna', 'Boris');
    await stage.kill(first);
    await stage.host({ flags: ['--port', String(first.port)] });
    for (const guest of people) await guest.showsStatus('Another room answers');
    for (const guest of people) {
      await guest.hears(TONE_HZ);
      expect(await connectionsEverStood(guest.page)).toBe(1);
    }
    await stage.clear();
  });

  /** One call for all, told in order. */
  describe('with the room it kept', () => {
    let start: () => Promise<HostProcess>;
    let host: HostProcess;
    let invite: string;
    let people: [anna: Guest, boris: Guest, clara: Guest];
    let dora: Guest;

    beforeAll(async () => {
      const dataDirectory = await stage.dataDirectory();
      start = () => stage.host({ dataDirectory, flags: ['--keep-room'] });
      host = await start();
      ({ invite } = host);
      people = (await callOf(host, 'Anna', 'Boris', 'Clara')) as typeof people;
    });

    it('goes on as it was killed: same link, same places, and no connection made anew', async () => {
      const [live] = host.events;
      await stage.kill(host);
      await people[0].showsStatus('Connection lost, trying again');
      host = await start();
      expect(host.events[0]).toEqual({ ...live, pid: expect.any(Number), resumed: true });
      await expectWhole(people);
    });

    it('goes on as the system ended it, and takes in whoever comes', async () => {
      await stage.stop(host, 'SIGTERM');
      await people[0].showsStatus('Connection lost, trying again');
      host = await start();
      expect(host.invite).toBe(invite);
      await expectWhole(people);
      dora = await stage.guest(browser, invite, 'Dora');
      await dora.join();
      await expectWhole([...people, dora]);
    });

    it('has whoever loads the page anew meanwhile back by itself: at once, once the others wait for it, else with the host', async () => {
      const [anna, boris, clara] = people;
      await dora.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await stage.kill(host);
      await clara.page.reload();
      await clara.page.getByText('You were in this call').waitFor();
      await dora.page.getByText('they take you back in').waitFor();
      await dora.page.reload();
      await dora.leaveButton.waitFor();
      await dora.hears(TONE_HZ, TONE_HZ);
      await dora.showsStatus('Connection lost, trying again');
      for (const guest of [anna, boris]) await guest.hears(TONE_HZ, TONE_HZ);
      host = await start();
      await dora.showsStatus('Live');
      for (const guest of [...people, dora]) await guest.hears(TONE_HZ, TONE_HZ, TONE_HZ);
      // Several who were connected at once are heard before they are drawn.
      for (const guest of people)
        await until(
          'all four',
          () => guest.participants.count(),
          (count) => count === 4,
        );
    });

    it('ends by the host’s hand only, and then leaves nothing in the browser', async () => {
      await stage.stop(host, 'SIGINT');
      for (const guest of people) await guest.showsStatus('The host ended the call');
      await until(
        'the page being forgotten, and what was left to its next load',
        () => dora.page.evaluate(keptThings),
        (kept) => kept === 0,
      );
      expect((await start()).invite).not.toBe(invite);
    });
  });
});
