import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIceServer } from '../../../../../main/common/protocol/ice-server.ts';
import { readStunServer } from '../../../../../web-client/ui/preferences/stun-server.ts';

describe('readStunServer', () => {
  it.each([
    ['stun:stun.example.org', 'stun:stun.example.org'],
    ['stun:stun.example.org:3478', 'stun:stun.example.org:3478'],
    ['stuns:stun.example.org:5349', 'stuns:stun.example.org:5349'],
    ['  STUN:Stun.Example.ORG:3478  ', 'stun:stun.example.org:3478'],
    ['stun.example.org:3478', 'stun:stun.example.org:3478'],
    ['stun.example.org', 'stun:stun.example.org'],
    ['localhost:3478', 'stun:localhost:3478'],
    ['stun://stun.example.org:3478', 'stun:stun.example.org:3478'],
    ['192.0.2.1:03478', 'stun:192.0.2.1:3478'],
    ['stun:[2001:DB8::1]:3478', 'stun:[2001:db8::1]:3478'],
    ['[2001:db8::1]', 'stun:[2001:db8::1]'],
    ['стан.рф:3478', 'stun:xn--80a0ake.xn--p1ai:3478'],
    ['', null],
    ['   ', null],
  ])('takes %j as %s', (typed, server) => {
    expect(readStunServer(typed)).toEqual({ ok: true, value: server });
  });

  it.each([
    ['https://stun.example.org', 'not-stun'],
    ['ws://stun.example.org:3478', 'not-stun'],
    ['stun:https://stun.example.org', 'not-stun'],
    ['turn:turn.example.org:3478', 'turn'],
    ['TURNS:turn.example.org', 'turn'],
    ['stun:', 'host'],
    ['stun::3478', 'host'],
    [':3478', 'host'],
    ['stun:3478', 'host'],
    ['stun:a b', 'host'],
    ['stun:a/b', 'host'],
    ['stun:a?transport=udp', 'host'],
    ['stun:user@a', 'host'],
    ['stun:a_b', 'host'],
    ['stun:-a-', 'host'],
    ['stun:a..b', 'host'],
    ['stun:999.1.1.1', 'host'],
    ['stun:[::1', 'host'],
    ['stun:[stun.example.org]', 'host'],
    [`stun:${'a'.repeat(64)}`, 'host'],
    ['stun:a\nb', 'host'],
    ['stun:a:', 'port'],
    ['stun:a:0', 'port'],
    ['stun:a:65536', 'port'],
    ['stun:a:-1', 'port'],
    ['stun:a:1e3', 'port'],
    ['stun:a:3478:1', 'port'],
    ['stun:a:34 78', 'port'],
    ['2001:db8::1', 'host'],
  ])('says what is wrong with %j: %s', (typed, problem) => {
    expect(readStunServer(typed)).toEqual({ ok: false, error: problem });
  });

  it('gives only what RTCPeerConnection takes, and takes that again', () => {
    const pieces = fc.constantFrom(
      'stun:',
      'STUNS:',
      '//',
      'a',
      'é',
      '.',
      '-',
      ':',
      '3478',
      '[',
      ']',
      '::1',
      ' ',
      '@',
      '%',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 40 }),
          fc.array(pieces, { maxLength: 12 }).map((some) => some.join('')),
        ),
        (typed) => {
          const read = readStunServer(typed);
          if (!read.ok || read.value === null) return;
          expect(isIceServer({ urls: read.value })).toBe(true);
          expect(read.value).toMatch(/^stuns?:(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/);
          expect(readStunServer(read.value)).toEqual(read);
        },
      ),
      { numRuns: 500 },
    );
  });
});
