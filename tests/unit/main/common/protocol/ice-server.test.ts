import { describe, expect, it } from 'vitest';
import { isIceHost, isIceServer } from '../../../../../main/common/protocol/ice-server.ts';

const LABEL = 'a'.repeat(63);
/** As long as a name may be. */
const LONGEST = `${LABEL}.${LABEL}.${LABEL}.${'a'.repeat(61)}`;

const login = { username: 'me', credential: 'secret' };

describe('a STUN or TURN server', () => {
  it.each([
    { urls: 'stun:stun.example.org' },
    { urls: 'stun:stun.example.org:3478' },
    { urls: 'stun:Stun.Example.Org:3478' },
    { urls: 'stuns:stun.example.org:5349' },
    { urls: 'stun:192.0.2.1:3478' },
    { urls: 'stun:[2001:db8::1]:3478' },
    { urls: 'stun:localhost' },
    { urls: 'stun:xn--80a0ake.xn--p1ai' },
    { urls: 'stun:4stun.example.org.' },
    { urls: 'stun:a:1' },
    { urls: 'stun:a.b:65535' },
    { urls: 'stun:ab.c-d.ef:00080' },
    { urls: 'stun:[1::]' },
    { urls: `stun:${LABEL}` },
    { urls: `stun:${LONGEST}` },
    { urls: 'turn:turn.example.org', ...login },
    { urls: 'turn:turn.example.org:443?transport=tcp', ...login },
    { urls: 'turns:turn.example.org:65535?transport=udp', ...login },
  ])('is $urls', (server) => {
    expect(isIceServer(server)).toBe(true);
  });

  it.each([
    { urls: 'turn:turn.example.org' },
    { urls: 'turn:turn.example.org', username: 'me' },
    { urls: 'turn:turn.example.org', username: 'me', credential: '' },
    { urls: 'turns:turn.example.org', username: '', credential: 'secret' },
    { urls: 'turn:turn.example.org?transport=UDP', ...login },
    { urls: 'turn:turn.example.org?transport=tls', ...login },
    { urls: 'turn:turn.example.org?', ...login },
    { urls: 'turn:me:secret@turn.example.org', ...login },
    { urls: 'turn:turn.example.org?xtransport=udp', ...login },
    { urls: 'turn:turn.example.org?transport=udpx', ...login },
    { urls: 'xstun:stun.example.org' },
    { urls: 'stun:stun.example.org:65536' },
    { urls: 'stun:stun.example.org: 3478' },
    { urls: 'stun:stun.example.org:3478 ' },
    { urls: 'stun:stun.example.org:003478' },
    { urls: 'stun:[2001:db8::1]x' },
    { urls: `stun:a${LABEL}` },
    { urls: `stun:a${LABEL}.example.org` },
    { urls: `stun:${LONGEST}a` },
    { urls: 'stun:stun.example.org?transport=udp' },
    { urls: 'stun:stun.example.org:0' },
    { urls: 'stun:stun.example.org:99999' },
    { urls: 'stun:stun.example.org:' },
    { urls: 'stun:stun.example.org:34a' },
    { urls: 'stun:stun.example.org:3478:1' },
    { urls: 'stun://stun.example.org' },
    { urls: 'stun:stun.example.org/' },
    { urls: 'stun: stun.example.org' },
    { urls: 'stun:stun.example.org ' },
    { urls: 'stun:stun.example.org\n' },
    { urls: 'stun:2001:db8::1' },
    { urls: 'stun:[2001:db8]' },
    { urls: 'stun:[stun.example.org]' },
    { urls: 'stun:999.1.1.1' },
    { urls: 'stun:127.1' },
    { urls: 'stun:3478' },
    { urls: 'stun:стан.рф' },
    { urls: 'stun:a..b' },
    { urls: 'stun:-a' },
    { urls: 'stun:' },
    { urls: 'stun.example.org:3478' },
    { urls: 'http://stun.example.org' },
    { urls: 'STUN:stun.example.org' },
  ])('is not $urls', (server) => {
    expect(isIceServer(server)).toBe(false);
  });
});

it.each(['[::1', '[2001:db8::1x', '[', '[]', '::1'])('is no host of one: %s', (host) => {
  expect(isIceHost(host)).toBe(false);
});
