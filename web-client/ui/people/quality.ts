/** Owns the words and numbers of connection quality. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type { ConnectObstacle } from '../../core/state/connect-diagnosis.ts';
import type { PeerState } from '../../core/state/room-state.ts';
import type { ConnectionPath } from '../../core/stats/connection-path.ts';
import type { ConnectionQuality } from '../../core/stats/connection-quality.ts';
import type { TextKey } from '../../i18n/en.ts';

type Grade = ConnectionQuality['grade'];

/** How many bars stand: three, one, none that counts, or not to be told yet. */
export type QualityLevel = 'good' | 'weak' | 'lost' | 'none';

export function qualityLevel(phase: PeerState['phase'], grade: Grade | null): QualityLevel {
  if (phase === 'lost') return 'lost';
  if (phase !== 'connected') return 'none';
  return grade ?? 'good';
}

/** The connection in words; once it is measured, how good it is. */
export function peerWords(
  phase: PeerState['phase'],
  grade: Grade | null,
  obstacle: ConnectObstacle | null,
): TextKey {
  if (phase === 'connecting' && obstacle !== null) return 'peer.overdue';
  return phase === 'connected' && grade !== null ? `quality.${grade}` : `peer.${phase}`;
}

export interface QualityRow {
  readonly term: string;
  readonly value: string;
}

/** What was measured, ready to be read; what was not says so. */
export function qualityRows(
  quality: ConnectionQuality | null,
  t: Translate<TextKey>,
  language: Language,
): readonly QualityRow[] {
  const unknown = t('quality.unknown');
  const inMs = (ms: number | null) => (ms === null ? unknown : t('quality.ms', { value: Math.round(ms) }));
  return [
    { term: t('quality.path'), value: pathWords(quality?.path ?? { kind: 'unknown' }, t) },
    { term: t('quality.round-trip'), value: inMs(quality?.roundTripMs ?? null) },
    { term: t('quality.loss'), value: lossWords(quality?.loss ?? null, t, language) },
    { term: t('quality.jitter'), value: inMs(quality?.jitterMs ?? null) },
  ];
}

function pathWords(path: ConnectionPath, t: Translate<TextKey>): string {
  if (path.kind === 'unknown') return t('quality.unknown');
  if (path.kind === 'direct') return t('quality.direct');
  const { server, transport } = path;
  if (server === null) return t('quality.relayed');
  const how = transport === null ? '' : ` (${transport.toUpperCase()})`;
  return `${t('quality.relayed-by', { server })}${how}`;
}

function lossWords(loss: number | null, t: Translate<TextKey>, language: Language): string {
  if (loss === null) return t('quality.unknown');
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(loss * 100);
  return t('percent', { value: percent });
}
