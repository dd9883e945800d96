/** Owns the LAN addresses: those of this machine that its neighbours in the network can use. */

import { networkInterfaces } from 'node:os';

/**
 * IPv4 addresses other than loopback and link-local. IPv6 is left out on purpose: its addresses change by the day,
 * and with them the certificate would.
 */
export function lanAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    )
    .map(({ address }) => address);
}
