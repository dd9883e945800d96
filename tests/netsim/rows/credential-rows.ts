/** Owns the rows about what a TURN server lets people in by: a secret, a name and password, and until when. */

import { until } from '../../support/time/until.ts';
import { TURN_REALM } from '../../support/wire/turn-server.ts';
import { HASTENED_LIFE_MS, hasteningArguments } from '../hastened-credentials.ts';
import type { Person } from '../person.ts';
import { BACK_MAX_S, BACK_TIMEOUT_MS, HEARD_MAX_S, talkThroughRelay, withoutRelay } from '../relay-call.ts';
import { type NetsimRow, pause, seconds, VOICE_GAP_MAX_MS, waitForVoices, worstGapMs } from '../row.ts';

const ANEW_TIMEOUT_MS = 30_000;
/** After their end, by the server's clock, which counts whole seconds. */
const ENDED_MS = 2_000;
const KEPT_MS = 3_000;

const renewed: NetsimRow = {
  fault:
    'no way to each other, and the TURN server becomes another with another secret, and the host starts again with that',
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

const wrongRealm = withoutRelay(
  'no way to each other, and a TURN server that knows the host’s name and password for another realm',
  'obstacle.relay-refused',
  async (stage) => {
    const relay = await stage.startRelay({ accountRealm: `other.${TURN_REALM}` });
    await stage.startHost(...relay.hostFlags('udp'));
  },
);

const account: NetsimRow = {
  fault: 'no way to each other, and a TURN server that knows the host’s name and password',
  async run(stage) {
    const relay = await stage.startRelay({ accountRealm: TURN_REALM });
    await stage.startHost(...relay.hostFlags('udp'));
    const { heardMs } = await talkThroughRelay(stage);
    return {
      figures: [{ name: 'Join → both heard', value: seconds(heardMs), unit: 's', atMost: HEARD_MAX_S }],
    };
  },
};

/** When the page's credentials end, by their own words, and which ICE generation its connection goes by. */
const standingOf = ({ guest }: Person) =>
  guest.page.evaluate(async () => {
    const connection = window.callProbe.connections().find((each) => each.connectionState === 'connected');
    const names = connection?.getConfiguration().iceServers?.map(({ username }) => username ?? '') ?? [];
    const [described] = /(?<=ice-ufrag:)\S+/.exec(connection?.localDescription?.sdp ?? '') ?? [];
    const all: Record<string, unknown>[] = [...((await connection?.getStats()) ?? new Map()).values()];
    const byId = (id: unknown) => all.find((entry) => entry.id === id);
    const pair = byId(all.find(({ type }) => type === 'transport')?.selectedCandidatePairId);
    const used = byId(pair?.localCandidateId)?.usernameFragment;
    return { endMs: Math.max(...names.map((name) => Number(name.split(':')[0]))) * 1_000, described, used };
  });

const outlived: NetsimRow = {
  fault: 'no way to each other, a TURN server whose credentials end, and then ICE begins anew',
  async run(stage) {
    const relay = await stage.startRelay();
    await stage.startHostWith(await hasteningArguments(stage.directory), ...relay.hostFlags('udp'));
    const { people } = await talkThroughRelay(stage);
    const [anna] = people;
    const first = await standingOf(anna);
    const leftMs = first.endMs - Date.now();
    if (!(leftMs <= HASTENED_LIFE_MS)) throw new Error(`the first credentials are good for ${leftMs} ms`);
    await pause(leftMs + ENDED_MS);
    const restartMs = Date.now();
    await anna.guest.page.evaluate(() => dispatchEvent(new Event('online')));
    const isNew = ({ described, used }: typeof first) => described !== first.described && described === used;
    const tried = until('the way anew', () => standingOf(anna), isNew, ANEW_TIMEOUT_MS);
    const last = await tried.catch(() => null);
    const anewMs = last === null ? null : Date.now() - restartMs;
    await pause(KEPT_MS);
    return {
      figures: [
        { name: 'first credentials ended before that', value: seconds(restartMs - first.endMs), unit: 's' },
        { name: 'through the relay anew', value: seconds(anewMs), unit: 's', atMost: BACK_MAX_S },
        {
          name: 'voice gap',
          value: await worstGapMs(people, restartMs),
          unit: 'ms',
          atMost: VOICE_GAP_MAX_MS,
        },
      ],
    };
  },
};

export const credentialRows: Readonly<Record<string, NetsimRow>> = {
  'relay-renewed': renewed,
  'relay-refused': refused,
  'relay-account': account,
  'relay-realm': wrongRealm,
  'relay-outlived': outlived,
};
