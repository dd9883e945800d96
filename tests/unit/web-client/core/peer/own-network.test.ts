import { beforeEach, describe, expect, it } from 'vitest';
import { OwnNetwork } from '../../../../../web-client/core/peer/own-network.ts';

let network: OwnNetwork;
let told: number;

beforeEach(() => {
  network = new OwnNetwork();
  told = 0;
  network.onPrivate(() => told++);
});

const at = (address: string, end = 'typ host') => `candidate:1 1 udp 2122194687 ${address} 54321 ${end}`;
const PUBLIC = at('198.51.100.7');

describe('the own network', () => {
  it.each([
    ['a private address', at('192.168.1.2')],
    ['a shared one of the provider’s, or of a VPN', at('100.64.0.9')],
    ['a unique local one', at('fd12:3456::1')],
    ['a name in its place', at('9b5667be-69da-4dc5-92c9-4461b3703196.local')],
    ['another address outside than inside', at('198.51.100.7', 'typ srflx raddr 0.0.0.0 rport 0')],
    ['a relay in it', at('10.0.0.5', 'typ relay raddr 0.0.0.0 rport 0')],
  ])('is private by %s', (_what, candidate) => {
    network.note(PUBLIC);
    network.note(candidate);
    expect(network.isPrivate).toBe(true);
    network.note(candidate);
    expect(told).toBe(1);
  });

  it.each([
    ['public addresses', [PUBLIC, at('2001:db8::7')]],
    ['a relay elsewhere', [at('203.0.113.9', 'typ relay raddr 0.0.0.0 rport 0')]],
    ['what is no address of a network', [at('127.0.0.1'), at('169.254.1.1'), at('fe80::1')]],
  ])('is not by %s, when all are known', (_what, candidates) => {
    for (const candidate of [...candidates, '', null]) network.note(candidate);
    expect(network.isPrivate).toBe(false);
    expect(told).toBe(0);
  });

  it('may be, where the browser tells no address at all', () => {
    network.note(null);
    expect(network.isPrivate).toBe(true);
  });

  it('is looked at anew after a change', () => {
    network.note(at('10.0.0.2'));
    network.forget();
    expect(network.isPrivate).toBe(false);
    for (const candidate of [PUBLIC, null]) network.note(candidate);
    expect(network.isPrivate).toBe(false);
    network.note(at('10.0.0.2'));
    expect(told).toBe(2);
  });
});
