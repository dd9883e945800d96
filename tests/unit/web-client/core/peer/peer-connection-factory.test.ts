import { beforeEach, describe, expect, it } from 'vitest';
import type { PlainIceServer } from '../../../../../web-client/core/browser-api.ts';
import {
  IceServerChoice,
  WarmPeerConnectionFactory,
} from '../../../../../web-client/core/peer/peer-connection-factory.ts';
import type { LeftOutServer } from '../../../../../web-client/core/state/session-events.ts';
import { PageCertificate } from '../../../../support/call/call-world.ts';
import { FakePeerNetwork } from '../../../../support/call/fake-peer-network.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const STUN = { urls: 'stun:stun.example.org:3478' };
const OTHER = { urls: 'stun:other.example.org:3478' };
const certificate = new PageCertificate();

const configurationWith = (...iceServers: PlainIceServer[]) => ({
  certificates: [certificate],
  iceServers,
  bundlePolicy: 'max-bundle',
});

let time: ManualTime;
let network: FakePeerNetwork;
let iceServers: PlainIceServer[];
let leftOut: string[];
let relayOnly: boolean;
let source: WarmPeerConnectionFactory<PageCertificate>;
beforeEach(() => {
  time = new ManualTime();
  network = new FakePeerNetwork();
  iceServers = [STUN];
  leftOut = [];
  relayOnly = false;
  source = new WarmPeerConnectionFactory({
    timers: time.timers,
    certificate,
    servers: {
      get chosen() {
        return iceServers;
      },
      relaysEnded: false,
      get relayOnly() {
        return relayOnly;
      },
      leaveOut: (server) => {
        leftOut.push(server.urls);
        iceServers = iceServers.filter((other) => other !== server);
      },
    },
    createPeerConnection: (configuration) => network.create('page', certificate, configuration),
  });
});

const configurations = () => network.connections.map(({ configuration }) => configuration);

it('has connections go by relays alone, as soon as and as long as that is wanted', () => {
  relayOnly = true;
  const connection = source.create();
  const configuration = () => network.connections[0]?.configuration;
  expect(configuration()).toEqual({ ...configurationWith(STUN), iceTransportPolicy: 'relay' });
  relayOnly = false;
  source.configure(connection);
  expect(configuration()).toEqual(configurationWith(STUN));
});

it('has a single one go by relays alone, and hides nobody the less for another that does not', () => {
  const configuration = () => network.connections.at(-1)?.configuration;
  const byRelay = source.create(true);
  expect(configuration()).toEqual({ ...configurationWith(STUN), iceTransportPolicy: 'relay' });
  source.configure(byRelay, false);
  expect(configuration()).toEqual(configurationWith(STUN));
  relayOnly = true;
  source.configure(byRelay, false);
  expect(configuration()).toEqual({ ...configurationWith(STUN), iceTransportPolicy: 'relay' });
});

describe('the first connection', () => {
  it('is made while nothing else happens, and taken by the first who needs one', async () => {
    source.prepare();
    expect(network.connections).toHaveLength(0);
    await time.advance(1_000);
    expect(configurations()).toEqual([configurationWith(STUN)]);
    expect(source.create()).toBe(network.connections[0]);
    expect(network.connections).toHaveLength(1);
  });

  it('is made for whoever cannot wait for it, and then not once more', async () => {
    source.prepare();
    source.create();
    await time.advance(1_000);
    source.prepare();
    await time.advance(1_000);
    expect(network.connections).toHaveLength(1);
    expect(time.pending).toBe(0);
  });

  it('is one, however often the page comes online', async () => {
    for (let online = 0; online < 3; online++) {
      source.prepare();
      await time.advance(1_000);
    }
    expect(network.connections).toHaveLength(1);
  });

  it('asks the servers that are chosen while it waits', async () => {
    source.prepare();
    await time.advance(1_000);
    iceServers = [OTHER];
    source.prepare();
    expect(configurations()).toEqual([configurationWith(OTHER)]);
  });

  it('is closed where nobody took it, and not made after that', async () => {
    source.prepare();
    await time.advance(1_000);
    source.dispose();
    source.prepare();
    await time.advance(1_000);
    expect(network.connections).toHaveLength(1);
    expect(network.open).toEqual([]);
  });

  it('leaves no timer behind', () => {
    source.prepare();
    source.dispose();
    expect(time.pending).toBe(0);
  });
});

