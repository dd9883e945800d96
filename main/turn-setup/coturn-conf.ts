/** Owns the configuration of coturn for a relay of one's own: who may use it, how much, and whom nobody reaches through it. */

import type { RelayAnswers } from './answers.ts';

export const STUN_PORT = 3_478;
/** Where every network lets people out. */
export const TLS_PORT = 443;
/** RFC 8656, section 7.2. */
export const RELAY_PORTS = { first: 49_152, last: 65_535 } as const;

/** Where all that belongs to the relay lies on its machine. */
export const MACHINE_FOLDER = '/etc/secret-call-turn';

/**
 * A guest is a user. A browser makes one allocation for each connection, address of its own and way to the relay: in a room
 * of twelve with its reserves 22, over three addresses and the three ways 198; a restart of the connections adds half of that.
 */
const ALLOCATIONS_PER_USER = 300;
const ALLOCATIONS = 4_000;
/** Of an allocation, both ways: a voice takes some 12 kB/s, repeated on a lossy line three times that. */
const ALLOCATION_BYTES_PER_SECOND = 250_000;
const RELAY_BYTES_PER_SECOND = 12_500_000;
const NONCE_SECONDS = 600;

/**
 * Peers that a relay must not lead to: this machine, its provider's inside, and what is no single computer (RFC 6890). Public
 * addresses that clouds answer machines on are among them.
 */
export const DENIED_PEERS: readonly (readonly [first: string, last: string])[] = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['168.63.129.16', '168.63.129.16'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['224.0.0.0', '255.255.255.255'],
  // Not from :: on: coturn 4.6 takes that to be before every IPv4 address, too, and would relay to none.
  ['::1', '::ffff:ffff:ffff'],
  ['64:ff9b::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::', '100::ffff:ffff:ffff:ffff'],
  ['2001::', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
];

/** By which hosts name the relay, the way that is soonest there first. */
export const relayUrls = ({ domain }: Pick<RelayAnswers, 'domain'>) =>
  ({
    udp: `turn:${domain}:${STUN_PORT}`,
    tcp: `turn:${domain}:${STUN_PORT}?transport=tcp`,
    tls: `turns:${domain}:${TLS_PORT}?transport=tcp`,
  }) as const;

export function coturnConf({ domain, address }: RelayAnswers, secret: string): string {
  return [
    '# coturn as a relay for Secret Call; nothing else uses it. Read by the relay alone: the secret stands in here.',
    `listening-port=${STUN_PORT}`,
    `tls-listening-port=${TLS_PORT}`,
    `min-port=${RELAY_PORTS.first}`,
    `max-port=${RELAY_PORTS.last}`,
    ...(address === null ? [] : ownAddress(address)),
    '',
    '# Who may: whoever has credentials that a host made from the secret, for as long as they hold.',
    `realm=${domain}`,
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    `stale-nonce=${NONCE_SECONDS}`,
    'fingerprint',
    '',
    '# How much.',
    `user-quota=${ALLOCATIONS_PER_USER}`,
    `total-quota=${ALLOCATIONS}`,
    `max-bps=${ALLOCATION_BYTES_PER_SECOND}`,
    `bps-capacity=${RELAY_BYTES_PER_SECOND}`,
    '',
    '# Certificate: without one the relay goes on without TLS.',
    `cert=${MACHINE_FOLDER}/fullchain.pem`,
    `pkey=${MACHINE_FOLDER}/privkey.pem`,
    'no-tlsv1',
    'no-tlsv1_1',
    'no-dtls',
    '',
    '# What browsers do not need.',
    ...['no-cli', 'no-tcp-relay', 'no-rfc5780', 'no-stun-backward-compatibility'],
    ...['response-origin-only-with-rfc5780', 'no-software-attribute'],
    '',
    '# Nobody gets through here to this machine, to networks behind it, or to everybody at once.',
    'no-multicast-peers',
    ...DENIED_PEERS.map(([first, last]) => `denied-peer-ip=${first === last ? first : `${first}-${last}`}`),
    '',
    '# To the journal. No address of anybody is written while all goes well.',
    'log-file=stdout',
    'simple-log',
    'pidfile=',
    '',
  ].join('\n');
}

function ownAddress({ public: outside, private: inside }: NonNullable<RelayAnswers['address']>): string[] {
  if (inside === null) return [`listening-ip=${outside}`, `relay-ip=${outside}`];
  return [`listening-ip=${inside}`, `relay-ip=${inside}`, `external-ip=${outside}/${inside}`];
}
