import { describe, expect, it } from 'vitest';
import { serverWay, turnRefusal } from '../../../../../main/common/protocol/turn-answers.ts';

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

it.each([
  [[401], 'refused'],
  [[701, 441], 'refused'],
  [[401, 486], 'full'],
  [[508], 'full'],
  [[701], 'silent'],
  [[], 'silent'],
] as const)('takes the codes %j to say %s', (codes, meaning) => {
  expect(turnRefusal(codes)).toBe(meaning);
});
