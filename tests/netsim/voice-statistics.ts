/** Owns what a browser counts of the voices it receives: how much of them it had to make up, and how long it held them back. */

import type { Page } from 'playwright';
import '../support/call/call-probe.ts';

/** Of all voices so far (W3C webrtc-stats, RTCInboundRtpStreamStats). */
export interface VoiceCounts {
  readonly samples: number;
  readonly concealedSamples: number;
  readonly emittedSamples: number;
  /** Summed over the samples that were emitted. */
  readonly delayS: number;
}

export interface VoiceFigures {
  readonly concealedPercent: number;
  readonly playoutDelayMs: number;
}

export function countVoices(page: Page): Promise<VoiceCounts> {
  return page.evaluate(async () => {
    const counts = { samples: 0, concealedSamples: 0, emittedSamples: 0, delayS: 0 };
    for (const connection of window.callProbe.connections()) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== 'inbound-rtp' || entry.kind !== 'audio') continue;
        counts.samples += entry.totalSamplesReceived ?? 0;
        counts.concealedSamples += entry.concealedSamples ?? 0;
        counts.emittedSamples += entry.jitterBufferEmittedCount ?? 0;
        counts.delayS += entry.jitterBufferDelay ?? 0;
      }
    }
    return counts;
  });
}

/** Of what came between two counts of the same pages. */
export function voiceFigures(before: readonly VoiceCounts[], after: readonly VoiceCounts[]): VoiceFigures {
  const grown = (name: keyof VoiceCounts) =>
    after.reduce((sum, counts, index) => sum + counts[name] - (before[index]?.[name] ?? 0), 0);
  return {
    concealedPercent: (100 * grown('concealedSamples')) / grown('samples'),
    playoutDelayMs: (1_000 * grown('delayS')) / grown('emittedSamples'),
  };
}
