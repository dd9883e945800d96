/** Owns the proof that a call outlives its host's program: killed or ended by the system, and started again on the same port. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
  afterEach(() => stage.clear());
  afterAll(() => stage.end());

  async function callOf(host: HostProcess, ...names: readonly string[]): Promise<Guest[]> {
    const people: Guest[] = [];
    for (const name of names) {
      const guest = await stage.guest(browser, host.invite, name);
      await guest.join();
      people.push(guest);
    }
    await expectWhole(people);
    return people;
  }

  /** Everybody hears all others, and is back in the list. */
  async function expectWhole(people: readonly Guest[]): Promise<void> {
    for (const guest of people) {
      const others = people.filter((other) => other !== guest);
      await guest.showsStatus('Live');
      await guest.sees(...others.map(({ name }) => name));
      await guest.hears(...others.map(() => TONE_HZ));
      expect(await connectionsEverStood(guest.page)).toBe(others.length);
    }
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
  });

  it('goes on with the room it kept: same link, same places, and no connection made anew', async () => {
    const dataDirectory = await stage.dataDirectory();
    const start = () => stage.host({ dataDirectory, flags: ['--keep-room'] });
    const first = await start();
    const people = await callOf(first, 'Anna', 'Boris', 'Clara');

    await stage.kill(first);
    await people[0]?.showsStatus('Connection lost, trying again');
    const second = await start();
    expect(second.events[0]).toEqual({ ...first.events[0], pid: expect.any(Number), resumed: true });
    await expectWhole(people);

    await stage.stop(second, 'SIGTERM');
    await people[0]?.showsStatus('Connection lost, trying again');
    const third = await start();
    expect(third.invite).toBe(first.invite);
    await expectWhole(people);
    const newcomer = await stage.guest(browser, first.invite, 'Dora');
    await newcomer.join();
    await expectWhole([...people, newcomer]);

    // Whoever loads the page anew while nobody answers has it all the same, and is back by itself: at once, once the others wait
    // for it, else with the host.
    const [anna, boris, clara] = people as [Guest, Guest, Guest];
    await newcomer.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await stage.kill(third);
    await clara.page.reload();
    await clara.page.getByText('You were in this call').waitFor();
    await newcomer.page.getByText('they take you back in').waitFor();
    await newcomer.page.reload();
    await newcomer.leaveButton.waitFor();
    await newcomer.hears(TONE_HZ, TONE_HZ);
    await newcomer.showsStatus('Connection lost, trying again');
    for (const guest of [anna, boris]) await guest.hears(TONE_HZ, TONE_HZ);
    const back = await start();
    await newcomer.showsStatus('Live');
    for (const guest of [...people, newcomer]) await guest.hears(TONE_HZ, TONE_HZ, TONE_HZ);
    for (const guest of people) expect(await guest.participants.count()).toBe(4);

    await stage.stop(back, 'SIGINT');
    for (const guest of people) await guest.showsStatus('The host ended the call');
    await until(
      'the page being forgotten, and what was left to its next load',
      () => newcomer.page.evaluate(keptThings),
      (kept) => kept === 0,
    );
    const fourth = await start();
    expect(fourth.invite).not.toBe(first.invite);
  });
});
