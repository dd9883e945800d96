import { createHmac, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { UNPROVEN_SOCKETS_MAX } from '../../../../main/common/protocol/limits.ts';
import { kindOf, type SocketKind, UnprovenSockets } from '../../../../main/server/unproven-sockets.ts';

describe('the kind of a socket', () => {
  const [link, formerLink, token, resume, formerResume] = Array.from({ length: 5 }, () =>
    randomBytes(16),
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const mac = (secret: Buffer) => createHmac('sha256', secret).update('secret-call/1 ticket').digest();
  const ticketOf = (secret: Buffer) => mac(secret).subarray(0, 16).toString('base64url');
  const text = (secret: Buffer) => secret.toString('base64url');
  const secrets = { tokens: [token, link], resumes: [text(formerResume), text(resume)] };
  const of = (...tickets: string[]) => kindOf(tickets, secrets);

  it.each<[string, SocketKind, string[]]>([
    ['without a ticket', 'stranger', []],
    ['with one of a link', 'linked', [ticketOf(link)]],
    ['with one of another link', 'linked', [ticketOf(token)]],
    ['with one of somebody known', 'returning', [ticketOf(resume)]],
    ['with one of a person first and of the link then', 'returning', [ticketOf(resume), ticketOf(link)]],
    ['with one of somebody forgotten and of the link', 'linked', [ticketOf(formerLink), ticketOf(link)]],
    ['with one of a link that ended', 'stranger', [ticketOf(formerLink)]],
    ['with an empty one', 'stranger', ['']],
    ['with a short one', 'stranger', [ticketOf(link).slice(0, -2)]],
    ['with a longer one', 'stranger', [mac(link).toString('base64url')]],
    ['with the secret itself', 'stranger', [text(resume)]],
  ])('%s', (_what, kind, tickets) => {
    expect(of(...tickets)).toBe(kind);
  });

  it('is a stranger’s where nothing is known', () => {
    expect(kindOf([ticketOf(link)], { tokens: [], resumes: [] })).toBe('stranger');
  });
});

describe('sockets that have proven nothing', () => {
  let ended: string[];
  let sockets: UnprovenSockets<string, string>;

  beforeEach(() => {
    ended = [];
    sockets = new UnprovenSockets((socket) => {
      ended.push(socket);
      sockets.remove(socket);
    });
  });

  const fill = (kind: SocketKind, count = UNPROVEN_SOCKETS_MAX) => {
    for (let index = 0; index < count; index++) sockets.add(`${kind} ${index}`, kind, 'to prove');
  };

  it('keep their task until they are removed', () => {
    sockets.add('a', 'stranger', 'to prove');
    expect(sockets.taskOf('a')).toBe('to prove');
    expect(sockets.taskOf('b')).toBeUndefined();
    sockets.remove('a');
    expect(sockets.taskOf('a')).toBeUndefined();
  });

  it('give way beyond their number, the one longest there first', () => {
    fill('stranger');
    expect(ended).toEqual([]);
    sockets.add('one more', 'stranger', 'to prove');
    sockets.add('and another', 'stranger', 'to prove');
    expect(ended).toEqual(['stranger 0', 'stranger 1']);
    expect(sockets.taskOf('one more')).toBe('to prove');
  });

  it('give way to none of another kind', () => {
    for (const kind of ['linked', 'returning', 'stranger'] as const) fill(kind);
    expect(ended).toEqual([]);
    sockets.add('one more', 'returning', 'to prove');
    expect(ended).toEqual(['returning 0']);
  });

  it('leave their place to the next when they go', () => {
    fill('linked');
    sockets.remove('linked 5');
    sockets.add('one more', 'linked', 'to prove');
    expect(ended).toEqual([]);
  });
});
