/** Owns counting ICE's connectivity checks of one connection (W3C WebRTC Statistics, RTCIceCandidatePairStats). */

import type { StatsReportLike } from '../browser-api.ts';

export interface CheckCounts {
  readonly pairs: number;
  readonly sent: number;
  /** Of those sent. */
  readonly answered: number;
  readonly received: number;
}

export function readCheckCounts(report: StatsReportLike): CheckCounts {
  const pairs = [...report.values()].filter(({ type }) => type === 'candidate-pair');
  const sum = (member: 'requestsSent' | 'responsesReceived' | 'requestsReceived') =>
    pairs.map((pair) => Number(pair[member] ?? 0)).reduce((total, count) => total + count, 0);
  return {
    pairs: pairs.length,
    sent: sum('requestsSent'),
    answered: sum('responsesReceived'),
    received: sum('requestsReceived'),
  };
}
