import { describe, expect, it } from 'vitest';
import { FILE_MESSAGE_LEAST_BYTES } from '../../../../../../main/common/protocol/file-limits.ts';

import { DESCRIPTION_LINES_MAX } from '../../../../../../main/common/protocol/limits.ts';
import { readLinkDescription } from '../../../../../../web-client/core/files/links/link-description.ts';
import { readRemoteDescription } from '../../../../../../web-client/core/peer/remote-description.ts';
import {
  CHROMIUM_LINK_OFFER,
  CHROMIUM_OFFER,
  FIREFOX_LINK_ANSWER,
  RECORDED_FP,
} from '../../../../../support/call/recorded-descriptions.ts';

const read = (sdp: string) => readLinkDescription(sdp, RECORDED_FP);
const written = (sdp: string) => {
  const result = read(sdp);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
const linesOf = (sdp: string) => sdp.split('\r\n');

const DATA = CHROMIUM_LINK_OFFER.slice(CHROMIUM_LINK_OFFER.indexOf('m=application'));
const AUDIO = CHROMIUM_OFFER.slice(
  CHROMIUM_OFFER.indexOf('m=audio'),
  CHROMIUM_OFFER.indexOf('m=application'),
);
const VIDEO = AUDIO.replace('m=audio', 'm=video').replace('a=mid:0', 'a=mid:1');
const withBundle = (sdp: string, mids: string) => sdp.replace('BUNDLE 0', `BUNDLE ${mids}`);
const withSize = (bytes: string) => CHROMIUM_LINK_OFFER.replace('size:262144', `size:${bytes}`);

describe('a description of a link', () => {
  it.each([
    ['Chromium’s offer', CHROMIUM_LINK_OFFER],
    ['Firefox’s answer', FIREFOX_LINK_ANSWER],
    ['one with bare line feeds', CHROMIUM_LINK_OFFER.replaceAll('\r', '')],
  ])('keeps what makes the channel and loses every address: %s', (_whose, sdp) => {
    const { sdp: text } = written(sdp);
    const lost = sdp
      .split(/\r?\n/)
      .filter((line) => !linesOf(text).includes(line))
      .map((line) => line.replace(/[: ].*/, ''));
    const passedOver = [
      ...['a=candidate', 'a=end-of-candidates', 'a=extmap-allow-mixed', 'a=msid-semantic'],
      ...['o=-', 'o=mozilla...THIS_IS_SDPARTA-99.0'],
    ];
    expect(lost.filter((start) => !passedOver.includes(start))).toEqual([]);
    expect(text).not.toMatch(/candidate|127\.|\.local/);
    expect(written(text).sdp).toBe(text);
  });

  it('hands out the candidates that stood in it', () => {
    const { candidates, ufrag } = written(FIREFOX_LINK_ANSWER);
    expect(ufrag).toBe('b9cd6b46');
    expect(candidates).toHaveLength(2);
    expect(candidates[0]).toMatchObject({ sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'b9cd6b46' });
  });

  it.each(['0', String(FILE_MESSAGE_LEAST_BYTES), '1073741823'])('may take messages of %s', (bytes) => {
    expect(read(withSize(bytes)).ok).toBe(true);
  });

  it('need not say what it takes', () => {
    expect(read(CHROMIUM_LINK_OFFER.replace('a=max-message-size:262144\r\n', '')).ok).toBe(true);
  });
});

describe('a description of a link that never reaches the browser', () => {
  it.each([
    ['a voice besides', CHROMIUM_OFFER],
    ['a voice alone', withBundle(CHROMIUM_LINK_OFFER.replace(DATA, AUDIO), '0')],
    ['a video line', withBundle(CHROMIUM_LINK_OFFER + VIDEO, '0 1')],
    ['a video line outside the bundle', CHROMIUM_LINK_OFFER + VIDEO],
    ['a rejected second line', CHROMIUM_LINK_OFFER + VIDEO.replace('m=video 9', 'm=video 0')],
    [
      'a second data channel line',
      withBundle(CHROMIUM_LINK_OFFER + DATA.replace('a=mid:0', 'a=mid:1'), '0 1'),
    ],
    [
      'nothing',
      CHROMIUM_LINK_OFFER.replace(DATA, '').concat(`a=fingerprint:sha-256 ${'00:'.repeat(31)}00\r\n`),
    ],
    ['other data', CHROMIUM_LINK_OFFER.replace('webrtc-datachannel', 'x')],
    ['another protocol', CHROMIUM_LINK_OFFER.replace('UDP/DTLS/SCTP', 'UDP/TLS/RTP/SAVPF')],
    ['no bundle', CHROMIUM_LINK_OFFER.replace('a=group:BUNDLE 0\r\n', '')],
    ['a bundle of others', withBundle(CHROMIUM_LINK_OFFER, '1')],
    ['two bundles', withBundle(CHROMIUM_LINK_OFFER, '0\r\na=group:BUNDLE 1')],
    ['no name', CHROMIUM_LINK_OFFER.replace('a=mid:0\r\n', '')],
    ['two names', CHROMIUM_LINK_OFFER.replace('a=mid:0', 'a=mid:0\r\na=mid:1')],
    ['no transport', CHROMIUM_LINK_OFFER.replace(/a=ice-ufrag:\S+\r\n/, '')],
    ['two transports', CHROMIUM_LINK_OFFER.replace('a=ice-ufrag:', 'a=ice-ufrag:other\r\na=ice-ufrag:')],
    ['a line end of its own', CHROMIUM_LINK_OFFER.replace('a=mid:0', 'a=mid:0\rm=video 9 x 1')],
    ['one line too many', CHROMIUM_LINK_OFFER + 'b=AS:9\r\n'.repeat(DESCRIPTION_LINES_MAX)],
    ...['1', '-1', '1e9', '', ' 70000', String(FILE_MESSAGE_LEAST_BYTES - 1)].map((bytes) => [
      'messages of too little',
      withSize(bytes),
    ]),
    ['two sizes, of which one is too little', withSize('262144\r\na=max-message-size:1')],
  ])('has %s', (_what, sdp) => {
    expect(read(sdp).ok).toBe(false);
  });

  it('names another certificate', () => {
    const other = RECORDED_FP.map((byte) => byte ^ 1);
    expect(readLinkDescription(CHROMIUM_LINK_OFFER, other)).toEqual({ ok: false, error: 'fingerprint' });
  });

  it('stands in the place of a call', () => {
    expect(readRemoteDescription(CHROMIUM_LINK_OFFER, RECORDED_FP)).toEqual({
      ok: false,
      error: 'not-a-call',
    });
  });
});
