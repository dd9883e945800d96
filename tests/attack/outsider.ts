/**
 * Owns the process that floods the door, so that what it costs there is not counted as the host's. Arguments: which flood, the port,
 * the address there, and the token in base64url. Sends what came of it.
 */

import { FLOODS, type FloodName } from './floods.ts';

const [, , name = '', port = '', origin = '', token = ''] = process.argv;
const target = { port: Number(port), origin, token: new Uint8Array(Buffer.from(token, 'base64url')) };
const flooded = await FLOODS[name as FloodName](target);
process.send?.(flooded, () => process.exit(0));
