/** Owns proof that a notification tells of what is new, and never more of a message than that there is one. */

import { describe, expect, it } from 'vitest';
import type { HostStatus, TunnelStatus } from '../../../../../main/common/host-api/snapshot.ts';
import { nativeTexts } from '../../../../../main/desktop/native-texts.ts';
import {
  askersOf,
  hasNoTunnel,
  lostTunnel,
  movedTunnel,
  newcomersOf,
  noticeWords,
} from '../../../../../main/desktop/notifications/notice.ts';
import { linkAt, liveStatus } from '../../../../support/host/host-samples.ts';

const idle: HostStatus = { phase: 'idle' };
const roomOf = (...names: (string | null)[]) =>
  liveStatus({ participants: names.map((name, index) => ({ id: `id-${index}`, name, reports: 0 })) });

describe('newcomers', () => {
  it('are those who were not in before, once each', () => {
    expect(newcomersOf(roomOf(), roomOf('Anna'))).toEqual([{ kind: 'joined', name: 'Anna' }]);
    expect(newcomersOf(roomOf('Anna'), roomOf('Anna', null))).toEqual([{ kind: 'joined', name: null }]);
    expect(newcomersOf(roomOf('Anna'), roomOf('Anna'))).toEqual([]);
    expect(newcomersOf(roomOf('Anna', 'Ben'), roomOf('Anna'))).toEqual([]);
  });

  it('are not those who were in when the room was first seen', () => {
    expect(newcomersOf(idle, roomOf('Anna'))).toEqual([]);
    expect(newcomersOf(roomOf('Anna'), idle)).toEqual([]);
  });
});

describe('those who wait to be let in', () => {
  const waitedFor = (...names: (string | null)[]) =>
    liveStatus({ waiting: names.map((name, index) => ({ id: `id-${index}`, name })) });

  it('are told of once each, also where they waited as the room was first seen', () => {
    expect(askersOf(waitedFor('Anna'), waitedFor('Anna', null))).toEqual([{ kind: 'waiting', name: null }]);
    expect(askersOf(waitedFor('Anna'), waitedFor())).toEqual([]);
    expect(askersOf(idle, waitedFor('Anna'))).toEqual([{ kind: 'waiting', name: 'Anna' }]);
    expect(askersOf(waitedFor('Anna'), idle)).toEqual([]);
  });
});

describe('the public link', () => {
  const connected: TunnelStatus = { phase: 'connected', url: 'https://call.example' };
  const waiting: TunnelStatus = { phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 };
  const failed: TunnelStatus = { phase: 'failed', code: 'host-key-mismatch' };
  const withTunnel = (tunnel: TunnelStatus) => liveStatus({ tunnel });

  it.each([
    [connected, waiting, true],
    [connected, failed, true],
    [connected, { phase: 'connecting' }, true],
    [connected, connected, false],
    [{ phase: 'connecting' }, waiting, false],
    [waiting, { phase: 'connecting' }, false],
    [connected, { phase: 'off' }, false],
  ] satisfies [TunnelStatus, TunnelStatus, boolean][])('%o, then %o: lost is %s', (before, now, lost) => {
    expect(lostTunnel(withTunnel(before), withTunnel(now))).toBe(lost);
  });

  it('has moved when it has another address than the one given out, and once', () => {
    const former = { origin: 'https://call.example', sinceMs: 0 };
    const before = { ...withTunnel(connected), public: linkAt('https://call.example') };
    const lost = { ...withTunnel(waiting), former };
    const url = 'https://other.example';
    const after = liveStatus({ tunnel: { phase: 'connected', url }, public: linkAt(url), former });
    expect(movedTunnel(before, after)).toBe(true);
    expect(movedTunnel(lost, after)).toBe(true);
    expect(movedTunnel(after, after)).toBe(false);
    expect(movedTunnel(before, lost)).toBe(false);
    expect(movedTunnel(liveStatus({ tunnel: { phase: 'connecting' } }), before)).toBe(false);
  });

  it('is not lost by ending the room', () => {
    expect(lostTunnel(withTunnel(connected), { phase: 'stopping' })).toBe(false);
    expect(hasNoTunnel({ phase: 'stopping' })).toBe(false);
    expect(hasNoTunnel(withTunnel(waiting))).toBe(true);
    expect(hasNoTunnel(withTunnel({ phase: 'off' }))).toBe(false);
  });
});

describe('the words', () => {
  const mentioned = { kind: 'mentioned', name: 'Anna', text: 'the door code is 4711' } as const;

  it('have no text of a message unless it is asked for', () => {
    expect(noticeWords(mentioned, nativeTexts.en, false)).toEqual({ title: 'Anna mentioned you', body: '' });
    expect(noticeWords(mentioned, nativeTexts.en, true).body).toBe('the door code is 4711');
    const offered = { kind: 'offered', name: 'Anna', text: 'door codes.txt' } as const;
    expect(noticeWords(offered, nativeTexts.en, false)).toEqual({
      title: 'Anna offers you a file',
      body: '',
    });
    expect(noticeWords(offered, nativeTexts.en, true).body).toBe('door codes.txt');
  });

  it.each(['en', 'ru'] as const)('are there for each kind, also without a name: %s', (language) => {
    const t = nativeTexts[language];
    const words = [
      noticeWords({ kind: 'joined', name: null }, t, false),
      noticeWords({ kind: 'joined', name: '\u202e' }, t, false),
      noticeWords({ ...mentioned, name: '\u2066' }, t, false),
      noticeWords({ kind: 'offered', name: '', text: '' }, t, false),
      noticeWords({ kind: 'waiting', name: null }, t, false),
      noticeWords({ kind: 'waiting', name: 'Anna' }, t, false),
      noticeWords({ kind: 'tunnel-lost' }, t, false),
      noticeWords({ kind: 'tunnel-moved' }, t, false),
    ];
    expect(words.every(({ title }) => title !== '' && !title.includes('{'))).toBe(true);
    expect(words[0]).toEqual(words[1]);
  });

  it('hold no tag that a desktop could follow, and nothing that is not seen', () => {
    const tag = '<img src="http://tracker.example/x"><a href="https://evil.example">x</a>';
    const hostile = { kind: 'mentioned', name: `Anna\u202e\n${tag}`, text: tag } as const;
    const { title, body } = noticeWords(hostile, nativeTexts.en, true);
    for (const text of [title, body]) expect(text).not.toMatch(/[<>\n\u202e]/);
    for (const kind of ['joined', 'waiting'] as const)
      expect(noticeWords({ kind, name: tag }, nativeTexts.en, false).title).not.toMatch(/[<>]/);
  });

  it('are no longer than is shown', () => {
    expect(noticeWords({ ...mentioned, text: 'x'.repeat(2_000) }, nativeTexts.en, true).body.length).toBe(
      200,
    );
  });
});
