/**
 * Stands in for cloudflared: takes the same arguments, answers on the metrics port, and otherwise does what the file
 * `mode` beside it says: `works`, `rate-limited`, or `unreachable`. Writes what it was started with to `seen.json`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';

const folder = dirname(process.argv[1] ?? '');
const mode = readFileSync(join(folder, 'mode'), 'utf8');
const args = process.argv.slice(2);
/** @param {string} name */
const value = (name) => args[args.indexOf(name) + 1] ?? '';

writeFileSync(
  join(folder, 'seen.json'),
  JSON.stringify({
    command: args[0],
    autoupdate: !args.includes('--no-autoupdate'),
    config: readFileSync(value('--config'), 'utf8'),
    url: value('--url'),
    variables: Object.keys(process.env).filter((name) => name.startsWith('TUNNEL_')),
  }),
);

/** @type {Record<string, string>} */
const complaints = {
  'rate-limited':
    'Error unmarshaling QuickTunnel response: error code: 1015 status_code="429 Too Many Requests"',
  unreachable: 'failed to request quick Tunnel: dial tcp: lookup api.trycloudflare.com: no such host',
};
const complaint = complaints[mode];
if (complaint !== undefined) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}

const readyAt = Date.now() + 700;
const [host, port] = value('--metrics').split(':');
createServer((request, response) => {
  const ready = Date.now() >= readyAt;
  if (request.url === '/quicktunnel') {
    response.end(JSON.stringify({ hostname: ready ? 'four-plain-words-here.trycloudflare.com' : '' }));
  } else if (request.url === '/ready') {
    response.writeHead(ready ? 200 : 503).end(JSON.stringify({ readyConnections: ready ? 1 : 0 }));
  } else {
    response.writeHead(404).end();
  }
}).listen(Number(port), host);
