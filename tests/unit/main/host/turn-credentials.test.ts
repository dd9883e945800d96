/** Holds the credentials for guests to the TURN REST scheme, and the secret to the host. */

import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TurnServer } from '../../../../main/common/host-api/turn-server.ts';
import { silentLogger } from '../../../../main/common/logger.ts';
import {
  ICE_SERVERS_MAX,
  TURN_CREDENTIAL_LIFE_MS,
  TURN_CREDENTIAL_RENEW_MS,
  TURN_TEST_CREDENTIAL_LIFE_MS,
  TURN_TEST_MS,
} from '../../../../main/common/protocol/limits.ts';
import { ok } from '../../../../main/common/result.ts';
import { HostController } from '../../../../main/host/host-controller.ts';
import { formatKept } from '../../../../main/host/kept-room.ts';
import { roomServers, testCredentials } from '../../../../main/host/turn-credentials.ts';
import { FakeDependencies, OPTIONS } from '../../../support/host/fake-dependencies.ts';
import { MemorySettings } from '../../../support/host/memory-settings.ts';

const HOUR_MS = 3_600_000;
const SECRET = 'north:star {"}\\ ключ';
const shared: TurnServer = {
  url: 'turn:turn.example.org',
  credentials: { kind: 'shared-secret', secret: SECRET },
};
const fixed: TurnServer = {
  url: 'turns:turn.example.org?transport=tcp',
  credentials: { kind: 'static', username: 'me', password: 'word' },
};

function setUp(...turnServers: TurnServer[]) {
  const deps = new FakeDependencies();
  const { turn } = roomServers({ iceServers: [], turnServers, relayOnly: false }, deps);
  if (turn === null) throw new Error('no TURN servers');
  return { deps, turn };
}

describe('credentials for a guest', () => {
  it('are made from the secret, as a server with that secret makes them', () => {
    const { deps, turn } = setUp(shared, { ...shared, url: 'turn:other.example.org' });
    const [first, second] = turn.newGuest()();
    const { username = '', credential } = first ?? {};
    const [seconds, guest] = username.split(':');
    expect(Number(seconds)).toBe((deps.wallNowMs + TURN_CREDENTIAL_LIFE_MS) / 1_000);
    expect(guest).toMatch(/^[\w-]{16}$/);
    expect(credential).toBe(
      createHmac('sha1', Buffer.from(SECRET, 'utf8')).update(username).digest('base64'),
    );
    expect(second).toEqual({ urls: 'turn:other.example.org', username, credential });
  });

  it('keep one name for one guest and tell two apart, however often they are made', () => {
    const { deps, turn } = setUp(shared);
    const [anna, boris] = [turn.newGuest(), turn.newGuest()];
    const nameOf = (make: typeof anna) => make()[0]?.username?.split(':')[1];
    const before = nameOf(anna);
    deps.wallNowMs += TURN_CREDENTIAL_RENEW_MS;
    expect(nameOf(anna)).toBe(before);
    expect(nameOf(boris)).not.toBe(before);
  });

  it('are good for hours at the least moment, also where the host’s clock is wrong by one', () => {
    for (const wrongMs of [-HOUR_MS, 0, HOUR_MS]) {
      const { deps, turn } = setUp(shared);
      const serverNowMs = deps.wallNowMs;
      deps.wallNowMs += wrongMs;
      const username = turn.newGuest()()[0]?.username ?? '';
      const endsAtMs = Number(username.split(':')[0]) * 1_000;
      expect(endsAtMs - (serverNowMs + TURN_CREDENTIAL_RENEW_MS)).toBeGreaterThanOrEqual(5 * HOUR_MS);
    }
    expect(setUp(shared).turn.renewAfterMs).toBe(TURN_CREDENTIAL_RENEW_MS);
  });

  it('are what they are where they are static, and never made anew', () => {
    const { turn } = setUp(fixed);
    expect(turn.newGuest()()).toEqual([{ urls: fixed.url, username: 'me', credential: 'word' }]);
    expect(turn.renewAfterMs).toBeNull();
    expect(setUp(fixed, shared).turn.renewAfterMs).toBe(TURN_CREDENTIAL_RENEW_MS);
  });
});

describe('credentials for a test', () => {
  it('are for one server and one test, and end with it, also where the host’s clock is an hour behind', () => {
    const deps = new FakeDependencies();
    const { urls, username = '', credential } = testCredentials(shared, deps);
    expect(urls).toBe(shared.url);
    expect(credential).toBe(createHmac('sha1', SECRET).update(username).digest('base64'));
    const lastsMs = Number(username.split(':')[0]) * 1_000 - deps.wallNowMs;
    expect(lastsMs).toBe(TURN_TEST_CREDENTIAL_LIFE_MS);
    expect(lastsMs - HOUR_MS).toBeGreaterThanOrEqual(ICE_SERVERS_MAX * TURN_TEST_MS);
    expect(lastsMs - HOUR_MS).toBeLessThanOrEqual(10 * 60_000);
    expect(testCredentials(shared, deps).username).not.toBe(username);
    expect(testCredentials(fixed, deps)).toEqual({ urls: fixed.url, username: 'me', credential: 'word' });
  });
});

describe('what a room tells of the servers', () => {
  it('keeps those with credentials from everybody who is not in, those of the settings file, too', () => {
    const iceServers = [
      { urls: 'stun:stun.example.org' },
      { urls: 'turn:old.example.org', username: 'me', credential: 'word' },
    ];
    const servers = roomServers(
      { iceServers, turnServers: [shared], relayOnly: false },
      new FakeDependencies(),
    );
    expect(servers.iceServers).toEqual([{ urls: 'stun:stun.example.org' }]);
    expect(
      servers.turn
        ?.newGuest()()
        .map(({ urls }) => urls),
    ).toEqual(['turn:turn.example.org', 'turn:old.example.org']);
    const none = { iceServers: [], turnServers: [], relayOnly: true };
    expect(roomServers(none, new FakeDependencies())).toMatchObject({ turn: null, relayOnly: true });
  });

  it('is no more than a page takes', () => {
    const { turn } = setUp(...Array<TurnServer>(ICE_SERVERS_MAX + 1).fill(shared));
    expect(turn.newGuest()()).toHaveLength(ICE_SERVERS_MAX);
  });
});

describe('an attack on the secret', () => {
  it('finds it in no snapshot, log, kept room, or word to a guest', async () => {
    const said: unknown[] = [];
    const note = (event: string, fields?: object) => said.push(event, fields);
    const dependencies = new FakeDependencies();
    const host = new HostController({
      dependencies,
      settings: new MemorySettings(),
      logger: { ...silentLogger, debug: note, info: note, warn: note, error: note },
      systemLanguage: 'en',
      turnServers: [shared],
      notices: [],
      turnStore: { servers: [shared], lost: false, set: async () => ok(null) },
    });
    host.onSnapshot((snapshot) => said.push(snapshot));
    await host.start({ ...OPTIONS, keepRoom: true });
    const { kept } = dependencies.keptRoom;
    said.push(host.snapshot, kept && formatKept(kept), dependencies.server.start);
    said.push(dependencies.server.start.turn?.newGuest()());
    said.push(await host.turnTestAccess(shared.url));
    await host.stop();
    const text = JSON.stringify(said);
    expect(text).toContain('turn:turn.example.org');
    for (const part of [SECRET, JSON.stringify(SECRET).slice(1, -1), 'north', 'ключ'])
      expect(text).not.toContain(part);
  });
});
