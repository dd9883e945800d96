/** Owns the rows in which two people have no way to each other but through a TURN server. */

import type { TurnTransport } from '../../support/wire/turn-server.ts';
import { connectionWay } from '../connection-way.ts';
import {
  BACK_MAX_S,
  BACK_TIMEOUT_MS,
  HEARD_MAX_S,
  joinOneByOne,
  READ_MAX_S,
  readOnCardsAfterMs,
  talkThroughRelay,
  withoutRelay,
} from '../relay-call.ts';
import {
  mostConnections,
  type NetsimRow,
  pause,
  readBy,
  seconds,
  VOICE_GAP_MAX_MS,
  waitForVoices,
  worstGapMs,
} from '../row.ts';
import { HTTPS_PORT } from '../stage.ts';

const DOWN_MS = 60_000;

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

/** Both have an address there alone, and the way leads from the relay to itself. */
const setUp: NetsimRow = {
  fault: 'behind symmetric routers, addresses hidden, a TURN server as `npm run turn-setup` writes it',
  async run(stage) {
    await stage.openInternet();
    const relay = await stage.startSetUpRelay();
    const flags = relay.hostFlags('udp', 'tcp', 'tls');
    await stage.startHost('--port', String(HTTPS_PORT), '--relay-only', ...flags);
    const people = [
      await stage.personBehindRouter('Anna', 'symmetric'),
      await stage.personBehindRouter('Boris', 'symmetric'),
    ] as const;
    const heardMs = await joinOneByOne(stage, people);
    const ways = await Promise.all(people.map(({ guest }) => connectionWay(guest.page)));
    return {
      figures: [
        { name: 'Join → both heard', value: seconds(heardMs), unit: 's', atMost: HEARD_MAX_S },
        {
          name: 'pages relayed',
          value: ways.filter(({ relayed }) => relayed).length,
          unit: '',
          atLeast: people.length,
        },
      ],
      notes: [ways.map(({ words }) => words).join(', ')],
    };
  },
};

export const relayRows: Readonly<Record<string, NetsimRow>> = {
  'relay-udp': relayed('udp'),
  'relay-tcp': relayed('tcp'),
  'relay-tls': relayed('tls'),
  'relay-set-up': setUp,
  'relay-full': full,
  'relay-down': silent,
  'relay-stopped': stopped('udp'),
  'relay-stopped-tcp': stopped('tcp'),
};
