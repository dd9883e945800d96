/** Owns the rows in which two people have no way to each other but through a TURN server. */

import type { Person } from '../person.ts';
import { mostConnections, type NetsimRow, seconds, waitForVoices } from '../row.ts';
import type { NetsimStage } from '../stage.ts';

const HEARD_MAX_S = 2;
/** A browser notices a dead relay by the silence, and asks the new one from the other's next try on. */
const BACK_TIMEOUT_MS = 60_000;

/** Joined, one after the other; resolves with the seconds from Boris' press until both hear each other. */
async function talkThroughRelay(
  stage: NetsimStage,
): Promise<{ readonly people: readonly [Person, Person]; readonly heardMs: number }> {
  const invite = await stage.invite();
  const [anna, boris] = [await stage.person('Anna'), await stage.person('Boris')];
  await anna.machine.cutFrom(boris.machine);
  await anna.join(invite);
  await boris.open(invite);
  const pressedMs = Date.now();
  await boris.guest.join();
  await stage.isWhole([anna, boris]);
  const firstMs = [
    (await boris.testimony()).firstHeardMs[anna.toneHz],
    (await anna.testimony()).firstHeardMs[boris.toneHz],
  ];
  const heardMs = Math.max(...firstMs.map((atMs) => atMs ?? Number.POSITIVE_INFINITY)) - pressedMs;
  return { people: [anna, boris], heardMs };
}

function relayed(transport: 'udp' | 'tcp'): NetsimRow {
  return {
    fault: `no way to each other, a TURN server over ${transport.toUpperCase()}`,
    async run(stage) {
      const relay = await stage.startRelay();
      await stage.startHost(...relay.hostFlags(transport));
      const { people, heardMs } = await talkThroughRelay(stage);
      return {
        figures: [
          { name: 'Join → both heard', value: seconds(heardMs), unit: 's', atMost: HEARD_MAX_S },
          { name: 'connections of a page', value: await mostConnections(people), unit: '', atMost: 1 },
        ],
      };
    },
  };
}

const renewed: NetsimRow = {
  fault: 'the same, then the TURN server is another with another secret, and the host starts again with that',
  async run(stage) {
    const first = await stage.startRelay();
    await stage.startHost('--keep-room', ...first.hostFlags('udp'));
    const { people, heardMs } = await talkThroughRelay(stage);
    const second = await stage.startRelay();
    await stage.killHost();
    await stage.startHost('--keep-room', ...second.hostFlags('udp'));
    const changedMs = Date.now();
    const [anna, boris] = people;
    const backMs = await waitForVoices(boris, [anna], changedMs, BACK_TIMEOUT_MS);
    return {
      figures: [
        { name: 'Join → both heard', value: seconds(heardMs), unit: 's' },
        { name: 'heard again by the new credentials', value: seconds(backMs), unit: 's' },
      ],
    };
  },
};

export const relayRows: Readonly<Record<string, NetsimRow>> = {
  'relay-udp': relayed('udp'),
  'relay-tcp': relayed('tcp'),
  'relay-renewed': renewed,
};
