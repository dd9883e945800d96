import { expect, it } from 'vitest';
import { TUNNEL_DOMAINS } from '../../../../main/common/host-api/snapshot.ts';
import { MASK, redact } from '../../../../main/log.ts';
import {
  appPagePolicy,
  contentSecurityPolicy,
  FIXED_HEADERS,
  SERVICE_WORKER_POLICY,
} from '../../../../main/server/page-headers.ts';

const directives = (host: string, publicHosts: readonly string[]) =>
  new Map(
    contentSecurityPolicy(host, new Set(publicHosts))
      .split('; ')
      .map((directive) => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values.join(' ')];
      }),
  );

it('lets the page load from its own origin alone, and nobody frame it', () => {
  expect([...directives('localhost:8790', [])].filter(([name]) => name !== 'connect-src')).toEqual([
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['style-src', "'self'"],
    ['img-src', "'self'"],
    ['media-src', "'self'"],
    ['manifest-src', "'self'"],
    ['worker-src', "'self'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', 'timers voice files recorder service-worker'],
  ]);
  expect(contentSecurityPolicy('localhost:8790', new Set())).not.toContain('unsafe');
});

it('lets the service worker ask its own server for files, and nothing else', () => {
  expect(SERVICE_WORKER_POLICY).toBe(
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

it('lets no page start one that the app brings', () => {
  expect(appPagePolicy('https://a.lhr.life', { scripts: [], styles: [] })).toMatch(
    /; trusted-types timers voice files recorder$/,
  );
});

it('lets a local page call its own address, plain or TLS', () => {
  expect(directives('localhost:8790', ['a.lhr.life']).get('connect-src')).toBe(
    "'self' wss://localhost:8790 ws://localhost:8790",
  );
});

it('lets a public page call the public addresses, and where the tunnel can move to', () => {
  expect(directives('a.lhr.life', ['a.lhr.life', 'call.example']).get('connect-src')).toBe(
    "'self' wss://a.lhr.life wss://call.example wss://*.lhr.life wss://*.lhr.rocks wss://*.localhost.run wss://*.trycloudflare.com",
  );
});

it.each(Object.values(TUNNEL_DOMAINS).flat())('lets them follow a tunnel to a name under %s', (domain) => {
  const socket = `wss://*.${domain}`;
  expect(directives('a.lhr.life', ['a.lhr.life']).get('connect-src')?.split(' ')).toContain(socket);
  expect(appPagePolicy(`https://a.${domain}`, { scripts: [], styles: [] })).toContain(`${socket}/ws`);
  expect(redact(`moved to b.${domain} just now`)).toBe(`moved to ${MASK} just now`);
});

it('asks for the microphone and for nothing else', () => {
  const policy = FIXED_HEADERS['permissions-policy'] ?? '';
  expect(policy).toContain('microphone=(self)');
  expect(policy.match(/\(self\)/g)).toHaveLength(1);
  expect(policy).toContain('camera=()');
});
