import { describe, expect, it } from 'vitest';
import { LINK_TEXT_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { droppedText, linkIn, mayHoldLink } from '../../../renderer/given-link.ts';
import { lanLinkAt, linkAt } from '../../support/host/host-samples.ts';

const { invite } = linkAt('https://abc.example');

const dropped = (types: Readonly<Record<string, string>>) =>
  droppedText({ getData: (type) => types[type] ?? '' });

describe('linkIn', () => {
  it.each([
    ['alone', invite],
    ['between other lines', `Come in:\r\n${invite}\r\nBye`],
    ['after more words than may be given', `${'word '.repeat(LINK_TEXT_MAX_UNITS)} ${invite}`],
    ['under the scheme of the app', invite.replace('https', 'secret-call')],
  ])('finds a whole link %s', (_, text) => {
    expect(linkIn(text)).toBe(invite);
  });

  it('keeps the certificate in a link', () => {
    const lan = lanLinkAt('https://192.168.1.5:8790').invite;
    expect(linkIn(` ${lan}.`)).toBe(lan);
  });

  it.each(['', 'hello', invite.slice(0, -1)])('finds none in %j', (text) => {
    expect(linkIn(text)).toBeNull();
  });
});

describe('droppedText', () => {
  it.each([
    ['the address of a link', { 'text/uri-list': `# call\r\n${invite}`, 'text/plain': 'The call' }],
    [
      'a text in which it stands',
      { 'text/uri-list': 'https://news.example/', 'text/plain': `See ${invite}` },
    ],
    ['a text alone', { 'text/plain': invite }],
  ])('is the link in %s', (_, types) => {
    expect(dropped(types)).toBe(invite);
  });

  it('is what was dropped where there is no link in it, so that the person sees it', () => {
    expect(dropped({ 'text/uri-list': ' file:///etc/passwd ', 'text/plain': 'x' })).toBe(
      'file:///etc/passwd',
    );
    expect(dropped({ 'text/plain': 'x'.repeat(5_000) })).toHaveLength(LINK_TEXT_MAX_UNITS);
    expect(dropped({})).toBe('');
  });
});

it('tells from its kinds whether a link may be dragged', () => {
  expect([['text/plain'], ['text/html', 'text/uri-list']].map((types) => mayHoldLink({ types }))).toEqual([
    true,
    true,
  ]);
  expect([[], ['Files'], ['text/html']].map((types) => mayHoldLink({ types }))).toEqual([
    false,
    false,
    false,
  ]);
});