describe('every other connection', () => {
  it('is new, with the servers as they are then', async () => {
    source.prepare();
    await time.advance(1_000);
    const first = source.create();
    iceServers = [OTHER];
    const second = source.create();
    expect(second).not.toBe(first);
    expect(configurations()).toEqual([configurationWith(STUN), configurationWith(OTHER)]);
  });

  it('is its taker’s to close', () => {
    source.create();
    source.dispose();
    expect(network.open).toHaveLength(1);
  });
});

describe('a server that the browser refuses', () => {
  const BAD = { urls: 'stuns:stun.example.org:993' };
  const serversOf = (configuration: unknown) =>
    (configuration as { iceServers: PlainIceServer[] }).iceServers;
  beforeEach(() => {
    iceServers = [STUN, BAD, OTHER];
    network.refuses = (configuration) => serversOf(configuration).some(({ urls }) => urls === BAD.urls);
  });

  it('is left out alone, and told', () => {
    source.create();
    expect(leftOut).toEqual([BAD.urls]);
    expect(network.open.map(({ configuration }) => configuration)).toEqual([configurationWith(STUN, OTHER)]);
  });

  it('is left out of the first connection that nobody waits for, too', async () => {
    source.prepare();
    await time.advance(1_000);
    expect(leftOut).toEqual([BAD.urls]);
    expect(network.open).toEqual([source.create()]);
  });

  it('is left out where a connection stands already', () => {
    iceServers = [STUN];
    const connection = source.create();
    iceServers = [BAD, OTHER];
    source.configure(connection);
    expect(leftOut).toEqual([BAD.urls]);
    expect(network.open.map(({ configuration }) => configuration)).toEqual([configurationWith(OTHER)]);
  });

  it('is not blamed where the browser makes no connection at all', async () => {
    network.refuses = () => true;
    expect(() => source.create()).toThrow();
    source.prepare();
    await time.advance(1_000);
    expect(leftOut).toEqual([]);
  });
});

describe('the ICE servers that are asked', () => {
  const NOW_MS = 1_800_000_000_000;
  const TURN = { urls: 'turn:turn.example.org:3478', username: 'anna', credential: 'secret' };
  let told: LeftOutServer[];
  let choice: IceServerChoice;
  beforeEach(() => {
    told = [];
    choice = new IceServerChoice(
      (server) => told.push(server),
      () => NOW_MS,
    );
  });

  it('are the host’s, and none before it has named them', () => {
    expect(choice.chosen).toEqual([]);
    choice.handleHost([STUN, TURN]);
    expect(choice.chosen).toStrictEqual([STUN, TURN]);
  });

  it('have the person’s own STUN server in place of the host’s, which leaves its TURN servers', () => {
    choice.handleHost([STUN, { urls: 'stuns:other.example.org' }, TURN]);
    expect(choice.setOwnStun(OTHER.urls)).toBe(true);
    expect(choice.chosen).toStrictEqual([OTHER, TURN]);
    expect(choice.setOwnStun(OTHER.urls)).toBe(false);
    expect(choice.setOwnStun(null)).toBe(true);
    expect(choice.chosen).toEqual([STUN, { urls: 'stuns:other.example.org' }, TURN]);
  });

  it.each([
    [`${NOW_MS / 1_000 - 1}:anna`, true],
    [`${NOW_MS / 1_000 + 1}:anna`, false],
    ['anna', false],
    ['1:anna', false],
  ])('have ended for somebody called %s: %s', (username, ended) => {
    choice.handleHost([STUN, TURN, { ...TURN, username }]);
    expect(choice.relaysEnded).toBe(ended);
  });

  it('are never those that nobody could ask, and each of them is told once', () => {
    const broken = { urls: 'stun:' };
    choice.handleHost([broken, STUN]);
    choice.handleHost([broken, STUN]);
    expect(choice.chosen).toEqual([STUN]);
    expect(told).toEqual([{ url: 'stun:', own: false }]);
  });

  it('are no more those that the browser does not take, the person’s own among them', () => {
    choice.handleHost([STUN, TURN]);
    choice.setOwnStun(OTHER.urls);
    choice.leaveOut(OTHER);
    choice.leaveOut(TURN);
    expect(choice.chosen).toEqual([]);
    expect(told).toEqual([
      { url: OTHER.urls, own: true },
      { url: TURN.urls, own: false },
    ]);
  });
});
