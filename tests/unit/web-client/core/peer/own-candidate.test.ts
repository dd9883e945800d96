/** Which own addresses leave a page that goes by relays alone, with descriptions and candidates as browsers write them. */

import { describe, expect, it } from 'vitest';
import {
  relayedCandidate,
  withRelayedCandidates,
} from '../../../../../web-client/core/peer/own-candidate.ts';
import { TransportPair } from '../../../../support/call/transport-pair.ts';

const RELAY = 'candidate:4 1 udp 41885439 203.0.113.9 50001 typ relay';
/** Each names an address that only the person has: 198.51.100.7, 192.0.2.44, 2001:db8::44 or a name of one. */
const PRIVATE = [
  'candidate:1 1 udp 2122260223 192.0.2.44 54321 typ host generation 0 ufrag abcd network-id 1',
  'candidate:2 1 udp 2122262783 2001:db8::44 54322 typ host generation 0',
  'candidate:3 1 tcp 1518280447 192.0.2.44 9 typ host tcptype active',
  'candidate:5 1 udp 2122260223 0a1b2c3d-1111-4222-8333-444455556666.local 54323 typ host',
  'candidate:6 1 udp 1686052607 198.51.100.7 54324 typ srflx raddr 192.0.2.44 rport 54321',
  'candidate:7 1 UDP 1686052863 198.51.100.7 54325 typ prflx raddr 0.0.0.0 rport 0',
  // What looks like a relay's at a glance.
  'candidate:8 1 udp 1 192.0.2.44 54326 typ host typ relay',
  'candidate:9 1 udp 1 192.0.2.44 54327  typ relay',
];
const REVEALING = /198\.51\.100\.7|192\.0\.2\.44|2001:db8::44|\.local/;

const found = (candidate: string) => ({
  candidate,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'abcd',
});

describe('a candidate', () => {
  it('of a relay leaves without the address behind it', () => {
    for (const related of ['raddr 198.51.100.7 rport 54324', 'raddr 2001:db8::44 rport 9'])
      expect(relayedCandidate(found(`${RELAY} ${related} generation 0`))?.candidate).toBe(
        `${RELAY} raddr 0.0.0.0 rport 9 generation 0`,
      );
    expect(relayedCandidate(found(RELAY))).toEqual(found(RELAY));
  });

  it.each(PRIVATE)('of no relay stays: %s', (line) => {
    expect(relayedCandidate(found(line))).toBeNull();
  });

  it('that ends the list leaves', () => {
    expect(relayedCandidate(found(''))).toEqual(found(''));
  });
});

describe('a description', () => {
  const lines = [
    ...['v=0', 'o=- 46117 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1'],
    ...['m=audio 54324 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 198.51.100.7', 'a=rtcp:9 IN IP4 192.0.2.44'],
    ...PRIVATE.map((line) => `a=${line}`),
    `a=${RELAY} raddr 198.51.100.7 rport 54324 generation 0`,
    ...['a=ice-ufrag:abcd', 'a=mid:0'],
    ...['m=application 54324 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP6 2001:db8::44', 'a=mid:1'],
  ];

  it.each(['\r\n', '\n'])('names a relay’s address alone, and is the same otherwise (%j)', (end) => {
    const told = withRelayedCandidates(`${lines.join(end)}${end}`);
    expect(told).not.toMatch(REVEALING);
    expect(told.split(end)).toEqual([
      ...lines.slice(0, 6),
      ...['c=IN IP4 0.0.0.0', 'a=rtcp:9 IN IP4 0.0.0.0'],
      `a=${RELAY} raddr 0.0.0.0 rport 9 generation 0`,
      ...['a=ice-ufrag:abcd', 'a=mid:0', lines.at(-3), 'c=IN IP4 0.0.0.0', 'a=mid:1', ''],
    ]);
  });
});

describe('an attack on a page that goes by relays alone', () => {
  it('gets no other address in anything it says, whatever the browser finds, also after a restart', async () => {
    const pair = new TransportPair();
    pair.a.relayOnly = true;
    await pair.connect();
    for (const line of [...PRIVATE, RELAY]) pair.a.connection.find(line);
    await pair.time.advance(2_000);
    pair.a.connection.restartIce();
    await pair.time.advance(2_000);
    for (const line of [...PRIVATE, RELAY]) pair.a.connection.find(line);
    await pair.time.advance(2_000);
    const said = JSON.stringify(pair.a.sent);
    expect(said).toContain(RELAY);
    expect(said).toContain('a=ice-ufrag');
    expect(said).not.toMatch(REVEALING);
    expect(said).not.toContain('typ host');
  });
});
