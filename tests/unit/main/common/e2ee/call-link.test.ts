/** Checks what the app takes for a link to a call, and what it says of everything else. */

import { describe, expect, it } from 'vitest';
import { formatAppLink, readCallLink as readCallLinkBy } from '../../../../../main/common/e2ee/call-link.ts';
import { formatFragment, formatInvite } from '../../../../../main/common/e2ee/invite-link.ts';
import { fail, ok } from '../../../../../main/common/result.ts';

const link = { secret: new Uint8Array(32).fill(7), token: new Uint8Array(16).fill(9), certificate: null };
const pinned = { ...link, certificate: new Uint8Array(32).fill(5) };
const ORIGIN = 'https://abc123.lhr.life';
const fragment = formatFragment(link);
const pinnedFragment = formatFragment(pinned);
const invite = `${ORIGIN}/${fragment}`;

const readCallLink = (text: string) => readCallLinkBy(text, URL);

describe('readCallLink', () => {
  it.each([
    ['as it was sent', invite],
    ['with words and line breaks around it', `\nCome in:\r\n${invite}\r\nSee you`],
    ['in brackets at the end of a sentence', `(here: <${invite}>).`],
    ['between stars', `**${invite}**`],
    ['in typographic quotes', `«${invite}»`],
    ['with the scheme and host in capitals', `HTTPS://ABC123.LHR.LIFE/${fragment}`],
    ['with a path, a query and a tail', `${ORIGIN}/x?lang=ru${fragment}?utm_source=chat`],
    ['with its number sign escaped', `${ORIGIN}/%23${fragment.slice(1)}`],
    ['with what nobody sees in it', `\u2066ht\u200btps${invite.slice(5, 20)}\u00ad${invite.slice(20)}\u2069`],
    ['with the standard port', `${ORIGIN}:443/${fragment}`],
    ['behind an address that is no link', `From https://news.example/today. ${invite}`],
    ['before a second one', `${invite} ${ORIGIN}/${pinnedFragment}`],
    ['of a list that was dropped', `# a call\r\n${invite}\r\n`],
    ['under the scheme of the app', `secret-call://abc123.lhr.life/${fragment}`],
    ['under the scheme of the app in capitals', `SECRET-CALL://ABC123.LHR.LIFE/${fragment}`],
    ['under the scheme of the app, without a slash', `secret-call://abc123.lhr.life${fragment}`],
    ['under the scheme of the app, escaped', `secret-call://abc123.lhr.life/%23${fragment.slice(1)}`],
  ])('takes a link %s', (_, text) => {
    expect(readCallLink(text)).toEqual(ok({ server: ORIGIN, link }));
  });

  it.each([
    [`http://localhost:8790/${fragment}`, 'http://localhost:8790'],
    [`http://127.0.0.1:8790/${fragment}`, 'http://127.0.0.1:8790'],
    [`http://[::1]/${fragment}`, 'http://[::1]'],
    [`https://localhost:8790/${fragment}`, 'https://localhost:8790'],
    [`secret-call://localhost:8790/${fragment}`, 'http://localhost:8790'],
    [`secret-call://LocalHost:8790/${fragment}`, 'http://localhost:8790'],
    [`secret-call://[::1]:8790/${fragment}`, 'http://[::1]:8790'],
    [`secret-call://127.0.0.1/${fragment}`, 'http://127.0.0.1'],
    [`secret-call://localhost.example/${fragment}`, 'https://localhost.example'],
    [`https://звонок.example/${fragment}`, new URL('https://звонок.example').origin],
  ])('takes of %s the server %s', (text, server) => {
    expect(readCallLink(text)).toEqual(ok({ server, link }));
  });

  it('takes the certificate with the link, under each scheme', () => {
    for (const scheme of ['https', 'secret-call']) {
      const text = `${scheme}://192.168.1.5:8790/${pinnedFragment}`;
      expect(readCallLink(text)).toEqual(ok({ server: 'https://192.168.1.5:8790', link: pinned }));
      expect(readCallLink(text.slice(0, -1))).toEqual(fail('cut'));
      expect(readCallLink(`${text}A`)).toEqual(fail('changed'));
      expect(readCallLink(`${text.slice(0, -1)}B`)).toEqual(fail('changed'));
    }
  });

  it.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \r\n\t', 'empty'],
    ['what nobody sees', '\u200b\u2066\ufeff', 'empty'],
    ['words', 'hello, are you there?', 'not-a-link'],
    ['a fragment alone', fragment, 'not-a-link'],
    ['an address without a scheme', `abc123.lhr.life/${fragment}`, 'not-a-link'],
    ['an impossible address', `https://[::1/${fragment}`, 'not-a-link'],
    ['an app’s link without a host', `secret-call:///${fragment}`, 'not-a-link'],
    ['an app’s link that is a path', `secret-call:${fragment}`, 'not-a-link'],
    ['a script', `javascript:alert(1)//${fragment}`, 'not-a-link'],
    ['a file', `file:///etc/passwd${fragment}`, 'not-a-link'],
    ['a share of the network', `\\\\evil.example\\x${fragment}`, 'not-a-link'],
    ['data', `data:text/html,x${fragment}`, 'not-a-link'],
    ['another scheme', `ws://abc123.lhr.life/${fragment}`, 'not-a-link'],
    ['a page of the app', `app://call/index.html${fragment}`, 'not-a-link'],
    ['a switch of the program', `--remote-debugging-port=9222${fragment}`, 'not-a-link'],
    ['an address without a secret', ORIGIN, 'cut'],
    ['an empty fragment', `${ORIGIN}/#`, 'cut'],
    ['a link that lost its end', invite.slice(0, -1), 'cut'],
    ['a link without its token', invite.slice(0, -23), 'cut'],
    ['a link that was broken into two lines', `${invite.slice(0, 60)}\n${invite.slice(60)}`, 'cut'],
    ['a link with letters too many', `${invite}abc`, 'changed'],
    ['a link that is not in its one form', `${invite.slice(0, -1)}_`, 'changed'],
    ['plain http across the network', `http://192.168.1.5:8790/${fragment}`, 'insecure'],
    ['plain http to a name', `http://abc123.lhr.life/${fragment}`, 'insecure'],
    ['a host behind a user name', `https://abc123.lhr.life@evil.example/${fragment}`, 'credentials'],
    ['this computer behind a user name', `secret-call://x@localhost/${fragment}`, 'credentials'],
    ['a password', `secret-call://localhost:1@evil.example/${fragment}`, 'credentials'],
  ] as const)('refuses %s', (_, text, problem) => {
    expect(readCallLink(text)).toEqual(fail(problem));
  });

  it('takes no other server than the one that stands in the text, whatever the slashes', () => {
    expect(readCallLink(`https:\\\\evil.example/${fragment}`)).toEqual(fail('not-a-link'));
    expect(readCallLink(`secret-call://good.example\\@evil.example/${fragment}`)).toEqual(
      ok({ server: 'https://good.example', link }),
    );
  });
});

describe('formatAppLink', () => {
  it.each([
    'https://abc123.lhr.life',
    'https://192.168.1.5:8790',
    'http://localhost:8790',
    'http://[::1]:8790',
  ])('writes a link to %s that is read as the same', (server) => {
    for (const each of [link, pinned]) {
      const text = formatAppLink(formatInvite(server, each));
      expect(text.startsWith('secret-call://')).toBe(true);
      expect(readCallLink(text)).toEqual(ok({ server, link: each }));
    }
  });
});
