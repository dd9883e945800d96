/** Owns the rows in which the host's program dies, or is ended, and stays away or comes again. */

import type { Person } from '../person.ts';
import {
  allSettleAfterMs,
  allShowAfterMs,
  mostConnections,
  type NetsimRow,
  pause,
  readBy,
  seconds,
  showsLive,
  VOICE_GAP_MAX_MS,
  worstGapMs,
} from '../row.ts';
import type { NetsimStage } from '../stage.ts';

const NAMES = ['Anna', 'Boris', 'Clara'] as const;
const AWAY_MS = 4_000;
const WATCH_MS = 10_000;
const SHOWN_MAX_S = 1;
const BACK_MAX_S = 2;
const LIVE_TIMEOUT_MS = 20_000;

/** Everybody writes; resolves with the seconds from the last message written to the last one shown. */
async function allChat(people: readonly Person[]): Promise<number> {
  for (const { guest } of people) {
    const { page, name } = guest;
    await page.locator('#chat-input').fill(`from ${name}`);
    await page.locator('#chat-input').press('Enter');
  }
  const writtenMs = Date.now();
  for (const { guest } of people) {
    for (const { name } of people) await guest.page.locator('#chat-log').getByText(`from ${name}`).waitFor();
  }
  return (Date.now() - writtenMs) / 1_000;
}

const gone: NetsimRow = {
  fault: 'server killed, never back',
  async run(stage) {
    await stage.startHost();
    const people = await stage.call(...NAMES);
    const [anna, ...others] = people as [Person, ...Person[]];
    const killedMs = Date.now();
    await stage.killHost();
    await pause(WATCH_MS);
    const gapMs = await worstGapMs(people, killedMs);
    const chatS = await allChat(people);
    await anna.guest.page.locator('#hand-toggle').click();
    const askedMs = Date.now();
    for (const { guest } of others) await guest.participants.filter({ hasText: 'Hand raised' }).waitFor();
    const handS = (Date.now() - askedMs) / 1_000;
    await anna.guest.page.locator('#microphone-toggle').click();
    const mutedMs = Date.now();
    for (const { guest } of others) await guest.participants.filter({ hasText: /muted/i }).waitFor();
    return {
      figures: [
        { name: 'voice gap', value: gapMs, unit: 'ms', atMost: VOICE_GAP_MAX_MS },
        { name: 'all chats shown', value: chatS, unit: 's', atMost: SHOWN_MAX_S },
        { name: 'hand shown', value: handS, unit: 's', atMost: SHOWN_MAX_S },
        { name: 'mute shown', value: (Date.now() - mutedMs) / 1_000, unit: 's', atMost: SHOWN_MAX_S },
        {
          name: 'told',
          value: seconds(await allShowAfterMs(people, killedMs, (shown) => !showsLive(shown))),
          unit: 's',
        },
        {
          name: 'connections of a page',
          value: await mostConnections(people),
          unit: '',
          atMost: people.length - 1,
        },
      ],
      notes: [await readBy(anna, killedMs)],
    };
  },
};

function startedAgain(fault: string, end: (stage: NetsimStage) => Promise<void>): NetsimRow {
  return {
    fault,
    async run(stage) {
      await stage.startHost('--keep-room');
      const people = await stage.call(...NAMES);
      const invite = await stage.invite();
      const endedMs = Date.now();
      await end(stage);
      await pause(AWAY_MS);
      await stage.startHost('--keep-room');
      const liveMs = Date.now();
      for (const { guest } of people)
        await guest.status.filter({ hasText: /^Live$/ }).waitFor({ timeout: LIVE_TIMEOUT_MS });
      await stage.isWhole(people);
      await pause(1_000);
      const isBack = allSettleAfterMs(
        people,
        liveMs,
        (shown) => showsLive(shown) && shown.cards.length === NAMES.length,
      );
      return {
        figures: [
          {
            name: 'voice gap',
            value: await worstGapMs(people, endedMs),
            unit: 'ms',
            atMost: VOICE_GAP_MAX_MS,
          },
          { name: 'all back in the list', value: seconds(await isBack), unit: 's', atMost: BACK_MAX_S },
          { name: 'another link', value: Number((await stage.invite()) !== invite), unit: '', atMost: 0 },
          {
            name: 'connections of a page',
            value: await mostConnections(people),
            unit: '',
            atMost: people.length - 1,
          },
        ],
        notes: [await readBy(people[0] as Person, endedMs)],
      };
    },
  };
}

export const hostRows: Readonly<Record<string, NetsimRow>> = {
  'server-gone': gone,
  'server-killed': startedAgain('server killed and started again on the same port', (stage) =>
    stage.killHost(),
  ),
  'server-ended': startedAgain('server ended by SIGTERM and started again', (stage) => stage.terminateHost()),
};
