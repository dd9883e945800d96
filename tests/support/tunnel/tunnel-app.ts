/**
 * Owns a process that does nothing but hold a tunnel, as the app does; killed by the tests that ask what is left then.
 * Argument: the tunnel's options as JSON. Prints each status as a line of JSON.
 */

import { silentLogger } from '../../../main/common/logger.ts';
import { createTunnel, type TunnelOptions } from '../../../main/tunnel/tunnel.ts';

export type TunnelAppOptions = Omit<TunnelOptions, 'logger' | 'random' | 'probe'>;

const options: TunnelAppOptions = JSON.parse(process.argv[2] ?? '{}');
const tunnel = createTunnel({ ...options, logger: silentLogger, probe: async () => 'answering' });
tunnel.onStatus((status) => process.stdout.write(`${JSON.stringify(status)}\n`));
tunnel.start();
