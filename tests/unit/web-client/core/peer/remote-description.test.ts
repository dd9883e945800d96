import { describe, expect, it } from 'vitest';
import { DESCRIPTION_LINES_MAX } from '../../../../../main/common/protocol/limits.ts';
import { readRemoteDescription } from '../../../../../web-client/core/peer/remote-description.ts';
import {
  CHROMIUM_LATER_OFFER,
  CHROMIUM_OFFER,
  FIREFOX_ANSWER,
  FIREFOX_OFFER,
  RECORDED_FP,
} from '../../../../support/call/recorded-descriptions.ts';

const read = (sdp: string) => readRemoteDescription(sdp, RECORDED_FP);
const written = (sdp: string) => {
  const result = read(sdp);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
const linesOf = (sdp: string) => sdp.split('\r\n');

const AUDIO = CHROMIUM_OFFER.slice(
  CHROMIUM_OFFER.indexOf('m=audio'),
  CHROMIUM_OFFER.indexOf('m=application'),
);
const DATA = CHROMIUM_OFFER.slice(CHROMIUM_OFFER.indexOf('m=application'));
const VIDEO = AUDIO.replace('m=audio', 'm=video').replace('a=mid:0', 'a=mid:2');
/** With so many lines. */
const filled = (count: number) =>
  CHROMIUM_OFFER + 'b=AS:9\r\n'.repeat(count + 1 - linesOf(CHROMIUM_OFFER).length);
const withBundle = (sdp: string, mids: string) => sdp.replace('BUNDLE 0 1', `BUNDLE ${mids}`);

describe('a description of ours', () => {
  it.each([
    ['Chromium’s offer', CHROMIUM_OFFER],
    ['Chromium’s later offer', CHROMIUM_LATER_OFFER],
    ['Firefox’s offer', FIREFOX_OFFER],
    ['Firefox’s answer', FIREFOX_ANSWER],
    ['one with bare line feeds', CHROMIUM_OFFER.replaceAll('\r', '')],
  ])('keeps what makes the call and loses every address: %s', (_whose, sdp) => {
    const { sdp: text } = written(sdp);
    const lost = sdp
      .split(/\r?\n/)
      .filter((line) => !linesOf(text).includes(line))
      .map((line) => line.replace(/[: ].*/, ''));
    const addressed = [
      'a=candidate',
      'a=end-of-candidates',
      'a=rtcp',
      'a=rtcp-xr',
      'c=IN',
      'm=audio',
      'o=-',
      'o=mozilla...THIS_IS_SDPARTA-99.0',
    ];
    expect(lost.filter((start) => !addressed.includes(start))).toEqual([]);
    expect(text).not.toMatch(/candidate|127\.|192\.|\.local/);
    expect(written(text).sdp).toBe(text);
  });

  it('holds one that listens nowhere in the place of each address', () => {
    expect(
      linesOf(written(CHROMIUM_LATER_OFFER).sdp).filter((line) => /^(?:o|m|c|a=rtcp:)/.test(line)),
    ).toEqual([
      'o=- 5340916689892470393 4 IN IP4 0.0.0.0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 63 111 9 0 8 13 110 126',
      'c=IN IP4 0.0.0.0',
      'a=rtcp:9 IN IP4 0.0.0.0',
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      'c=IN IP4 0.0.0.0',
    ]);
  });

  it.each([
    ['without its last line end', CHROMIUM_OFFER.slice(0, -2)],
    ['with a line that says nothing', CHROMIUM_OFFER.replace('s=-', 's=')],
    ['over TCP', CHROMIUM_OFFER.replaceAll(' UDP/', ' TCP/')],
    [
      'at great ports',
      CHROMIUM_OFFER.replace('audio 9', 'audio 65535').replace('application 9', 'application 65535'),
    ],
    ['as long as it may be', filled(DESCRIPTION_LINES_MAX)],
  ])('is the same %s', (_what, sdp) => {
    expect(sdp).not.toBe(CHROMIUM_OFFER);
    expect(written(sdp)).toEqual(written(CHROMIUM_OFFER));
  });

  it.each<[string | RegExp, string]>([
    ...['sendonly', 'recvonly', 'inactive'].map((direction): [string, string] => [
      'a=sendrecv',
      `a=${direction}`,
    ]),
    ...['111', Array(32).fill('100').join(' ')].map((types): [string, string] => [
      '63 111 9 0 8 13 110 126',
      types,
    ]),
    ...['x'.repeat(64), '!~'].map((user): [string, string] => [
      'o=- 3253809108115871802 2',
      `o=${user} 1 ${'9'.repeat(20)}`,
    ]),
    ['3253809108115871802 2', `${'9'.repeat(20)} 1`],
    [/(?<=ufrag:)flfF/g, 'a+/9'],
    [/(?<=ufrag:)flfF/g, 'x'.repeat(256)],
    [/(?<=a=ssrc:)1448176082/g, '7'],
  ])('may have in the place of %s: %s', (part, other) => {
    const { sdp } = written(CHROMIUM_OFFER.replace(part, other));
    expect(sdp).toBe(written(CHROMIUM_OFFER).sdp.replace(part, other));
    expect(sdp).toContain(other);
  });

  it.each(['x', 'a_Z.+-9', 'x'.repeat(16)])('may name its lines %s', (mid) => {
    expect(read(withBundle(CHROMIUM_OFFER.replace('a=mid:0', `a=mid:${mid}`), `${mid} 1`)).ok).toBe(true);
  });

  it('hands out the candidates of the data channel as its own', () => {
    const candidate = 'candidate:1 1 udp 1 192.0.2.2 40000 typ host';
    expect(written(`${CHROMIUM_OFFER}a=${candidate}\r\n`).candidates).toEqual([
      { candidate, sdpMid: '1', sdpMLineIndex: 1, usernameFragment: 'flfF' },
    ]);
  });

  it('hands out the candidates that stood in it, to be looked at like those that come alone', () => {
    const { candidates, ufrag } = written(FIREFOX_OFFER);
    expect(candidates).toHaveLength(8);
    expect(ufrag).toBe('6f20ba6e');
    expect(candidates[0]).toMatchObject({ sdpMid: '0', sdpMLineIndex: 0, usernameFragment: '6f20ba6e' });
    expect(candidates[0]?.candidate).toMatch(
      /^candidate:0 1 UDP 2122187007 [\w-]{36}\.local 33944 typ host$/,
    );
  });

  it('loses what no page of ours says, without a word', () => {
    const odd = [
      'a=remote-candidates:1 127.0.0.1 80',
      'a=simulcast:send 1;2',
      'a=rid:1 send',
      'a=ssrc-group:FID 1 2',
      'a=ice-lite',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x',
      'b=AS:9',
      'i=x',
      'i=sendonly',
    ];
    const { sdp } = written(CHROMIUM_OFFER.replace('a=mid:0\r\n', ['a=mid:0', ...odd, ''].join('\r\n')));
    expect(sdp).toBe(written(CHROMIUM_OFFER).sdp);
  });
});

describe('a description that never reaches the browser', () => {
  it.each([
    ['three video lines', withBundle(CHROMIUM_OFFER + VIDEO + VIDEO + VIDEO, '0 1 2')],
    ['one video line outside the bundle', CHROMIUM_OFFER + VIDEO],
    ['a rejected third line', `${CHROMIUM_OFFER}${VIDEO.replace('m=video 9', 'm=video 0')}`],
    ['a second voice', withBundle(CHROMIUM_OFFER + AUDIO.replace('a=mid:0', 'a=mid:2'), '0 1 2')],
    ['a second data channel line', withBundle(CHROMIUM_OFFER + DATA.replace('a=mid:1', 'a=mid:2'), '0 1 2')],
    ['video in the place of data', withBundle(CHROMIUM_OFFER.replace(DATA, VIDEO), '0 2')],
    ['no data', withBundle(CHROMIUM_OFFER.replace(DATA, ''), '0')],
    ['no voice', withBundle(CHROMIUM_OFFER.replace(AUDIO, ''), '1')],
    ['another order', withBundle(CHROMIUM_OFFER.replace(AUDIO + DATA, DATA + AUDIO), '1 0')],
    ['a rejected voice', CHROMIUM_OFFER.replace('m=audio 9', 'm=audio 0')],
    ['another protocol', CHROMIUM_OFFER.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['other data', CHROMIUM_OFFER.replace('webrtc-datachannel', 'x')],
    ['no bundle', CHROMIUM_OFFER.replace('a=group:BUNDLE 0 1\r\n', '')],
    ['two bundles', CHROMIUM_OFFER.replace('a=group:BUNDLE 0 1', 'a=group:BUNDLE 0\r\na=group:BUNDLE 1')],
    ['one name for two lines', withBundle(CHROMIUM_OFFER.replace('a=mid:1', 'a=mid:0'), '0 0')],
    ['two names for a line', CHROMIUM_OFFER.replace('a=mid:0', 'a=mid:0\r\na=mid:2')],
    ['no name', CHROMIUM_OFFER.replace('a=mid:0\r\n', '')],
    ['two transports', CHROMIUM_OFFER.replace(/a=ice-ufrag:\S+/, 'a=ice-ufrag:other')],
    ['no transport', CHROMIUM_OFFER.replaceAll(/a=ice-ufrag:\S+\r\n/g, '')],
    ['two sources in a line', CHROMIUM_OFFER.replace('a=mid:0', 'a=mid:0\r\na=ssrc:77 cname:x')],
    ['a source in the data line', CHROMIUM_OFFER.replace('a=mid:1', 'a=mid:1\r\na=ssrc:77 cname:x')],
    [
      'the voice’s own source in the data line',
      CHROMIUM_OFFER.replace('a=mid:1', 'a=mid:1\r\na=ssrc:1448176082 cname:x'),
    ],
    [
      'a source before any line',
      CHROMIUM_OFFER.replace('a=msid-semantic', 'a=ssrc:77 cname:x\r\na=msid-semantic'),
    ],
    ['a source that is none', CHROMIUM_OFFER.replace('a=mid:0', 'a=mid:0\r\na=ssrc:x')],
    ['a line end of its own', CHROMIUM_OFFER.replace('a=mid:0', 'a=mid:0\rm=video 9 x 1')],
    ['a blank line', CHROMIUM_OFFER.replace('a=mid:0', 'a=mid:0\r\n')],
    ['a line that is none', CHROMIUM_OFFER.replace('a=mid:0', 'a=mid:0\r\n m=video')],
    ['letters from elsewhere', CHROMIUM_OFFER.replace('a=msid:-', 'a=msid:ä')],
    ['very many lines', `${CHROMIUM_OFFER}${'a=sendrecv\r\n'.repeat(DESCRIPTION_LINES_MAX)}`],
    ['one line too many', filled(DESCRIPTION_LINES_MAX + 1)],
    ['a medium before the session', `m=video 9 UDP/TLS/RTP/SAVPF 96\r\n${CHROMIUM_OFFER}`],
    ['no name, and a bundle of none', withBundle(CHROMIUM_OFFER.replace('a=mid:0\r\n', ''), 'null 1')],
    [
      'no name of data, and a bundle of none',
      withBundle(CHROMIUM_OFFER.replace('a=mid:1\r\n', ''), '0 null'),
    ],
    ...['', 'a b', ' a', 'a;', ';a', 'x'.repeat(17)].map((mid) => [
      'an odd name',
      withBundle(CHROMIUM_OFFER.replace('a=mid:0', `a=mid:${mid}`), `${mid} 1`),
    ]),
    ...['abc', 'x'.repeat(257), '#abcd', 'abcd#'].map((ufrag) => [
      'an odd transport',
      CHROMIUM_OFFER.replaceAll(/(?<=ufrag:)\S+/g, ufrag),
    ]),
    ...['x1', 'x', '', '1'.repeat(11)].map((source) => [
      'sources that are none',
      CHROMIUM_OFFER.replaceAll(/(?<=a=ssrc:)\d+/g, source),
    ]),
    ...['audio 100000', 'audio 09', 'xaudio 9', 'audio  9'].map((start) => [
      'an odd voice',
      CHROMIUM_OFFER.replace('audio 9', start),
    ]),
    ...['', ' ', ' 1000', ' 111 ', ' 111 x', ' 1'.repeat(33)].map((types) => [
      'odd payloads',
      CHROMIUM_OFFER.replace(' 63 111 9 0 8 13 110 126', types),
    ]),
    ...['xapplication 9', 'application ', 'application 123456', 'application x'].map((start) => [
      'odd data',
      CHROMIUM_OFFER.replace('application 9', start),
    ]),
    ['more data', CHROMIUM_OFFER.replace('webrtc-datachannel', 'webrtc-datachannels')],
    ...[
      ...['x', ' - 1 2 IN IP4 x', ' 1 2 IN IP4 x', '-  2 IN IP4 x', '- 1  IN IP4 x', '- 1 2 IN IP4 '],
      ...['- 1 2 IN IP4 x x', '- 1 2 IN IP5 x', `${'x'.repeat(65)} 1 2 IN IP4 x`],
      ...[`- ${'1'.repeat(21)} 2 IN IP4 x`, `- 1 ${'1'.repeat(21)} IN IP4 x`],
    ].map((origin) => ['an odd origin', CHROMIUM_OFFER.replace(/(?<=o=).*(?=\r)/, origin)]),
    ['a line that begins before its letter', CHROMIUM_OFFER.replace('a=mid:0', 'a=mid:0\r\nxa=sendrecv')],
    ['no session', CHROMIUM_OFFER.slice(CHROMIUM_OFFER.indexOf('m=audio'))],
  ])('has %s', (_what, sdp) => {
    expect(sdp).not.toBe(CHROMIUM_OFFER);
    expect(read(sdp)).toEqual({ ok: false, error: 'not-a-call' });
  });

  it('names another certificate', () => {
    expect(
      readRemoteDescription(
        CHROMIUM_OFFER,
        RECORDED_FP.map((byte) => byte ^ 1),
      ),
    ).toEqual({
      ok: false,
      error: 'fingerprint',
    });
  });
});
