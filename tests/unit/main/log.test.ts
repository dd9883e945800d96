/** Holds the log to its form, its level, and its silence about secrets and addresses. */

import { describe, expect, it } from 'vitest';
import { createLogger, logThreshold, MASK, redact } from '../../../main/log.ts';

const SECRET = Buffer.alloc(32, 0xa5).toString('base64url');
const TOKEN = Buffer.alloc(16, 0x5a).toString('base64url');

describe('redact', () => {
  it.each([
    SECRET,
    TOKEN,
    `wss failed with ${TOKEN}`,
    `http://localhost:8790/#${SECRET}.${TOKEN}`,
    'https://abc123.lhr.life',
    'abc123.lhr.life gave up',
    'x.trycloudflare.com',
    'named.lhr.rocks',
    'old.localhost.run gave up',
    'v=0 o=- 1 2 IN IP4 0.0.0.0',
    'a=fingerprint:sha-256 AB:CD',
    'candidate:1 1 udp 1 host.local 5000 typ host',
    'one\r\ntwo',
    '203.0.113.9',
    'from 203.0.113.9:51234',
    '2001:db8::1',
    '::1',
    'fe80::1ff:fe23:4567:890a',
    'stun:stun.example:3478',
  ])('masks %j', (text) => {
    const clean = redact(text);
    expect(clean).toContain(MASK);
    for (const word of [SECRET, TOKEN, 'abc123', '203.0', 'db8', 'IN IP4', 'two', 'stun.example', '4567']) {
      expect(clean).not.toContain(word);
    }
  });

  it.each([
    'port-in-use',
    'tunnel-not-answering-for-a-very-long-time',
    'localhost.run',
    'node 20.20.2 on linux',
    '',
  ])('leaves %j alone', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('caps what one value may take', () => {
    expect(redact('word '.repeat(1_000)).length).toBeLessThanOrEqual(200);
  });
});

describe('createLogger', () => {
  function logAt(threshold: Parameters<typeof createLogger>[0]) {
    const lines: string[] = [];
    return { lines, log: createLogger(threshold, { write: (line) => lines.push(line) }) };
  }

  it('writes one object a line with level, time, event and fields, and nothing about the machine', () => {
    const { lines, log } = logAt('info');
    log.warn('tunnel-waiting', {
      code: 'tunnel-lost',
      attempt: 2,
      address: '203.0.113.9',
      missing: undefined,
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      event: 'tunnel-waiting',
      code: 'tunnel-lost',
      attempt: 2,
      address: MASK,
    });
  });

  it('masks the event, too', () => {
    const { lines, log } = logAt('debug');
    log.debug(`got ${SECRET}`);
    expect(lines.join()).not.toContain(SECRET);
  });

  it('keeps to its level', () => {
    const { lines, log } = logAt('warn');
    log.debug('a');
    log.info('b');
    log.error('c');
    expect(lines).toHaveLength(1);
    const silent = logAt('silent');
    silent.log.error('d');
    expect(silent.lines).toEqual([]);
  });
});

describe('logThreshold', () => {
  it('takes the level asked for, if there is one', () => {
    expect(logThreshold('debug', 'silent')).toBe('debug');
    expect(logThreshold('everything', 'silent')).toBe('silent');
    expect(logThreshold(undefined, 'warn')).toBe('warn');
  });
});
