/** Owns the rows in which one person's page or browser goes: reloaded, killed, frozen. */

import { until } from '../../support/time/until.ts';
import type { Person } from '../person.ts';
import {
  allShowAfterMs,
  mostConnections,
  type NetsimRow,
  pause,
  readBy,
  seconds,
  voiceBackAfterMs,
  waitForVoices,
} from '../row.ts';
import type { NetsimStage } from '../stage.ts';

const HEARD_MAX_S = 2;
const GIVE_UP_MS = 30_000;
const FROZEN_MS = 20_000;
const FROZEN_TOLD_MAX_S = 5;
const KEPT_MS = 3_000;
/** So that what lies on the disk is there before a browser dies. */
const FLUSHED_MS = 7_000;

/** Presses Join if that is still asked for; null where the page offers no way in. */
async function comeBackIn({ guest }: Person): Promise<number | null> {
  const ready = guest.status.filter({ hasText: /^(Ready to join|Live)$/ });
  const offered = await ready.waitFor({ timeout: GIVE_UP_MS }).then(
    () => true,
    () => false,
  );
  if (!offered) return null;
  if ((await guest.status.innerText()) === 'Live') return 0;
  await guest.aimAtJoin();
  await guest.pressJoin();
  return 1;
}

/** From now on until the newly loaded page hears all others, and they it; null if never. */
async function heardAfterMs(
  person: Person,
  others: readonly Person[],
  sinceMs: number,
): Promise<number | null> {
  const deadlineMs = Date.now() + GIVE_UP_MS;
  for (;;) {
    const own = await person.testimony();
    const first = others.map(({ toneHz }) => own.firstHeardMs[toneHz] ?? Number.POSITIVE_INFINITY);
    const others_ = await Promise.all(others.map((other) => voiceBackAfterMs(person, [other], sinceMs)));
    const heardMs = Math.max(...first.map((atMs) => atMs - sinceMs), ...others_);
    if (Number.isFinite(heardMs)) return heardMs;
    if (Date.now() > deadlineMs) return null;
    await pause(100);
  }
}

function browserKilled(fault: string, flags: readonly string[], names: readonly string[]): NetsimRow {
  return {
    fault,
    async run(stage) {
      await stage.startHost(...flags);
      const people = await stage.call(...names);
      const invite = await stage.invite();
      const [anna, ...others] = people as [Person, ...Person[]];
      await pause(FLUSHED_MS);
      const killedMs = Date.now();
      await anna.crashAndReturn();
      const openedMs = Date.now();
      await anna.reopen(invite);
      const readyMs = Date.now();
      const presses = await comeBackIn(anna);
      const pressedMs = Date.now();
      const heardMs = await heardAfterMs(anna, others, pressedMs);
      await pause(KEPT_MS);
      const entries = await until(
        'the lists',
        async () => Math.max(...(await Promise.all(people.map(({ guest }) => guest.participants.count())))),
        () => true,
      );
      const mostSeen = Math.max(
        ...(await Promise.all(others.map((other) => other.testimony()))).flatMap(({ shown }) =>
          shown.filter(({ atMs }) => atMs > pressedMs).map(({ cards }) => cards.length),
        ),
      );
      return {
        figures: [
          {
            name: 'heard after Join',
            value: presses === null ? null : seconds(heardMs),
            unit: 's',
            atMost: HEARD_MAX_S,
          },
          {
            name: 'most entries shown from then on',
            value: Math.max(entries, mostSeen),
            unit: '',
            atMost: names.length,
          },
          { name: 'link opened until it can be joined', value: (readyMs - openedMs) / 1_000, unit: 's' },
        ],
        notes: [await readBy(anna, openedMs), await readBy(others[0] as Person, killedMs)],
      };
    },
  };
}

/** Muted, with the hand up, Anna loads her page anew. */
async function reloadWithState(stage: NetsimStage, hostGone: boolean) {
  await stage.startHost();
  const people = await stage.call('Anna', 'Boris', 'Clara');
  const [anna, ...others] = people as [Person, ...Person[]];
  const { page } = anna.guest;
  await page.locator('#hand-toggle').click();
  for (const { guest } of others) await guest.participants.filter({ hasText: 'Hand raised' }).waitFor();
  if (hostGone) {
    await stage.killHost();
    for (const { guest } of people) await guest.showsStatus('Connection lost, trying again');
  }
  const reloadedMs = Date.now();
  const loaded = await page.reload({ timeout: GIVE_UP_MS }).then(
    () => true,
    () => false,
  );
  const presses = loaded ? await comeBackIn(anna) : null;
  const heardMs = presses === null ? null : await heardAfterMs(anna, others, reloadedMs);
  await pause(KEPT_MS);
  const cards = await Promise.all(
    others.map(({ guest }) => guest.participants.filter({ hasText: 'Anna' }).allInnerTexts()),
  );
  const handKept = cards.every((own) => own.length === 1 && /Hand raised/.test(own[0] ?? ''));
  return {
    figures: [
      { name: 'page comes again', value: Number(loaded), unit: '', atLeast: 1 },
      { name: 'presses until in the call', value: presses, unit: '', atMost: 1 },
      { name: 'reloaded → hears and is heard', value: seconds(heardMs), unit: 's' },
      { name: 'one entry and the hand kept', value: Number(handKept), unit: '', atLeast: 1 },
    ] as const,
    notes: [
      loaded ? await readBy(anna, reloadedMs) : 'the page does not load',
      await readBy(others[0] as Person, reloadedMs),
    ],
  };
}

const frozen: NetsimRow = {
  fault: 'one page frozen for 20 s',
  async run(stage) {
    await stage.startHost();
    const people = await stage.call('Anna', 'Boris', 'Clara');
    const [anna, ...others] = people as [Person, ...Person[]];
    const frozenMs = Date.now();
    await anna.signalRenderers('SIGSTOP');
    await pause(FROZEN_MS);
    await anna.signalRenderers('SIGCONT');
    const thawedMs = Date.now();
    const backMs = await waitForVoices(anna, others, thawedMs, GIVE_UP_MS);
    const told = allShowAfterMs(others, frozenMs, ({ cards }) =>
      cards.some((card) => /Anna.*(Lost|No connection)/.test(card)),
    );
    return {
      figures: [
        { name: 'told', value: seconds(await told), unit: 's', atMost: FROZEN_TOLD_MAX_S },
        { name: 'voice back', value: seconds(backMs), unit: 's' },
        { name: 'connections of a page', value: await mostConnections(people), unit: '' },
      ],
      notes: [await readBy(anna, frozenMs), await readBy(others[0] as Person, frozenMs)],
    };
  },
};

export const pageRows: Readonly<Record<string, NetsimRow>> = {
  reload: { fault: 'page reloaded in the call', run: (stage) => reloadWithState(stage, false) },
  'reload-hostless': {
    fault: 'server killed, never back, and a page reloads',
    run: (stage) => reloadWithState(stage, true),
  },
  'browser-killed': browserKilled('browser killed, link opened again, group', [], ['Anna', 'Boris', 'Clara']),
  'browser-killed-1x1': browserKilled(
    'browser killed, link opened again, 1×1',
    ['--mode', '1x1'],
    ['Anna', 'Boris'],
  ),
  frozen,
};
