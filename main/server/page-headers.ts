/** Owns the headers of the answers: what the page and its files may do, and what may be done with them. */

import { TUNNEL_DOMAINS } from '../common/host-api/snapshot.ts';
import { SOCKET_PATH } from './gate.ts';

/** Where a tunnel's new address can lie: no others change while people are in. */
const TUNNEL_NAMES = Object.values(TUNNEL_DOMAINS)
  .flat()
  .map((domain) => `*.${domain}`);
const TUNNEL_SOCKETS = TUNNEL_NAMES.map((name) => `wss://${name}`);

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

type Headers = Readonly<Record<string, string>>;

/** Whoever opened the document's window loses it: could neither lead the call's tab elsewhere nor close it. */
export const OPENER_POLICY = 'cross-origin-opener-policy';

/** What browsers heed in a document alone, and would be sent in vain with each of its files. */
const OF_DOCUMENTS: Headers = {
  'permissions-policy': ['microphone=(self)', ...REFUSED_FEATURES.map((name) => `${name}=()`)].join(', '),
  [OPENER_POLICY]: 'same-origin',
};

export const FIXED_HEADERS: Headers = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex, nofollow',
  ...OF_DOCUMENTS,
};

export const DOCUMENT_HEADER_NAMES: readonly string[] = Object.keys(OF_DOCUMENTS);

/** The person, who typed the address or followed it from another program, or the page itself, as with a reload. */
const NO_OPENERS: readonly unknown[] = ['none', 'same-origin'];

/**
 * Whether a page of somebody else may open the document, as the browser says and no script can (W3C Fetch Metadata, sections 2.2 and
 * 2.3). What is asked for to be kept may be opened by anybody later. Where nobody else does, Chromium starts a process in which the document
 * waits for its first byte, and would throw that away for another one with an opener policy: 40 of the 90 ms until Join can be
 * pressed, and at a reload what the history keeps of the page.
 */
export function mayHaveOpener(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['sec-fetch-mode'] !== 'navigate' || !NO_OPENERS.includes(headers['sec-fetch-site']);
}

/** For a file of the page that is opened by itself, as an icon is, or as a worker: it loads nothing and runs nothing else. */
export const FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const SERVICE_WORKER_PATH = '/service-worker.js';
/** It asks for the page's files, runs nothing else, and is in no document. */
export const SERVICE_WORKER_POLICY = FILE_POLICY.replace("'none';", "'none'; connect-src 'self';");

/** What stands in a document itself, as a policy names it: `'sha256-…'`. */
export interface InlineSources {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

const NOTHING_INLINE: InlineSources = { scripts: [], styles: [] };

/**
 * The policy for a page at `host` (name with port), in which nothing inline runs but `inline`. The page's own socket is named besides 'self', which Safari before
 * 15.4 does not take to cover ws: and wss:. A page at one of the `publicHosts` may also look for the room at the others,
 * and where its tunnel may turn up next; a page at a local address, the only kind that speaks ws:, has no need to.
 */
export function contentSecurityPolicy(
  host: string,
  publicHosts: ReadonlySet<string>,
  inline: InlineSources = NOTHING_INLINE,
): string {
  const sockets = publicHosts.has(host)
    ? [...Array.from(publicHosts, (name) => `wss://${name}`), ...TUNNEL_SOCKETS]
    : [`wss://${host}`, `ws://${host}`];
  return pagePolicy(sockets, inline, ['timers', 'voice', 'files', 'recorder', 'service-worker']);
}

/**
 * The policy for the page where the app brings it: it asks the server of its link whether it is there and for a socket, and
 * nobody else. Where that server stands behind a tunnel, it may turn up there under another name.
 * @param server origin of the link's server
 */
export function appPagePolicy(server: string, inline: InlineSources): string {
  return pagePolicy(
    appPageSources(server).map(({ scheme, host, path }) => `${scheme}://${host}${path}`),
    inline,
    ['timers', 'voice', 'files', 'recorder'],
  );
}

/** An address the app's page may ask, as a policy names it; `*.` stands for any name under a domain. */
export interface AppPageSource {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
}

export function appPageSources(server: string): readonly AppPageSource[] {
  const { protocol, host, hostname } = new URL(server);
  const secure = protocol === 'https:';
  const isTunnel = secure && TUNNEL_NAMES.some((name) => hostname.endsWith(name.slice(1)));
  // Another provider may take the place of the one that the link came by.
  const tunnels = isTunnel ? TUNNEL_NAMES : [];
  return [
    { scheme: secure ? 'https' : 'http', host, path: '/healthz' },
    ...[host, ...tunnels].map((name) => ({ scheme: secure ? 'wss' : 'ws', host: name, path: SOCKET_PATH })),
  ];
}

/** @param scripts for each one policy of Trusted Types, which gives out the address of one script */
function pagePolicy(sources: readonly string[], inline: InlineSources, scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...inline.scripts].join(' '),
    ["style-src 'self'", ...inline.styles].join(' '),
    "img-src 'self'",
    "media-src 'self'",
    "manifest-src 'self'",
    // The one that counts time in a hidden page, the one that keeps the page, the one that the own voice goes through, and those that have to do with files and with recording.
    "worker-src 'self'",
    `connect-src 'self' ${sources.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${scripts.join(' ')}`,
  ].join('; ');
}
