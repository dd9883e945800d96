import { describe, expect, it } from 'vitest';
import {
  DtlsRole,
  hasOnlyFingerprint,
  withDiscontinuousOpus,
  withoutSources,
} from '../../../../../web-client/core/peer/sdp.ts';
import {
  CHROMIUM_LATER_OFFER,
  CHROMIUM_OFFER,
  FIREFOX_ANSWER,
  FIREFOX_OFFER,
} from '../../../../support/call/recorded-descriptions.ts';

const FP = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
const hex = [...FP].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
const other = hex.replace(/^../, 'ff');
const sdp = (...lines: string[]) => ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', ...lines, ''].join('\r\n');

describe('the fingerprints of a description', () => {
  it.each([
    ['at session level', `v=0\r\na=fingerprint:sha-256 ${hex}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`],
    ['at media level', sdp(`a=fingerprint:sha-256 ${hex}`)],
    ['in each line', sdp(`a=fingerprint:sha-256 ${hex}`, 'm=application 9', `a=fingerprint:sha-256 ${hex}`)],
    ['in capitals', sdp(`a=fingerprint:SHA-256 ${hex.toUpperCase()}`)],
    ['with bare line feeds', sdp(`a=fingerprint:sha-256 ${hex}`).replaceAll('\r', '')],
  ])('hold when they are the peer’s, %s', (_where, text) => {
    expect(hasOnlyFingerprint(text, FP)).toBe(true);
  });

  it.each([
    ['none', sdp()],
    ['another', sdp(`a=fingerprint:sha-256 ${other}`)],
    ['another beside the right one', sdp(`a=fingerprint:sha-256 ${hex}`, `a=fingerprint:sha-256 ${other}`)],
    ['another before the media', `a=fingerprint:sha-256 ${other}\r\n${sdp(`a=fingerprint:sha-256 ${hex}`)}`],
    ['another algorithm', sdp(`a=fingerprint:sha-1 ${hex}`)],
    ['another algorithm beside it', sdp(`a=fingerprint:sha-256 ${hex}`, `a=fingerprint:sha-1 ${hex}`)],
    ['one with more before it', sdp(`xa=fingerprint:sha-256 ${hex}`)],
    ['one that is cut', sdp(`a=fingerprint:sha-256 ${hex.slice(0, -3)}`)],
    ['one with more behind it', sdp(`a=fingerprint:sha-256 ${hex} x`)],
    ['another behind a blank', sdp(`a=fingerprint:sha-256 ${hex}`, `a= fingerprint:sha-256 ${other}`)],
    ['another behind a separator', sdp(`a=fingerprint:sha-256 ${hex}`, `a=:fingerprint:sha-256 ${other}`)],
    ['an odd spelling', sdp(`A=Fingerprint: sha-256 ${hex}`, `a=fingerprint:sha-256 ${hex}`)],
    [
      'one hidden behind a line end of its own',
      sdp(`a=x:y\ra=fingerprint:sha-256 ${other}`, `a=fingerprint:sha-256 ${hex}`),
    ],
  ])('are refused: %s', (_what, text) => {
    expect(hasOnlyFingerprint(text, FP)).toBe(false);
  });
});

describe('leaving out silence', () => {
  const opus = ['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1', 'a=fmtp:63 111/111'];

  it('adds one parameter to Opus and changes nothing else', () => {
    expect(withDiscontinuousOpus(sdp(...opus))).toBe(
      sdp(...opus).replace('useinbandfec=1', 'useinbandfec=1;usedtx=1'),
    );
  });

  it('finds Opus in whatever case it is spelt, and in its own line', () => {
    const hidden = 'a=x:a=rtpmap:63 opus/48000';
    const shouted = opus.map((line) => line.replace('opus', 'OPUS'));
    expect(withDiscontinuousOpus(sdp(hidden, ...shouted))).toBe(
      sdp(hidden, ...shouted).replace('useinbandfec=1', 'useinbandfec=1;usedtx=1'),
    );
  });

  it('leaves a description alone that says it already, or has no Opus', () => {
    const said = sdp('a=rtpmap:111 opus/48000/2', 'a=fmtp:111 usedtx=0');
    expect(withDiscontinuousOpus(said)).toBe(said);
    expect(withDiscontinuousOpus(sdp())).toBe(sdp());
  });
});

describe('the DTLS role', () => {
  const roles = (sdp: string) => [...sdp.matchAll(/^a=setup:(\w+)\r$/gm)].map(([, role]) => role);
  const passive = FIREFOX_ANSWER.replaceAll('a=setup:active', 'a=setup:passive');

  it('stays open in an offer before the first answer', () => {
    expect(new DtlsRole().settle(CHROMIUM_OFFER)).toBe(CHROMIUM_OFFER);
  });

  it.each([
    [FIREFOX_ANSWER, 'peer', 'active'],
    [FIREFOX_ANSWER, 'self', 'passive'],
    [passive, 'peer', 'passive'],
    [passive, 'self', 'active'],
  ] as const)('is told in each later offer as the first answer settled it (%#)', (answer, by, role) => {
    const known = new DtlsRole();
    known.handleAnswer(answer, by);
    // What Firefox says of itself in a restart of ICE.
    known.handleAnswer(answer === passive ? FIREFOX_ANSWER : passive, by);
    for (const offer of [CHROMIUM_LATER_OFFER, FIREFOX_OFFER]) {
      expect(roles(known.settle(offer))).toEqual([role, role]);
      expect(known.settle(offer).replaceAll(`setup:${role}`, 'setup:actpass')).toBe(offer);
    }
  });
});

it.each([
  ['Chromium', CHROMIUM_OFFER],
  ['Firefox', FIREFOX_ANSWER],
])('leaves nothing out of a description of %s but the source of its voice', (_browser, text) => {
  const isSource = (line: string) => line.startsWith('a=ssrc:');
  const lines = text.split('\r\n');
  expect(lines.some(isSource)).toBe(true);
  expect(withoutSources(text).split('\r\n')).toEqual(lines.filter((line) => !isSource(line)));
});
