/** Owns the words for how well one is connected with somebody. */

import type { ConnectObstacle, PeerState } from '../../core/state/room-state.ts';
import type { ConnectionQuality } from '../../core/stats/connection-quality.ts';
import type { TextKey } from '../../i18n/en.ts';

/** How many bars stand: three, one, none that counts, or not to be told yet. */
export type QualityLevel = 'good' | 'weak' | 'lost' | 'none';

export function qualityLevel(link: PeerState['phase'], quality: ConnectionQuality | null): QualityLevel {
  if (link === 'lost') return 'lost';
  if (link !== 'connected') return 'none';
  return quality?.grade ?? 'good';
}

/** The link in words; once it is measured, how good it is. */
export function linkWords(
  link: PeerState['phase'],
  quality: ConnectionQuality | null,
  obstacle: ConnectObstacle | null,
): TextKey {
  if (link === 'connecting' && obstacle !== null) return 'link.overdue';
  return link === 'connected' && quality !== null ? `quality.${quality.grade}` : `link.${link}`;
}
