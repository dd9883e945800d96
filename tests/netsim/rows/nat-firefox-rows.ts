/** Owns the rows in which Firefox is behind one of two routers, and Chromium behind the other. */

import { findFirefox } from '../../support/browser/firefox.ts';
import { callTimes } from '../../support/call/call-probe.ts';
import { hearsExactly } from '../../support/sound/hearing.ts';
import { recordTones } from '../../support/sound/recorded-tones.ts';
import { until } from '../../support/time/until.ts';
import { type ConnectionWay, connectionWay } from '../connection-way.ts';
import { FirefoxTab } from '../firefox-tab.ts';
import { openOutside } from '../nat-call.ts';
import { checkRouter } from '../nat-check.ts';
import { NAT_KINDS, type NatKind } from '../nat-router.ts';
import type { Person } from '../person.ts';
import { type NetsimRow, pause } from '../row.ts';

const CONNECTED_MAX_S = 2;
const FIREFOX_HZ = 1_000;
const SETTLE_MS = 700;

interface MixedTalk {
  /** From the second one's press until Chromium hears, and Firefox, which has no sound device here, is connected. */
  readonly heardMs: number;
  readonly ways: readonly ConnectionWay[];
}

async function talkWithFirefox(
  anna: Person,
  firefox: FirefoxTab,
  invite: string,
  firefoxSecond: boolean,
): Promise<MixedTalk> {
  await anna.open(invite);
  const { guest } = anna;
  await firefox.open(invite, 'Boris');
  await guest.page.evaluate(() => window.callProbe.listen());
  const annaJoins = async () => {
    await guest.aimAtJoin();
    await guest.pressJoin();
  };
  const joins = [annaJoins, () => firefox.click('Join')];
  for (const join of firefoxSecond ? joins : joins.toReversed()) {
    await pause(SETTLE_MS);
    await join();
  }
  const [hers, his] = await until(
    'the call with Firefox',
    async () => [await callTimes(guest.page), await callTimes(firefox)] as const,
    ([own, other]) => own.soundMs.length > 0 && other.connectedMs.length > 0,
  );
  const pressedMs = (firefoxSecond ? his : hers).clickMs ?? Number.NaN;
  const heardMs = Math.max(hers.soundMs[0] ?? Number.NaN, his.connectedMs[0] ?? Number.NaN) - pressedMs;
  await until('what Firefox hears', () => recordTones(firefox), hearsExactly([anna.toneHz]));
  await guest.hears(FIREFOX_HZ);
  const ways = [await connectionWay(guest.page), await connectionWay(firefox)];
  await guest.leave();
  await guest.close();
  await firefox.close();
  return { heardMs, ways };
}

function firefoxRow(annas: NatKind, firefoxes: NatKind, relayed: boolean): NetsimRow {
  return {
    fault: `${NAT_KINDS[annas].title} and, with Firefox, ${NAT_KINDS[firefoxes].title}, ${relayed ? 'no' : 'a'} way through`,
    async run(stage) {
      const { addresses } = await openOutside(stage);
      const invite = await stage.invite();
      const anna = await stage.personBehindRouter('Anna', annas);
      const machine = await stage.machineBehindRouter('Boris', firefoxes);
      await checkRouter(annas, anna.machine, addresses);
      await checkRouter(firefoxes, machine, addresses);
      const firefox = await FirefoxTab.start(machine, findFirefox() ?? '', FIREFOX_HZ);
      try {
        const talks = [
          await talkWithFirefox(anna, firefox, invite, true),
          await talkWithFirefox(anna, firefox, invite, false),
        ];
        const [second, first] = talks.map(({ heardMs }) => heardMs / 1_000);
        const through = talks.filter(({ ways }) => ways.some((way) => way.relayed)).length;
        return {
          figures: [
            { name: 'Firefox’s Join → connected', value: second ?? null, unit: 's', atMost: CONNECTED_MAX_S },
            { name: 'Chromium’s Join → connected', value: first ?? null, unit: 's', atMost: CONNECTED_MAX_S },
            {
              name: 'calls relayed',
              value: through,
              unit: '',
              ...(relayed ? { atLeast: talks.length } : { atMost: 0 }),
            },
          ],
          notes: [talks.map(({ ways }) => ways.map(({ words }) => words).join(' / ')).join('; ')],
        };
      } finally {
        await firefox.end();
      }
    },
  };
}

export const natFirefoxRows: Readonly<Record<string, NetsimRow>> = {
  'nat-firefox-direct': firefoxRow('port', 'port', false),
  'nat-firefox-udp': firefoxRow('port', 'symmetric', true),
  'nat-firefox-tcp': firefoxRow('port', 'tcp', true),
};
