import { describe, expect, it } from 'vitest';
import { formatFragment } from '../../../../../main/common/e2ee/invite-link.ts';
import { readPastedLink } from '../../../../../web-client/ui/entry/pasted-link.ts';

const ORIGIN = 'https://abc123.lhr.life';
const link = { secret: new Uint8Array(32).fill(7), token: new Uint8Array(16).fill(9), certificate: null };
const fragment = formatFragment(link);
const invite = `${ORIGIN}/${fragment}`;
const pinned = { ...link, certificate: new Uint8Array(32).fill(5) };
const read = (text: string, origin = ORIGIN) => readPastedLink(text, origin);

describe('readPastedLink', () => {
  it.each([
    ['as it was sent', invite],
    ['with blanks around it', `\n  ${invite} \t`],
    ['inside a sentence', `Call me: ${invite}.`],
    ['in angle brackets', `<${invite}>`],
    ['in typographic quotes', `«${invite}»`],
    ['with a tail from a messenger', `${invite}?utm_source=chat`],
    ['with a path and a query', `${ORIGIN}/x?lang=ru${fragment}`],
    ['with the scheme and host in capitals', `HTTPS://ABC123.LHR.LIFE/${fragment}`],
    ['with a full stop of another script', `请看 ${invite}，谢谢大家`],
    ['between stars', `**${invite}**`],
    ['as a link of Markdown', `[the call](${invite})`],
    ['as a link of HTML', `<a href="${invite}">${invite}</a>`],
    ['with its number sign escaped', `${ORIGIN}/%23${fragment.slice(1)}`],
    ['with its number sign escaped twice', `${ORIGIN}/%2523${fragment.slice(1)}`],
    ['with its separator escaped', invite.replace(/\.(?=[^.]*$)/, '%2E')],
    ['with zero-width spaces', invite.replace(/.{12}/g, '$&\u200b')],
    ['with the standard port', `${ORIGIN}:443/${fragment}`],
  ])('takes its own link %s', (_, text) => {
    expect(read(text)).toEqual({ kind: 'here', link });
  });

  it.each([
    ['another host', `https://xyz789.lhr.life/${fragment}`, 'xyz789.lhr.life'],
    [
      'a host that begins like this one',
      `https://abc123.lhr.life.example/${fragment}`,
      'abc123.lhr.life.example',
    ],
    ['another port', `${ORIGIN}:8443/${fragment}`, 'abc123.lhr.life:8443'],
    ['this computer', `http://localhost:8790/${fragment}`, 'localhost:8790'],
  ])('takes nothing of a link to %s and shows it as it is', (_, text, host) => {
    expect(read(text)).toEqual({ kind: 'elsewhere', host, href: text });
  });

  it('keeps the certificate in a link, to open it here or to show it', () => {
    expect(read(`<${ORIGIN}/${formatFragment(pinned)}>.`)).toEqual({ kind: 'here', link: pinned });
    const href = `https://192.168.1.5:8790/${formatFragment(pinned)}`;
    expect(read(`${href}.`)).toEqual({ kind: 'elsewhere', host: '192.168.1.5:8790', href });
  });

  it('tells this computer under two names apart', () => {
    expect(read(`http://127.0.0.1:8790/${fragment}`, 'http://localhost:8790')).toMatchObject({
      kind: 'elsewhere',
    });
    expect(read(`https://localhost:8790/${fragment}`, 'http://localhost:8790')).toMatchObject({
      kind: 'elsewhere',
    });
  });

  it.each([
    ['has no fragment', ORIGIN],
    ['has an empty fragment', `${ORIGIN}/#`],
    ['lost its end', invite.slice(0, -1)],
    ['lost its token', invite.slice(0, -23)],
    ['was broken into two lines', `${invite.slice(0, 60)}\n${invite.slice(60)}`],
  ])('says that a link %s', (_, text) => {
    expect(read(text)).toEqual({ kind: 'cut' });
  });

  it.each([
    ['is not in its one form', `${invite.slice(0, -1)}_`],
    ['has letters too many', `${invite}abc`],
  ])('says that a link %s, and so was changed', (_, text) => {
    expect(read(text)).toEqual({ kind: 'changed' });
  });

  it('shows a link of another address without what was added to it', () => {
    const elsewhere = { kind: 'elsewhere', host: 'b.lhr.life', href: `https://b.lhr.life/${fragment}` };
    expect(read(`(https://b.lhr.life/${fragment}).`)).toEqual(elsewhere);
    expect(read(`https://b.lhr.life/%23${fragment.slice(1)}"`)).toEqual(elsewhere);
  });

  it.each([
    ['plain words', 'hello'],
    ['the fragment alone', fragment],
    ['an address without a scheme', `abc123.lhr.life/${fragment}`],
    ['a script', `javascript:alert(1)//${fragment}`],
    ['plain http across the network', `http://192.168.1.5:8790/${fragment}`],
    ['a host hidden behind a user name', `https://abc123.lhr.life@evil.example/${fragment}`],
    ['an impossible address', `https://[::1/${fragment}`],
  ])('refuses %s', (_, text) => {
    expect(read(text)).toEqual({ kind: 'not-a-link' });
  });

  it('notices that there is nothing', () => {
    expect(read(' \n ')).toEqual({ kind: 'empty' });
  });
});
