/** Owns the peers of the mesh by id, each for as long as its pair's state: which are active, which have a voice, which carry anything. */

import { PEERS_MAX } from '../../../main/common/protocol/limits.ts';
import type { Peer } from '../peer/peer.ts';
import type { MonitoredPeer } from '../stats/peer-monitor.ts';

export class PeerMap extends Map<string, Peer> {
  /** Those who have a place on this page. */
  get active(): Peer[] {
    return [...this.values()].filter((peer) => peer.active);
  }

  /** The same once these have come, in their order, as far as there is room; who failed has no place. */
  activeWith(coming: readonly Peer[]): ReadonlySet<Peer> {
    const { active } = this;
    const others = coming.filter((peer) => !peer.active && !peer.failed);
    return new Set([...active, ...others.slice(0, PEERS_MAX - active.length)]);
  }

  /** Those of them to whom no connection stands. */
  get unconnected(): Peer[] {
    return this.active.filter(({ transport }) => transport.phase !== 'connected');
  }

  /** What is measured of those who can be heard. */
  get voices(): MonitoredPeer[] {
    return [...this].flatMap(([id, { transport }]) =>
      transport.voice === null ? [] : [{ ...transport.voice, id }],
    );
  }

  /** Whether a connection to this person stands that is known to be theirs. */
  reaches(id: string): boolean {
    return this.get(id)?.reachable === true;
  }

  /** Whether one talks to anybody, or could again without the server. */
  get anyConnected(): boolean {
    return [...this.values()].some(({ transport }) => transport.voice !== null || transport.channelOpen);
  }
}
