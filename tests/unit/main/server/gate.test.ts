import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { beforeEach, describe, expect, it } from 'vitest';
import { FORMER_TUNNELS_KEPT_MAX } from '../../../../main/common/protocol/limits.ts';
import { Gate, type RequestInfo, ticketsOf, toRequestInfo } from '../../../../main/server/gate.ts';
import { BROWSER_AGENT } from '../../../support/wire/wire-page.ts';

const TUNNEL = 'https://0a1b2c3d4e5f60.lhr.life';
const LAN = '192.168.1.20';

let gate: Gate;

beforeEach(() => {
  gate = new Gate();
  gate.setLocalAddresses(8790, [LAN]);
});

const request = (change: Partial<RequestInfo> = {}): RequestInfo => ({
  path: '/ws',
  host: 'localhost:8790',
  origin: 'http://localhost:8790',
  userAgent: BROWSER_AGENT,
  secure: false,
  forwarded: false,
  remoteAddress: () => '127.0.0.1',
  ...change,
});

const upgrade = (change: Partial<RequestInfo> = {}) => gate.checkUpgrade(request(change));

describe('a request', () => {
  const read = (url: string, headers: Record<string, string> = {}, socket = new Socket()) => {
    const message = new IncomingMessage(socket);
    Object.assign(message, { url, headers });
    return toRequestInfo(message);
  };
  const host = 'localhost:8790';

  it.each([
    ['/ws?x', '/ws?x', host],
    ['', '', host],
    ['http://localhost:8790/ws?ticket=a', '/ws?ticket=a', host],
    ['HTTP+x.y-1://LocalHost:8790/a//b', '/a//b', host],
    ['http://localhost:8790', '/', host],
    ['http://localhost:8790?x', '/?x', host],
    ['http://evil.example/ws', '/ws', undefined],
    ['http://localhost:8790@evil.example/ws', '/ws', undefined],
    ['http:///ws', '/ws', undefined],
    ['/http://evil.example/ws', '/http://evil.example/ws', host],
    ['//evil.example/ws', '//evil.example/ws', host],
  ])('for %j asks for %j', (url, path, named) => {
    expect(read(url, { host })).toMatchObject({ path, host: named });
    expect(read(url, { host: 'LOCALHOST:8790' }).host).toBe(named?.toUpperCase());
  });

  it('tells what the gate looks at, and no more', () => {
    const headers = { host, origin: 'http://a.test', 'user-agent': BROWSER_AGENT };
    const { remoteAddress, ...rest } = read('/ws', headers);
    expect(rest).toEqual({
      ...{ path: '/ws', host, origin: 'http://a.test', userAgent: BROWSER_AGENT },
      ...{ secure: false, forwarded: false },
    });
    expect(remoteAddress()).toBeUndefined();
    expect(read('/ws', {}, new TLSSocket(new Socket())).secure).toBe(true);
  });

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'])(
    'was passed on where it says %s',
    (name) => {
      expect(read('/ws', { host, [name]: '' }).forwarded).toBe(true);
    },
  );
});

describe('the host', () => {
  it.each(['localhost:8790', 'LocalHost:8790', '127.0.0.1:8790', '[::1]:8790', `${LAN}:8790`])(
    'may be %s',
    (host) => {
      expect(gate.checkRequest(request({ host }))).toBe('serve');
      expect(upgrade({ host })).toBe('page');
    },
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost',
    'localhost:8791',
    'localhost:8790.evil.example',
    'localhost.:8790',
    '127.0.0.2:8790',
    'rebound.evil.example:8790',
    '0.0.0.0:8790',
  ])('may not be %s', (host) => {
    expect(gate.checkRequest(request({ host }))).toBe('foreign-host');
    expect(upgrade({ host })).toBe('foreign-host');
  });

  it('is nobody before the port is known', () => {
    expect(new Gate().checkRequest(request())).toBe('foreign-host');
  });

  it('needs no port where that is the scheme’s own', () => {
    gate.setLocalAddresses(80, null);
    expect(gate.checkRequest(request({ host: 'localhost' }))).toBe('serve');
    gate.setLocalAddresses(443, null);
    expect(gate.checkRequest(request({ host: 'localhost' }))).toBe('serve');
  });

  it('is a LAN address only where the port is open to the network', () => {
    gate.setLocalAddresses(8790, null);
    expect(gate.checkRequest(request({ host: `${LAN}:8790` }))).toBe('foreign-host');
  });

  it('is the tunnel’s while it has that address, and any that was added', () => {
    gate.setPublicOrigins({ tunnel: TUNNEL, added: ['https://call.example:8443'] });
    expect(gate.checkRequest(request({ host: new URL(TUNNEL).host }))).toBe('serve');
    expect(gate.checkRequest(request({ host: 'call.example:8443' }))).toBe('serve');
    gate.setPublicOrigins({ tunnel: null, added: [] });
    expect(gate.checkRequest(request({ host: new URL(TUNNEL).host }))).toBe('foreign-host');
    expect(gate.checkRequest(request({ host: 'call.example:8443' }))).toBe('foreign-host');
  });
});

