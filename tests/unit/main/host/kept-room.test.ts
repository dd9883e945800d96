/** Holds what is kept of a room to its text, and the text to being a room that could be. */

import { describe, expect, it } from 'vitest';
import { formatKept, parseKept } from '../../../../main/host/kept-room.ts';
import { KEPT_ROOM } from '../../../support/host/kept-rooms.ts';

const text = formatKept(KEPT_ROOM);

/** The same with one field another, named by its way from the root. */
function changed(way: string, value: unknown): string {
  const room = JSON.parse(text);
  const names = way.split('.');
  const last = names.pop() ?? '';
  const owner = names.reduce((object, name) => object[name], room);
  owner[last] = value;
  return JSON.stringify(room);
}

describe('a kept room', () => {
  it('is read as it was written', () => {
    expect(parseKept(text)).toEqual({ ok: true, value: KEPT_ROOM });
  });

  it('of another version is told apart from a damaged one', () => {
    for (const version of [-1, 0, 1, 2, 3])
      expect(parseKept(changed('version', version))).toEqual({ ok: false, error: 'older-version' });
    for (const version of [5, 99])
      expect(parseKept(changed('version', version))).toEqual({ ok: false, error: 'newer-version' });
    for (const version of ['1', null, undefined, 1.5])
      expect(parseKept(changed('version', version))).toEqual({ ok: false, error: 'damaged' });
  });

  it('has this shape in this version: with another shape comes another version', () => {
    const { version, options, door, links, members, ...rest } = JSON.parse(text);
    const [link] = links;
    const [member] = members;
    const shapes = [options, door, link, link.terms, member, rest].map((of) =>
      Object.keys(of).sort().join(' '),
    );
    expect([version, ...shapes]).toEqual([
      4,
      'capacity lan mode origins otherTunnel port relayOnly tunnel',
      'lobby locked',
      'id terms token',
      'kind',
      'fp hasPlace id isHost isLetIn key links name resume',
      'files formerTunnels hostKey nowMs savedAtMs secret',
    ]);
  });

  it.each(['', '{', 'null', '[]', '7', '"x"', '{}', '{"version":4}', text.slice(0, -1), `${text}x`])(
    'is not %s',
    (damaged) => expect(parseKept(damaged)).toEqual({ ok: false, error: 'damaged' }),
  );

  it.each([
    ['no link of its own', 'links.0.terms', null],
    ['two of them', 'links.1.terms', { kind: 'main' }],
    ['two links of one id', 'links.1.id', 1],
    ['two links of one token', 'links.1.token', JSON.parse(text).links[0].token],
    ['somebody twice', 'members.1.id', JSON.parse(text).members[0].id],
    ['two of one key', 'members.1.key', JSON.parse(text).members[0].key],
    ['two of one resume', 'members.1.resume', JSON.parse(text).members[0].resume],
    ['a link that nobody knows', 'members.0.links', [9]],
    ['somebody in without a place', 'members.0.hasPlace', false],
    [
      'a host key that is none',
      'hostKey',
      JSON.parse(formatKept({ ...KEPT_ROOM, server: { ...KEPT_ROOM.server, hostKey: new Uint8Array(32) } }))
        .hostKey,
    ],
    ['a secret that is too short', 'secret', 'AAAA'],
    ['any free port', 'options.port', 0],
    ['1x1 for six', 'options.mode', '1x1'],
    ['an address that is none', 'options.origins', ['https://call.example/x']],
    ['one not in its canonical form', 'formerTunnels', ['HTTPS://A.lhr.life']],
    ['a field that is not known', 'more', 1],
    ['time that is none', 'savedAtMs', null],
  ])('has not %s', (_, way, value) => {
    expect(parseKept(changed(way, value))).toEqual({ ok: false, error: 'damaged' });
  });

  it('has no more in it than it holds', () => {
    const [anna] = KEPT_ROOM.server.places.members;
    const members = ['A', 'B', 'C'].map((letter) => ({
      ...anna,
      id: `${letter.repeat(21)}A`,
      key: `${letter.repeat(86)}A`,
      resume: `${letter.repeat(42)}A`,
    }));
    expect(parseKept(changed('members', members)).ok).toBe(true);
    const pair = JSON.parse(changed('members', members));
    pair.options.capacity = 2;
    expect(parseKept(JSON.stringify(pair))).toEqual({ ok: false, error: 'damaged' });
  });
});
