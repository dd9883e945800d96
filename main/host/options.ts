/** Owns the options a room is hosted with: their limits, the addresses added by hand, and those that follow from the preferences. */

import { type HostErrorCode, type HostPreferences, TUNNEL_CHOICES } from '../common/host-api/snapshot.ts';
import { ADDED_ORIGINS_MAX, CAPACITY_MAX, CAPACITY_MIN, PORT_MAX } from '../common/protocol/limits.ts';
import { fail, ok, type Result } from '../common/result.ts';

/** Before anything is normalised: no path but a slash, no credentials, no query, no fragment. */
const ORIGIN = /^https:\/\/[^\s/?#@\\]+\/?$/i;
const HOST_NAME = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;
const IPV6 = /^\[[0-9a-f:.]+\]$/;
const ORIGIN_MAX_CHARACTERS = 262;

/** What one hosting is started with; in mode 1x1 the capacity is 2. */
export interface HostOptions
  extends Pick<
    HostPreferences,
    | 'mode'
    | 'capacity'
    | 'port'
    | 'tunnel'
    | 'otherTunnel'
    | 'lan'
    | 'keepRoom'
    | 'lobby'
    | 'files'
    | 'relayOnly'
  > {
  /** Public origins of tunnels or proxies started by hand, `https://name[:port]`. */
  readonly origins: readonly string[];
}

const isWholeBetween = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** The same options with their origins in canonical form, each once. */
export function checkOptions(
  options: HostOptions,
): Result<HostOptions, HostErrorCode & ('bad-options' | 'bad-origin')> {
  const { mode, capacity, port, tunnel } = options;
  const fits =
    (mode === '1x1' ? capacity === CAPACITY_MIN : mode === 'group') &&
    isWholeBetween(capacity, CAPACITY_MIN, CAPACITY_MAX) &&
    isWholeBetween(port, 0, PORT_MAX) &&
    TUNNEL_CHOICES.includes(tunnel);
  if (!fits) return fail('bad-options');
  const origins = new Set<string>();
  for (const typed of options.origins) {
    const origin = parseOrigin(typed);
    if (!origin.ok) return origin;
    origins.add(origin.value);
  }
  if (origins.size > ADDED_ORIGINS_MAX) return fail('bad-origin');
  return ok({ ...options, origins: [...origins] });
}

/** The origin (`https://name[:port]`, lower case, names in ASCII) of what a person typed. */
export function parseOrigin(typed: string): Result<string, 'bad-origin'> {
  const text = typed.trim();
  if (!ORIGIN.test(text) || !URL.canParse(text)) return fail('bad-origin');
  const { origin, hostname } = new URL(text);
  if (origin.length > ORIGIN_MAX_CHARACTERS) return fail('bad-origin');
  return HOST_NAME.test(hostname) || IPV6.test(hostname) ? ok(origin) : fail('bad-origin');
}

/** What the window's Host button starts: in mode 1x1 the group's capacity is kept for later, and two may come in. */
export function optionsFromPreferences(preferences: HostPreferences): HostOptions {
  const { mode, capacity, port, tunnel, otherTunnel, lan, keepRoom, lobby, files, relayOnly } = preferences;
  return {
    mode,
    capacity: mode === '1x1' ? CAPACITY_MIN : capacity,
    port,
    tunnel,
    otherTunnel,
    lan,
    keepRoom,
    lobby,
    files,
    relayOnly,
    origins: [],
  };
}