describe('the origin', () => {
  it.each([
    'http://localhost:8790',
    'https://localhost:8790',
    'https://127.0.0.1:8790',
    'http://[::1]:8790',
    `https://${LAN}:8790`,
  ])('may be %s', (origin) => {
    expect(upgrade({ origin })).toBe('page');
  });

  it.each([
    'null',
    'http://evil.example',
    'http://localhost:8791',
    'http://localhost:8790/',
    'http://LOCALHOST:8790',
    'https://neighbour.lhr.life',
    'https://lhr.life',
    `http://${LAN}:8790`,
    'http://localhost:8790, http://evil.example',
  ])('may not be %s', (origin) => {
    gate.setPublicOrigins({ tunnel: TUNNEL, added: [] });
    expect(upgrade({ origin })).toBe('foreign-origin');
  });

  it('missing is refused to a browser and answered to anything else', () => {
    const unstated = { ...request(), origin: undefined };
    expect(gate.checkUpgrade(unstated)).toBe('foreign-origin');
    for (const userAgent of [undefined, '', 'curl/8.5.0', 'okhttp/4.12.0']) {
      expect(gate.checkUpgrade({ ...unstated, userAgent })).toBe('browser-only');
    }
  });

  it('may be the app’s own page, wherever it dials', () => {
    gate.setPublicOrigins({ tunnel: TUNNEL, added: [] });
    for (const host of ['localhost:8790', new URL(TUNNEL).host]) {
      expect(upgrade({ host, origin: 'app://call' })).toBe('page');
    }
    expect(gate.owns('app://call')).toBe(false);
  });

  it.each([
    'app://window',
    'app://call/',
    'app://call:1',
    'app://call.evil.example',
    'app://evil.example@call',
    'app://CALL',
    'APP://call',
    'app:call',
    'app://',
    'null',
    'app://call, http://evil.example',
    ' app://call',
  ])('may not be %j, which is not that page', (origin) => {
    expect(upgrade({ origin })).toBe('foreign-origin');
  });

  it('of the app’s page opens nothing that is shut for another reason', () => {
    const origin = 'app://call';
    expect(upgrade({ origin, path: '/' })).toBe('unknown-path');
    expect(upgrade({ origin, host: 'evil.example' })).toBe('foreign-host');
    expect(upgrade({ origin, remoteAddress: () => '192.168.1.30' })).toBe('plain-http');
  });

  it('may be an earlier tunnel address, which is no host any more', () => {
    const later = 'https://ffffffffffffff.lhr.life';
    gate.setPublicOrigins({ tunnel: TUNNEL, added: [] });
    gate.setPublicOrigins({ tunnel: later, added: [] });
    expect(upgrade({ host: new URL(later).host, origin: TUNNEL })).toBe('page');
    expect(upgrade({ host: new URL(TUNNEL).host, origin: TUNNEL })).toBe('foreign-host');
    const goesOn = new Gate();
    goesOn.setLocalAddresses(8790, null);
    goesOn.addFormerTunnels(gate.formerTunnels);
    expect([goesOn.owns(TUNNEL), goesOn.owns('https://eeeeeeeeeeeeee.lhr.life')]).toEqual([true, false]);
  });

  it('may not be one of very long ago', () => {
    const tunnels = Array.from({ length: FORMER_TUNNELS_KEPT_MAX + 1 }, (_, at) => `https://${at}.lhr.life`);
    for (const tunnel of [TUNNEL, ...tunnels.slice(1), TUNNEL, tunnels[0] ?? ''])
      gate.setPublicOrigins({ tunnel, added: [] });
    const kept = [...tunnels.slice(2), TUNNEL, tunnels[0]];
    expect(gate.formerTunnels).toEqual(kept.slice(-FORMER_TUNNELS_KEPT_MAX));
    expect([TUNNEL, tunnels[1] ?? '', tunnels[2] ?? ''].map((origin) => gate.owns(origin))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('an origin beside the host', () => {
  it('may be one that was added', () => {
    gate.setPublicOrigins({ tunnel: null, added: ['https://call.example:8443'] });
    expect(upgrade({ origin: 'https://call.example:8443' })).toBe('page');
    expect(gate.owns('https://call.example:8443')).toBe(true);
    gate.setPublicOrigins({ tunnel: null, added: [] });
    expect(upgrade({ origin: 'https://call.example:8443' })).toBe('foreign-origin');
  });

  it('is held against whatever names one, a browser or not', () => {
    expect(upgrade({ userAgent: 'curl/8.5.0', origin: 'http://evil.example' })).toBe('foreign-origin');
    expect(upgrade({ userAgent: 'curl/8.5.0' })).toBe('page');
    expect(upgrade({ userAgent: 'x Mozilla/5.0', origin: undefined })).toBe('browser-only');
  });
});

describe('the order', () => {
  const wrong = {
    path: '/ws/',
    host: 'evil.example',
    origin: 'http://evil.example',
    remoteAddress: () => '192.168.1.30',
  };

  it('is path, host, TLS, origin', () => {
    expect(upgrade(wrong)).toBe('unknown-path');
    expect(upgrade({ ...wrong, path: '/ws' })).toBe('foreign-host');
    expect(upgrade({ ...wrong, path: '/ws', host: `${LAN}:8790` })).toBe('plain-http');
    expect(upgrade({ origin: 'http://evil.example' })).toBe('foreign-origin');
    expect(upgrade()).toBe('page');
  });

  const ticket = 'A'.repeat(22);

  it('takes a ticket behind the path, whatever it is worth', () => {
    expect(upgrade({ path: `/ws?ticket=${ticket}` })).toBe('page');
    expect(ticketsOf({ path: `/ws?ticket=${ticket}` })).toEqual([ticket]);
    const two = `/ws?ticket=${'B'.repeat(22)}.${ticket}`;
    expect(upgrade({ path: two })).toBe('page');
    expect(ticketsOf({ path: two })).toEqual(['B'.repeat(22), ticket]);
    expect(ticketsOf({ path: '/ws' })).toEqual([]);
  });

  it('reads no ticket behind another path', () => {
    expect(ticketsOf({ path: `/xx?ticket=${ticket}` })).toEqual([]);
  });

  it.each([
    ...['/', '/ws?x', '/ws/', '/WS', '//ws', '/%77s', 'http://localhost:8790/ws', '/ws?', '/ws?ticket='],
    ...[`/?ticket=${ticket}`, `/ws?ticket=${ticket}A`, `/ws?ticket=${ticket}&x`, `/ws?x&ticket=${ticket}`],
    ...[`/ws/?ticket=${ticket}`, `/ws?ticket=${ticket}#`, `/ws?Ticket=${ticket}`, `/ws?ticket=${ticket}\n`],
    ...[`/ws?ticket=${ticket}.`, `/ws?ticket=.${ticket}`, `/ws?ticket=${ticket}.${ticket}.${ticket}`],
  ])('knows no socket at %j', (path) => {
    expect(upgrade({ path })).toBe('unknown-path');
  });
});

describe('local', () => {
  it.each(['localhost:8790', 'LOCALHOST:8790', '127.0.0.1:8790', '[::1]:8790'])(
    'is what comes from this computer for %s',
    (host) => {
      expect(gate.isLocal(request({ host }))).toBe(true);
      expect(gate.isLocal(request({ host, remoteAddress: () => '192.168.1.30' }))).toBe(false);
    },
  );

  it('is nothing that came through a tunnel, which ends on this computer as well', () => {
    gate.setPublicOrigins({ tunnel: TUNNEL, added: [] });
    expect(gate.isLocal(request({ host: new URL(TUNNEL).host }))).toBe(false);
    expect(gate.isLocal(request({ host: undefined }))).toBe(false);
    expect(gate.isLocal(request({ remoteAddress: () => undefined }))).toBe(false);
    expect(gate.isLocal(request({ forwarded: true }))).toBe(false);
  });
});

describe('plain HTTP', () => {
  it.each(['127.0.0.1', '127.8.9.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'])(
    'is served to %s',
    (address) => {
      expect(gate.checkRequest(request({ remoteAddress: () => address }))).toBe('serve');
    },
  );

  it.each([
    '192.168.1.30',
    '126.0.0.1',
    '128.0.0.1',
    '::ffff:192.168.1.30',
    'fe80::1',
    '8.8.8.8',
    '',
    undefined,
  ])('is sent to https for %s, whatever host it names', (address) => {
    for (const host of ['localhost:8790', `${LAN}:8790`]) {
      expect(gate.checkRequest(request({ host, remoteAddress: () => address }))).toBe('to-https');
      expect(upgrade({ host, remoteAddress: () => address })).toBe('plain-http');
    }
  });

  it('is served to whatever comes where the port is not open to the network', () => {
    gate.setLocalAddresses(8790, null);
    expect(gate.checkRequest(request({ remoteAddress: () => '192.168.1.30' }))).toBe('serve');
  });

  it('is no matter for what came by TLS', () => {
    const far = request({ secure: true, remoteAddress: () => '192.168.1.30' });
    expect(gate.checkRequest(far)).toBe('serve');
    expect(gate.checkUpgrade(far)).toBe('page');
  });
});
