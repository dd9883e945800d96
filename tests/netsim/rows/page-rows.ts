/** Owns the rows in which one person's page or browser goes: reloaded, killed, frozen. */

import { until } from '../../support/time/until.ts';
import type { Person } from '../person.ts';
import type { Figure } from '../report.ts';
import {
  allShowAfterMs,
  mostConnections,
  type NetsimRow,
  pause,
  readBy,
  seconds,
  VOICE_GAP_MAX_MS,
  voiceBackAfterMs,
  waitForVoices,
  worstGapMs,
} from '../row.ts';

const HEARD_MAX_S = 2;
const GIVE_UP_MS = 30_000;
const FROZEN_MS = 20_000;
const FROZEN_TOLD_MAX_S = 5;
const READY_MS = 15_000;
const KEPT_MS = 3_000;
/** So that what lies on the disk is there before a browser dies. */
const FLUSHED_MS = 7_000;

/** Presses Join if that is still asked for; null where the page offers no way in. */
async function comeBackIn({ guest }: Person): Promise<number | null> {
  const isThere = guest.status
    .filter({ hasText: 'Ready to join' })
    .or(guest.leaveButton)
    .first()
    .waitFor({ timeout: READY_MS });
  // A page that is not ready may take the press all the same.
  await isThere.catch(() => null);
  if (await guest.leaveButton.isVisible()) return 0;
  if (!(await guest.joinButton.isEnabled({ timeout: 1_000 }).catch(() => false))) return null;
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

/** Loads the page anew and goes back in; null where that is not to be had. */
async function reload(person: Person): Promise<number | null> {
  const loading = person.guest.page.reload({ timeout: GIVE_UP_MS });
  const loaded = await loading.then(
    () => true,
    () => false,
  );
  return loaded ? comeBackIn(person) : null;
}

/** Until this person's next load would have others to come back to. */
async function leavesWaysBack({ name, guest }: Person): Promise<void> {
  await until(
    `what ${name} leaves to the next load`,
    () => guest.page.evaluate(() => sessionStorage.getItem('secret-call.former')),
    (left) => left !== null,
  );
}

/** With the hand up, and then muted as well, Anna loads her page anew. */
function reloaded(fault: string, hostGone: boolean): NetsimRow {
  return {
    fault,
    async run(stage) {
      await stage.startHost();
      const people = await stage.call('Anna', 'Boris', 'Clara');
      const [anna, ...others] = people as [Person, ...Person[]];
      const allSee = async (what: RegExp) => {
        for (const { guest } of others)
          await guest.participants.filter({ hasText: 'Anna' }).filter({ hasText: what }).waitFor();
      };
      await anna.guest.page.locator('#hand-toggle').click();
      await allSee(/Hand raised/);
      const killedMs = Date.now();
      if (hostGone) {
        await anna.guest.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
        await stage.killHost();
        for (const { guest } of people) await guest.showsStatus('Connection lost, trying again');
        await leavesWaysBack(anna);
      }
      const startMs = Date.now();
      const leftS = (startMs - killedMs) / 1_000;
      const untilLeft: Figure[] = hostGone
        ? [{ name: 'server gone → a way back', value: leftS, unit: 's' }]
        : [];
      const presses = await reload(anna);
      const inMs = Date.now();
      if (presses === null) {
        const figures = [{ name: 'in the call again', value: 0, unit: '', atLeast: 1 }] as const;
        return { figures, notes: [await readBy(others[0] as Person, startMs)] };
      }
      const heardMs = await heardAfterMs(anna, others, inMs);
      await pause(KEPT_MS);
      const shownWith = async (what: RegExp) => {
        const all = await Promise.all(
          others.map(({ guest }) => guest.participants.filter({ hasText: 'Anna' }).allInnerTexts()),
        );
        return Number(all.every((cards) => cards.length === 1 && what.test(cards[0] ?? '')));
      };
      const handKept = await shownWith(/Hand raised/);
      const notes = [await readBy(anna, startMs), await readBy(others[0] as Person, startMs)];
      await anna.guest.page.locator('#microphone-toggle').click();
      await allSee(/Microphone muted/);
      if (hostGone) await leavesWaysBack(anna);
      await reload(anna);
      await pause(KEPT_MS);
      return {
        figures: [
          { name: 'presses until in the call', value: presses, unit: '', atMost: 1 },
          { name: 'reload → in, or Join pressed', value: (inMs - startMs) / 1_000, unit: 's' },
          { name: 'heard after that', value: seconds(heardMs), unit: 's', atMost: HEARD_MAX_S },
          {
            name: 'voice gap of the others',
            value: await worstGapMs(others, killedMs),
            unit: 'ms',
            atMost: VOICE_GAP_MAX_MS,
          },
          ...untilLeft,
          { name: 'one entry, and the hand up', value: handKept, unit: '', atLeast: 1 },
          {
            name: 'muted before, one entry, still muted',
            value: await shownWith(/Microphone muted/),
            unit: '',
            atLeast: 1,
          },
        ],
        notes,
      };
    },
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
  reload: reloaded('page reloaded in the call', false),
  'reload-hostless': reloaded('server killed, never back, and a page reloads', true),
  'browser-killed': browserKilled('browser killed, link opened again, group', [], ['Anna', 'Boris', 'Clara']),
  'browser-killed-1x1': browserKilled(
    'browser killed, link opened again, 1×1',
    ['--mode', '1x1'],
    ['Anna', 'Boris'],
  ),
  frozen,
};
