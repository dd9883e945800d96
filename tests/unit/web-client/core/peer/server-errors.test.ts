import { describe, expect, it } from 'vitest';
import {
  type ServerErrors,
  serverWay,
  withServerError,
} from '../../../../../web-client/core/peer/server-errors.ts';

describe('the way to a server', () => {
  it.each([
    ['stun:stun.example.org:3478', 'stun'],
    ['turn:turn.example.org', 'udp'],
    ['turn:turn.example.org:3478?transport=udp', 'udp'],
    ['turn:[2001:db8::7]:3478?transport=tcp', 'tcp'],
    ['TURN:turn.example.org?transport=TCP', 'tcp'],
    ['turns:turn.example.org:443?transport=tcp', 'tls'],
    ['', 'stun'],
  ])('of %s is %s', (url, way) => {
    expect(serverWay(url)).toBe(way);
  });
});

describe('the errors of servers', () => {
  it('are counted by way and code, and of few kinds', () => {
    let errors: ServerErrors = {};
    for (let count = 0; count < 3; count++) errors = withServerError(errors, 'udp', 401);
    for (let code = 300; code < 400; code++) errors = withServerError(errors, 'tls', code);
    expect(errors['udp-401']).toBe(3);
    expect(Object.keys(errors)).toHaveLength(16);
    expect(withServerError(errors, 'udp', 401)['udp-401']).toBe(4);
  });
});
