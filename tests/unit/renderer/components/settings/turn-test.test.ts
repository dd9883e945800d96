/** Holds the test of a TURN server to what it says of one, and to leaving nothing behind. */

import { describe, expect, it } from 'vitest';
import { TURN_TEST_MS } from '../../../../../main/common/protocol/limits.ts';
import {
  isTlsAddress,
  type TestedConnection,
  testTurnServer,
} from '../../../../../renderer/components/settings/turn-test.ts';
import { FakeTestConnection } from '../../../../support/host/fake-connection.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const at = (urls: string) => ({ urls, username: '1700000000:guest', credential: 'word' });

function begin(url = 'turn:turn.example.org') {
  const made: FakeTestConnection[] = [];
  const time = new ManualTime();
  const abort = new AbortController();
  const createConnection = (configuration: RTCConfiguration): TestedConnection => {
    const connection = new FakeTestConnection(configuration);
    made.push(connection);
    return connection;
  };
  const outcome = testTurnServer(at(url), { createConnection, ...time }, abort.signal);
  const [near, far] = made;
  if (near === undefined || far === undefined) throw new Error('two are needed');
  return { near, far, time, abort, outcome, made };
}

describe('the test of a TURN server', () => {
  it('lets two connections meet at it alone, and tells how long a packet was under way', async () => {
    const { near, far, time, outcome, made } = begin();
    for (const { configuration } of made)
      expect(configuration).toEqual({
        iceServers: [at('turn:turn.example.org')],
        iceTransportPolicy: 'relay',
      });
    near.relay();
    far.relay();
    await time.advance(300);
    expect([near.added.length, far.added.length]).toEqual([1, 1]);
    near.channel.send = () => {
      void time.advance(42).then(() => far.channel.dispatchEvent(new MessageEvent('message')));
    };
    near.reach(far);
    expect(await outcome).toEqual({ kind: 'works', tookMs: 42 });
    expect(made.map(({ closes }) => closes)).toEqual([1, 1]);
    expect(time.pending).toBe(0);
  });

  it.each([
    ['turn:a.example', [401], '', 'refused'],
    ['turns:a.example', [701, 441], '', 'refused'],
    ['turn:a.example?transport=tcp', [486], 'TURN allocate error.', 'full'],
    ['turn:a.example', [701], 'TURN allocate request timed out.', 'silent'],
    ['turn:a.example?transport=tcp', [701], 'TURN allocate request timed out.', 'silent'],
    ['turn:a.example', [701], '', 'silent'],
    ['turn:a.example?transport=tcp', [701], 'Failed to establish connection', 'closed'],
    ['turns:a.example:443', [701], 'Failed to establish connection', 'tls-failed'],
    ['turns:192.0.2.7:443', [701], 'Failed to establish connection', 'tls-address'],
    ['turns:[2001:db8::7]', [701], 'Failed to establish connection', 'tls-address'],
    ['turns:192.0.2.7', [701], 'TURN allocate request timed out.', 'silent'],
    ['turns:a.example', [701], 'TURN host lookup received error.', 'unknown-name'],
    ['turn:a.example', [], '', 'silent'],
  ] as const)('takes of %s the codes %j “%s” for %s', async (url, codes, text, flaw) => {
    const { near, time, outcome } = begin(url);
    for (const code of codes) near.err(code, text);
    near.gathered();
    expect(await outcome).toEqual({ kind: 'fails', flaw });
    expect(time.pending).toBe(0);
  });

  it('goes on where one network of several has no answer', async () => {
    const { near, far, outcome } = begin();
    near.err(701, 'TURN allocate request timed out.');
    near.relay();
    near.gathered();
    far.relay();
    far.gathered();
    near.reach(far);
    expect(await outcome).toMatchObject({ kind: 'works' });
  });

  it('tells a server that lets in and nothing through from one that says nothing in time', async () => {
    const passing = begin();
    passing.near.relay();
    passing.far.relay();
    await passing.time.advance(TURN_TEST_MS);
    expect(await passing.outcome).toEqual({ kind: 'fails', flaw: 'passes-nothing' });
    const fallen = begin();
    fallen.near.relay();
    fallen.far.relay();
    fallen.far.fall();
    expect(await fallen.outcome).toEqual({ kind: 'fails', flaw: 'passes-nothing' });
    const silent = begin('turns:192.0.2.7');
    await silent.time.advance(TURN_TEST_MS);
    expect(await silent.outcome).toEqual({ kind: 'fails', flaw: 'silent' });
    expect(silent.made.map(({ closes }) => closes)).toEqual([1, 1]);
  });

  it('ends at once where it is not wanted any more, and before it begins', async () => {
    const { abort, outcome, made, time } = begin();
    abort.abort();
    expect(await outcome).toBeNull();
    expect(made.map(({ closes }) => closes)).toEqual([1, 1]);
    expect(time.pending).toBe(0);
    const never = () => {
      throw new Error('made one');
    };
    expect(await testTurnServer(at('turn:a'), { createConnection: never, ...time }, abort.signal)).toBeNull();
  });

  it('says so where the browser takes no such server, and closes the other connection', async () => {
    const made: FakeTestConnection[] = [];
    const createConnection = (configuration: RTCConfiguration): TestedConnection => {
      if (made.length === 1) throw new DOMException('', 'SyntaxError');
      const connection = new FakeTestConnection(configuration);
      made.push(connection);
      return connection;
    };
    const { signal } = new AbortController();
    const time = new ManualTime();
    expect(await testTurnServer(at('turn:a'), { createConnection, ...time }, signal)).toEqual({
      kind: 'fails',
      flaw: 'unusable',
    });
    expect(made.map(({ closes }) => closes)).toEqual([1]);
  });
});

it.each([
  ['turns:192.0.2.7', true],
  ['turns:192.0.2.7:443?transport=tcp', true],
  ['turns:[2001:db8::7]:443', true],
  ['turns:192.example.org', false],
  ['turns:turn.example.org:443', false],
  ['turn:192.0.2.7', false],
])('takes %s for TLS at an address: %s', (url, is) => {
  expect(isTlsAddress(url)).toBe(is);
});
