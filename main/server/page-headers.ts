/** Owns the headers every answer carries: what the page may do, and what may be done with it. */

/** Where a tunnel's new address can lie: no others change while people are in. */
const TUNNEL_SOCKETS = ['wss://*.lhr.life', 'wss://*.trycloudflare.com'];

/** Powers a call does not need; the microphone is the one it does, and sound keeps its default. */
const REFUSED_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

export const FIXED_HEADERS: Readonly<Record<string, string>> = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'permissions-policy': ['microphone=(self)', ...REFUSED_FEATURES.map((name) => `${name}=()`)].join(', '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
};

/**
 * The policy for a page at `host` (name with port). The page's own socket is named besides 'self', which Safari before
 * 15.4 does not take to cover ws: and wss:. A page at one of the `publicHosts` may also look for the room at the others,
 * and where its tunnel may turn up next; a page at a local address, the only kind that speaks ws:, has no need to.
 */
export function contentSecurityPolicy(host: string, publicHosts: ReadonlySet<string>): string {
  const sockets = publicHosts.has(host)
    ? [...Array.from(publicHosts, (name) => `wss://${name}`), ...TUNNEL_SOCKETS]
    : [`wss://${host}`, `ws://${host}`];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    // The one that counts time in a hidden page.
    "worker-src 'self'",
    `connect-src 'self' ${sockets.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // One policy, for the address of that worker; it makes no other.
    'trusted-types timers',
  ].join('; ');
}
