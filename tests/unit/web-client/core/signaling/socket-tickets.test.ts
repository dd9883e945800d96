import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../main/common/bytes.ts';
import { kindOf } from '../../../../../main/server/unproven-sockets.ts';
import { SocketTickets } from '../../../../../web-client/core/signaling/socket-tickets.ts';
import { nodeCrypto, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

let token: Bytes;
let resume: string;
let tickets: SocketTickets;
beforeEach(() => {
  token = randomBytes(16);
  resume = Buffer.from(randomBytes(32)).toString('base64url');
  tickets = new SocketTickets(nodeCrypto);
});

/** What a host makes of the tickets that a query brings, one by one. */
function kinds(query: string): readonly string[] {
  const [, given = ''] = /^\?ticket=([\w.-]+)$/.exec(query) ?? [];
  return given.split('.').map((ticket) => kindOf([ticket], { tokens: [token], resumes: [resume] }));
}

describe('the tickets of a socket', () => {
  it('are none before the page has a link', () => {
    expect([tickets.queryAt(true), tickets.queryAt(false)]).toEqual(['', '']);
  });

  it('are one of the link', async () => {
    await tickets.setToken(token);
    for (const isOwn of [true, false]) expect(kinds(tickets.queryAt(isOwn))).toEqual(['linked']);
  });

  it('are one of the page’s place and then one of the link, and the first at its own address alone', async () => {
    await tickets.setToken(token);
    await tickets.setResume(resume);
    expect(kinds(tickets.queryAt(true))).toEqual(['returning', 'linked']);
    expect(kinds(tickets.queryAt(false))).toEqual(['linked']);
  });

  it('say nothing elsewhere while there is only a place', async () => {
    await tickets.setResume(resume);
    expect(kinds(tickets.queryAt(true))).toEqual(['returning']);
    expect(tickets.queryAt(false)).toBe('');
  });
});
