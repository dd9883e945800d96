import { describe, expect, it } from 'vitest';
import { LOG_ENTRIES_MAX, LogRing, MASKED } from '../../../../web-client/core/log-ring.ts';

describe('LogRing', () => {
  it('keeps level, event, fields and time, the oldest first', () => {
    let nowMs = 5;
    const log = new LogRing(() => nowMs);
    log.info('signaling-online', { attempt: 2 });
    nowMs = 9;
    log.error('mesh-step-failed');
    expect(log.entries).toEqual([
      { atMs: 5, level: 'info', event: 'signaling-online', fields: { attempt: 2 } },
      { atMs: 9, level: 'error', event: 'mesh-step-failed', fields: {} },
    ]);
  });

  it('keeps the newest only', () => {
    const log = new LogRing(() => 0);
    for (let count = 0; count <= LOG_ENTRIES_MAX; count++) log.debug('step', { count });
    expect(log.entries).toHaveLength(LOG_ENTRIES_MAX);
    expect(log.entries[0]?.fields).toEqual({ count: 1 });
    expect(log.entries.at(-1)?.fields).toEqual({ count: LOG_ENTRIES_MAX });
  });

  it.each([
    ['a name', 'Marina'],
    ['a name in lower case with a blank', 'anna maria'],
    ['a name of another script', 'анна'],
    ['an IPv4 address', '192.168.1.20'],
    ['an IPv6 address', 'fe80::1'],
    ['an mDNS name', '0a1b2c3d-1111-4222-8333-444455556666.local'],
    ['an origin', 'https://abc.lhr.life'],
    ['a STUN server', 'stun:stun.example.org'],
    ['a description', 'v=0\r\no=- 1 2 IN IP4 127.0.0.1'],
    ['a candidate', 'candidate:1 1 udp 2122260223 10.0.0.7 50000 typ host'],
    ['an id or a token', 'q83vEjRWeJCrze8SNFZ4kA'],
    ['a fingerprint', 'AB:CD:EF:01'],
    ['a chat', 'see you at nine?'],
    ['nothing', ''],
  ])('masks %s, as a value, as an event and as the name of a field', (_what, text) => {
    const log = new LogRing(() => 0);
    log.warn('retry', { why: text });
    log.warn(text);
    log.warn('retry', { [text]: 1 });
    expect(log.entries.map(({ event, fields }) => [event, fields])).toEqual([
      ['retry', { why: MASKED }],
      [MASKED, {}],
      ['retry', { [MASKED]: 1 }],
    ]);
  });

  it('takes codes, counts and flags as they are', () => {
    const log = new LogRing(() => 0);
    const fields = { why: 'no-network', attempt: 3, muted: true, hint: undefined };
    log.info('retry', fields);
    expect(log.entries[0]?.fields).toEqual(fields);
  });
});
