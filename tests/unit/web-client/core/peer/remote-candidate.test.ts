import { describe, expect, it } from 'vitest';
import { isReachable, readRemoteCandidate } from '../../../../../web-client/core/peer/remote-candidate.ts';

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
      `candidate:2 2 TCP 2105458942 ${NAME} 54321 typ host tcptype passive generation 1`,
      `candidate:2 2 tcp 2105458942 ${NAME} 54321 typ host tcptype passive`,
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
    const tcp = (kind: string) => at('fd00::2', '54321', `typ host tcptype ${kind}`).replace('udp', 'tcp');
    const others = [
      key(at('fd00::2')),
      key(at('fd00::2').replace(' 1 udp', ' 2 udp')),
      ...[tcp('passive'), tcp('so')].map((text) => key(text)),
      ...[at('192.0.2.1', '54321'), at('192.0.2.15', '4321')].map((text) => key(text)),
      key(at('fd00::2'), { sdpMid: '2' }),
      key(at('fd00::2'), { sdpMid: null, sdpMLineIndex: 1 }),
      key(at('fd00::2'), { sdpMid: null, sdpMLineIndex: null }),
      key(at('fd00::3')),
      key(at('fd00::2', '54322')),
      key(at('fd00::2'), { usernameFragment: 'efgh' }),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});

describe('a candidate at a bound', () => {
  it.each([
    ...[at('192.0.2.2', '1024'), at('192.0.2.2', '65535'), at(NAME)],
    ...['prflx', 'srflx', 'relay'].map((type) =>
      at('192.0.2.2', '54321', `typ ${type} raddr 0.0.0.0 rport 9`),
    ),
    ...['so', 'passive'].map((kind) =>
      at('192.0.2.2', '54321', `typ host tcptype ${kind}`).replace('udp', 'tcp'),
    ),
    at('192.0.2.2').replace(' 1 udp', ' 2 udp'),
    ...['1', '2147483647'].map((priority) => at('192.0.2.2').replace('2122194687', priority)),
    at('192.0.2.2').replace('candidate:1', `candidate:${'+/aZ'.repeat(8)}`),
    ...['a+/9', 'x'.repeat(256)].map((ufrag) => `${at('192.0.2.2')} ufrag ${ufrag}`),
  ])('is taken as it stands: %s', (text) => {
    expect(read(text)).toBe(text);
  });

  it('has its name written small', () => {
    expect(read(at(NAME.toUpperCase()))).toBe(at(NAME));
  });

  it.each([
    { sdpMid: null, sdpMLineIndex: null, usernameFragment: null },
    { sdpMid: 'x'.repeat(16), sdpMLineIndex: 1, usernameFragment: 'x'.repeat(256) },
    { sdpMid: 'a_Z.+-9', sdpMLineIndex: 0, usernameFragment: 'a+/9' },
  ])('belongs to %j', (more) => {
    const candidate = at('192.0.2.2');
    expect(readRemoteCandidate(body(candidate, more))?.candidate).toEqual({ candidate, ...more });
  });
});

describe('a place', () => {
  const active = 'candidate:1 1 tcp 1 192.0.2.2 9 typ host';
  it.each([
    ['is there for whoever knocks', at('192.0.2.2'), true],
    ['is there over TCP', `${at('192.0.2.2').replace('udp', 'tcp')} tcptype passive`, true],
    ['is none at the end of the candidates', '', false],
    ['is none where the other side knocks itself', `${active} tcptype active`, false],
    ['is none there, whatever follows', `${active} TCPTYPE ACTIVE ufrag abcd`, false],
  ])('%s', (_what, candidate, reachable) => {
    expect(isReachable(candidate)).toBe(reachable);
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
    ['has the last port of a service', at('192.0.2.2', '1023')],
    [
      'is where the other side knocks itself',
      'candidate:2625874335 1 tcp 1518214911 192.168.1.2 9 typ host tcptype active generation 1 ufrag Qzlf network-id 1',
    ],
    [
      'is there, whatever it pretends',
      at('192.0.2.2', '54321', 'typ host tcptype active').replace('udp', 'tcp'),
    ],
    ['has the port of one that is active', at('192.0.2.2', '9')],
    ['only listens there', at('192.0.2.2', '9', 'typ host tcptype passive').replace('udp', 'tcp')],
    ['has an odd port', at('192.0.2.2', '0x1000')],
    ['speaks another transport', at('192.0.2.2').replace('udp', 'ssltcp')],
    ['says no kind of TCP', at('192.0.2.2').replace('udp', 'tcp')],
    ['has another type', at('192.0.2.2', '54321', 'typ odd')],
    ...['xhost', 'hostx'].map((type) => ['has an odd type', at('192.0.2.2', '54321', `typ ${type}`)]),
    ['says no type', at('192.0.2.2', '54321', 'tip host')],
    ...['xso', 'sox'].map((kind) => [
      'says another kind of TCP',
      at('192.0.2.2', '54321', `typ host tcptype ${kind}`).replace('udp', 'tcp'),
    ]),
    ['has another component', at('192.0.2.2').replace(' 1 udp', ' 3 udp')],
    ...['11', '1x'].map((component) => [
      'has an odd component',
      at('192.0.2.2').replace(' 1 udp', ` ${component} udp`),
    ]),
    ['has more of a transport', at('192.0.2.2').replace('udp', 'udpx')],
    ['has no priority', at('192.0.2.2').replace('2122194687', '0')],
    ['has too great a priority', at('192.0.2.2').replace('2122194687', '2147483648')],
    ['has an odd priority', at('192.0.2.2').replace('2122194687', '5x')],
    ...['', 'x'.repeat(33), '#1', '1#', '1:1'].map((foundation) => [
      'has an odd foundation',
      at('192.0.2.2').replace('candidate:1', `candidate:${foundation}`),
    ]),
    ...['abc', 'x'.repeat(257), '#abcd', 'abcd#'].map((ufrag) => [
      'has an odd fragment',
      `${at('192.0.2.2')} ufrag ${ufrag}`,
    ]),
    ['has more before such a name', at(`x${NAME}`)],
    ['hides a line', `${at('192.0.2.2')}\r\na=candidate:1 1 udp 1 127.0.0.1 80 typ host`],
    ['hides an extension', `${at('192.0.2.2')} tcptype`],
    ['has an extension without a value', `${at('192.0.2.2')} generation  0`],
    ['has an extension without a name', `${at('192.0.2.2')}  generation`],
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
    ['a line without a name', { sdpMid: '' }],
    ['a line with a long name', { sdpMid: 'x'.repeat(17) }],
    ['a short fragment', { usernameFragment: 'abc' }],
    ['a long fragment', { usernameFragment: 'x'.repeat(257) }],
    ['a third line', { sdpMLineIndex: 2 }],
    ['an odd fragment', { usernameFragment: 'x y' }],
  ])('belongs to %s', (_what, more) => {
    expect(read(at('192.0.2.2'), more)).toBeNull();
  });
});
