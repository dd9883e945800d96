import { describe, expect, it } from 'vitest';
import { readRemoteCandidate } from '../../../../../web-client/core/peer/remote-candidate.ts';

const body = (candidate: string, more: object = {}) => ({
  candidate,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: 'abcd',
  ...more,
});
const read = (candidate: string, more?: object) =>
  readRemoteCandidate(body(candidate, more))?.candidate.candidate ?? null;
const at = (address: string, port = '54321', end = 'typ host') =>
  `candidate:1 1 udp 2122194687 ${address} ${port} ${end}`;
const NAME = '9b5667be-69da-4dc5-92c9-4461b3703196.local';

describe('a candidate as browsers write it', () => {
  it.each([
    [`${at('192.0.2.2')} generation 0 ufrag flfF network-id 1`, `${at('192.0.2.2')} ufrag flfF`],
    [`${at(NAME)} generation 0 ufrag YvT/ network-cost 999`, `${at(NAME)} ufrag YvT/`],
    [
      'candidate:2625874335 1 tcp 1518214911 192.168.1.2 9 typ host tcptype active generation 1 ufrag Qzlf network-id 1',
      'candidate:2625874335 1 tcp 1518214911 192.168.1.2 9 typ host tcptype active ufrag Qzlf',
    ],
    [
      `candidate:2 2 TCP 2105458942 ${NAME} 9 typ host tcptype active`,
      `candidate:2 2 tcp 2105458942 ${NAME} 9 typ host tcptype active`,
    ],
    [
      at('198.51.100.7', '40001', 'typ srflx raddr 192.168.1.2 rport 54321 generation 0'),
      at('198.51.100.7', '40001', 'typ srflx raddr 0.0.0.0 rport 9'),
    ],
    [
      at('2001:db8::7', '40001', 'typ relay raddr 127.0.0.1 rport 5'),
      at('2001:db8:0:0:0:0:0:7', '40001', 'typ relay raddr :: rport 9'),
    ],
    ['', ''],
  ])('reaches the browser without what is not needed: %s', (text, written) => {
    expect(read(text)).toBe(written);
  });

  it.each(['10.1.2.3', '172.20.0.1', '192.168.178.20', '100.64.3.4'])('may be private: %s', (address) => {
    expect(read(at(address))).toBe(at(address));
  });

  it('is known again by where it leads, whatever else it says', () => {
    const key = (text: string, more?: object) => readRemoteCandidate(body(text, more))?.key;
    const same = [
      at('fd00::2'),
      at('FD00:0::2'),
      at('fd00::2', '54321', 'typ srflx raddr 0.0.0.0 rport 0'),
      'candidate:7 1 UDP 5 fd00::2 54321 typ host network-id 9',
    ];
    expect(new Set(same.map((text) => key(text))).size).toBe(1);
    const others = [
      key(at('fd00::2')),
      key(at('fd00::3')),
      key(at('fd00::2', '54322')),
      key(at('fd00::2'), { usernameFragment: 'efgh' }),
    ];
    expect(new Set(others).size).toBe(4);
  });
});

describe('a candidate that the browser never sees', () => {
  it.each([
    ['leads to this computer', at('127.0.0.1')],
    ['leads to this computer in another dress', at('::ffff:127.0.0.1')],
    ['leads to the link', at('169.254.169.254', '8080')],
    ['leads to everybody', at('224.0.0.251', '5353')],
    ['names a host', at('localhost')],
    ['names a host elsewhere', at('example.org')],
    ['names a host of the network', at('printer.local')],
    ['names what looks like a browser’s name', at('9b5667be-69da-1dc5-92c9-4461b3703196.local')],
    ['goes on behind such a name', at(`${NAME}.example.org`)],
    ['has such a name seen from outside', at(NAME, '54321', 'typ srflx raddr 0.0.0.0 rport 0')],
    ['has the port of a service', at('192.168.1.1', '80')],
    [
      'has the port of a service over TCP',
      at('192.168.1.1', '443', 'typ host tcptype passive').replace('udp', 'tcp'),
    ],
    ['has no port', at('192.0.2.2', '0')],
    ['has too great a port', at('192.0.2.2', '65536')],
    ['has an odd port', at('192.0.2.2', '0x1000')],
    ['speaks another transport', at('192.0.2.2').replace('udp', 'ssltcp')],
    ['says no kind of TCP', at('192.0.2.2').replace('udp', 'tcp')],
    ['has another type', at('192.0.2.2', '54321', 'typ odd')],
    ['has another component', at('192.0.2.2').replace(' 1 udp', ' 3 udp')],
    ['has no priority', at('192.0.2.2').replace('2122194687', '0')],
    ['hides a line', `${at('192.0.2.2')}\r\na=candidate:1 1 udp 1 127.0.0.1 80 typ host`],
    ['hides an extension', `${at('192.0.2.2')} tcptype`],
    ['says a thing twice', `${at('192.0.2.2')} ufrag abcd ufrag efgh`],
    ['has two blanks', at('192.0.2.2').replace(' udp', '  udp')],
    ['lacks its beginning', at('192.0.2.2').replace('candidate:', '')],
    ['begins like a line of a description', `a=${at('192.0.2.2')}`],
    ['is no candidate', 'hello'],
  ])('%s', (_what, text) => {
    expect(read(text)).toBeNull();
  });

  it.each([
    ['an odd line', { sdpMid: 'a b' }],
    ['a third line', { sdpMLineIndex: 2 }],
    ['an odd fragment', { usernameFragment: 'x y' }],
  ])('belongs to %s', (_what, more) => {
    expect(read(at('192.0.2.2'), more)).toBeNull();
  });
});
