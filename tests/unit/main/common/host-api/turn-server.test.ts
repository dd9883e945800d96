import { describe, expect, it } from 'vitest';
import {
  parseTurnPassword,
  parseTurnSecret,
  parseTurnUrl,
  parseTurnUsername,
} from '../../../../../main/common/host-api/turn-server.ts';

describe('the address of a TURN server', () => {
  it.each([
    'turn:turn.example.org',
    'turn:turn.example.org:3478',
    'turn:192.0.2.1',
    'turn:[2001:db8::1]',
    'turn:[2001:db8::1]:3478?transport=tcp',
    'turns:turn.example.org:443?transport=tcp',
    'turn:turn.example.org?transport=udp',
  ])('is %s', (url) => {
    expect(parseTurnUrl(url)).toEqual({ ok: true, value: url });
  });

  it.each([
    ['', 'scheme'],
    ['turn.example.org', 'scheme'],
    ['TURN:turn.example.org', 'scheme'],
    [' turn:turn.example.org', 'scheme'],
    ['stun:turn.example.org', 'scheme'],
    ['https://turn.example.org', 'scheme'],
    ['turn://turn.example.org', 'slashes'],
    ['turn:me:secret@turn.example.org', 'login'],
    ['turn:me@turn.example.org:3478', 'login'],
    ['turn:', 'host'],
    ['turn::3478', 'host'],
    ['turn:turn_1.example.org', 'host'],
    ['turn:turn.example.org/', 'host'],
    ['turn:turn.example.org ', 'host'],
    ['turn:тест.рф', 'host'],
    ['turn:256.0.2.1', 'host'],
    ['turn:[2001:db8::g]', 'host'],
    ['turn:[turn.example.org]', 'host'],
    ['turn:[fe80::1%25eth0]', 'host'],
    ['turn:[::ffff:192.0.2.1', 'host'],
    ['turn:2001:db8::1', 'brackets'],
    ['turn:2001:db8::1:3478', 'brackets'],
    ['turn:::1', 'brackets'],
    ['turn:turn.example.org:', 'port'],
    ['turn:turn.example.org:0', 'port'],
    ['turn:turn.example.org:65536', 'port'],
    ['turn:turn.example.org:3478x', 'port'],
    ['turn:turn.example.org:3478/', 'port'],
    ['turn:[2001:db8::1]:', 'port'],
    ['turn:turn.example.org?', 'transport'],
    ['turn:turn.example.org?transport=UDP', 'transport'],
    ['turn:turn.example.org?transport=tls', 'transport'],
    ['turn:turn.example.org?transport=udp&x=1', 'transport'],
    [`turn:${'a.'.repeat(150)}example`, 'too-long'],
  ])('is not %s, for its %s', (url, fault) => {
    expect(parseTurnUrl(url)).toEqual({ ok: false, error: fault });
  });
});

describe('a name, a password and a secret', () => {
  it.each(['a', 'a:b@c/d?e#f', ' blank ', '"quoted\\"', 'пароль', '🔑', '1700000000:me'])('is %s', (text) => {
    expect(parseTurnUsername(text)).toEqual({ ok: true, value: text });
    expect(parseTurnPassword(text)).toEqual({ ok: true, value: text });
    expect(parseTurnSecret(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    ['', 'empty'],
    ['two\nlines', 'characters'],
    ['carriage\rreturn', 'characters'],
    ['zero\0', 'characters'],
    ['half \ud83d', 'characters'],
    ['delete\x7f', 'characters'],
  ])('is not %j', (text, fault) => {
    expect(parseTurnUsername(text)).toEqual({ ok: false, error: fault });
    expect(parseTurnPassword(text)).toEqual({ ok: false, error: fault });
    expect(parseTurnSecret(text)).toEqual({ ok: false, error: fault });
  });

  it('is no longer than the wire and the servers have it', () => {
    for (const parse of [parseTurnUsername, parseTurnPassword]) {
      expect(parse('a'.repeat(300)).ok).toBe(true);
      expect(parse('a'.repeat(301))).toEqual({ ok: false, error: 'too-long' });
    }
    expect(parseTurnPassword('я'.repeat(300)).ok).toBe(true);
    expect(parseTurnUsername('я'.repeat(254)).ok).toBe(true);
    expect(parseTurnUsername('я'.repeat(255))).toEqual({ ok: false, error: 'too-long' });
    expect(parseTurnSecret('a'.repeat(1_024)).ok).toBe(true);
    expect(parseTurnSecret('a'.repeat(1_025))).toEqual({ ok: false, error: 'too-long' });
  });
});
