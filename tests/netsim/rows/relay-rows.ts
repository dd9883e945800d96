/** Owns the rows in which two people have no way to each other but through a TURN server. */

import { callEn } from '../../../web-client/i18n/call-en.ts';
import type { TurnTransport } from '../../support/wire/turn-server.ts';
import type { Person } from '../person.ts';
import {
  allShowAfterMs,
  mostConnections,
  type NetsimRow,
  pause,
  readBy,
  seconds,
  VOICE_GAP_MAX_MS,
  waitForVoices,
  worstGapMs,
} from '../row.ts';
import type { NetsimStage } from '../stage.ts';

const HEARD_MAX_S = 2;
const READ_MAX_S = 15;
const READ_TIMEOUT_MS = 30_000;
const DOWN_MS = 60_000;
/** A browser asks again some seconds apart, or is asked to by the next repair. */
const BACK_MAX_S = 10;
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

function relayed(transport: TurnTransport): NetsimRow {
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

type RelayWords = 'obstacle.relay-refused' | 'obstacle.relay-full' | 'obstacle.relay-silent';

/** How long after this moment the last of them could read it on the card of another; null where one could not in time. */
async function readOnCardsAfterMs(
  people: readonly Person[],
  words: RelayWords,
  momentMs: number,
): Promise<number | null> {
  const deadlineMs = Date.now() + READ_TIMEOUT_MS;
  for (;;) {
    const afterMs = await allShowAfterMs(people, momentMs, ({ cards }) =>
      cards.some((card) => card.includes(callEn[words])),
    );
    if (afterMs !== null || Date.now() > deadlineMs) return afterMs;
    await pause(200);
  }
}

/** Two people, to whom the TURN server gives nothing. */
function withoutRelay(
  fault: string,
  words: RelayWords,
  prepare: (stage: NetsimStage) => Promise<unknown>,
): NetsimRow {
  return {
    fault,
    async run(stage) {
      await prepare(stage);
      const invite = await stage.invite();
      const people = [await stage.person('Anna'), await stage.person('Boris')] as const;
      const [anna, boris] = people;
      await anna.machine.cutFrom(boris.machine);
      await anna.join(invite);
      await boris.join(invite);
      const togetherMs = Date.now();
      const readMs = await readOnCardsAfterMs(people, words, togetherMs);
      return {
        figures: [{ name: 'the reason on the card', value: seconds(readMs), unit: 's', atMost: READ_MAX_S }],
        notes: [await readBy(anna, togetherMs), await readBy(boris, togetherMs)],
      };
    },
  };
}

const refused = withoutRelay(
  'no way to each other, and a TURN server that does not know the host’s secret',
  'obstacle.relay-refused',
  async (stage) => {
    const relay = await stage.startRelay();
    await stage.startHost(...relay.hostFlags('udp'));
    // In its place, with another secret.
    await stage.startRelay();
  },
);

const silent = withoutRelay(
  'no way to each other, and no TURN server where the host says there is one',
  'obstacle.relay-silent',
  async (stage) => {
    const relay = await stage.startRelay();
    await stage.startHost(...relay.hostFlags('udp'));
    await stage.stopRelay();
  },
);

/** One allocation a person: the first two have theirs, and the third's goes to one of them. */
const full: NetsimRow = {
  fault: 'three with no way to each other, and a TURN server that grants each one connection',
  async run(stage) {
    const relay = await stage.startRelay({ userQuota: 1 });
    await stage.startHost(...relay.hostFlags('udp'));
    const [anna, boris] = (await talkThroughRelay(stage)).people;
    const clara = await stage.person('Clara');
    for (const { machine } of [anna, boris]) await clara.machine.cutFrom(machine);
    await clara.join(await stage.invite());
    const togetherMs = Date.now();
    const readMs = await readOnCardsAfterMs([clara], 'obstacle.relay-full', togetherMs);
    const gapMs = await worstGapMs([anna, boris], togetherMs);
    return {
      figures: [
        { name: 'the reason on the card', value: seconds(readMs), unit: 's', atMost: READ_MAX_S },
        { name: 'voice gap of the first two', value: gapMs, unit: 'ms', atMost: VOICE_GAP_MAX_MS },
      ],
      notes: [
        await readBy(anna, togetherMs),
        await readBy(boris, togetherMs),
        await readBy(clara, togetherMs),
      ],
    };
  },
};

const stopped = (transport: Exclude<TurnTransport, 'tls'>): NetsimRow => ({
  fault: `no way to each other, and the TURN server, over ${transport.toUpperCase()}, stops for ${DOWN_MS / 1_000} s`,
  async run(stage) {
    const relay = await stage.startRelay();
    await stage.startHost(...relay.hostFlags(transport));
    const { people } = await talkThroughRelay(stage);
    const [anna, boris] = people;
    const stoppedMs = Date.now();
    await stage.stopRelay();
    const readMs = await readOnCardsAfterMs(people, 'obstacle.relay-silent', stoppedMs);
    await pause(stoppedMs + DOWN_MS - Date.now());
    await stage.startRelay({ secret: relay.secret });
    const backMs = Date.now();
    const heardMs = await waitForVoices(boris, [anna], backMs, BACK_TIMEOUT_MS);
    return {
      figures: [
        { name: 'the reason on the card', value: seconds(readMs), unit: 's', atMost: READ_MAX_S },
        { name: 'heard again after its return', value: seconds(heardMs), unit: 's', atMost: BACK_MAX_S },
      ],
      notes: [await readBy(anna, stoppedMs), await readBy(boris, stoppedMs)],
    };
  },
});

export const relayRows: Readonly<Record<string, NetsimRow>> = {
  'relay-udp': relayed('udp'),
  'relay-tcp': relayed('tcp'),
  'relay-tls': relayed('tls'),
  'relay-renewed': renewed,
  'relay-refused': refused,
  'relay-full': full,
  'relay-down': silent,
  'relay-stopped': stopped('udp'),
  'relay-stopped-tcp': stopped('tcp'),
};
