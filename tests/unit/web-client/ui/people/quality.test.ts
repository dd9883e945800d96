import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../../../main/common/translate.ts';
import type { ConnectionQuality } from '../../../../../web-client/core/stats/connection-quality.ts';
import { callEn } from '../../../../../web-client/i18n/call-en.ts';
import { callRu } from '../../../../../web-client/i18n/call-ru.ts';
import { en } from '../../../../../web-client/i18n/en.ts';
import { ru } from '../../../../../web-client/i18n/ru.ts';
import { peerWords, qualityLevel, qualityRows } from '../../../../../web-client/ui/people/quality.ts';

const GOOD: ConnectionQuality = {
  grade: 'good',
  path: { kind: 'direct' },
  roundTripMs: 37.6,
  loss: 0.0042,
  jitterMs: 3,
};
const WEAK: ConnectionQuality = {
  ...GOOD,
  grade: 'weak',
  path: { kind: 'relayed', server: 'turn.example.org', transport: 'udp' },
};

const english = createTranslator({ ...en, ...callEn }, 'en');
const valuesOf = (quality: ConnectionQuality | null) =>
  qualityRows(quality, english, 'en').map(({ value }) => value);

describe('qualityLevel and linkWords', () => {
  it.each([
    ['connected', 'good', 'good', 'quality.good'],
    ['connected', 'weak', 'weak', 'quality.weak'],
    ['connected', null, 'good', 'peer.connected'],
    ['lost', 'good', 'lost', 'peer.lost'],
    ['connecting', 'weak', 'none', 'peer.connecting'],
    ['waiting', null, 'none', 'peer.waiting'],
    ['failed', 'good', 'none', 'peer.failed'],
  ] as const)('of a link that is %s', (link, grade, level, words) => {
    expect(qualityLevel(link, grade)).toBe(level);
    expect(peerWords(link, grade, null)).toBe(words);
  });

  it('of a link that is overdue says so, unless it was there before', () => {
    expect(peerWords('connecting', null, 'no-way')).toBe('peer.overdue');
    expect(peerWords('lost', null, 'no-way')).toBe('peer.lost');
  });
});

describe('qualityRows', () => {
  it('rounds what was measured', () => {
    expect(valuesOf(GOOD)).toEqual(['direct', '38 ms', '0.4%', '3 ms']);
  });

  it('tells a relay, and whose', () => {
    const through = (server: string | null, transport: 'tls' | null) =>
      valuesOf({ ...WEAK, path: { kind: 'relayed', server, transport } })[0];
    expect(valuesOf(WEAK)[0]).toBe('through turn.example.org (UDP)');
    expect(through('turn.example.org', 'tls')).toBe('through turn.example.org (TLS)');
    expect(through('turn.example.org', null)).toBe('through turn.example.org');
    expect(through(null, null)).toBe('through a relay');
  });

  it('says of each number that it is not there yet', () => {
    const nothing = {
      grade: 'good',
      path: { kind: 'unknown' },
      roundTripMs: null,
      loss: null,
      jitterMs: null,
    } as const;
    expect(valuesOf(nothing)).toEqual(Array(4).fill('not measured yet'));
    expect(valuesOf(null)).toEqual(Array(4).fill('not measured yet'));
  });

  it('does not take zero for nothing', () => {
    expect(valuesOf({ ...GOOD, roundTripMs: 0, loss: 0, jitterMs: 0 }).slice(1)).toEqual([
      '0 ms',
      '0%',
      '0 ms',
    ]);
  });

  it('writes numbers as the language does', () => {
    const rows = qualityRows(GOOD, createTranslator({ ...ru, ...callRu }, 'ru'), 'ru');
    expect(rows.map(({ value }) => value)).toEqual(['напрямую', '38 мс', '0,4 %', '3 мс']);
  });
});
