/** Owns how voices are encoded, and whether a browser does that, and what else it takes to record. */

import { BLOCK_MS } from './timeline/journal.ts';

/** Each voice by itself, and all together, bits a second. */
export const VOICE_BITRATE = 48_000;
export const MIX_BITRATE = 64_000;

/** W3C WebCodecs Opus Registration. Silence is encoded as it is, so that all packets stand one behind the other. */
export const encoderConfig = (rate: number, bitrate: number): AudioEncoderConfig => ({
  codec: 'opus',
  sampleRate: rate,
  numberOfChannels: 1,
  bitrate,
  opus: { frameDuration: BLOCK_MS * 1_000, usedtx: false },
});

/** In a page and in a worker alike. */
export async function canEncode(rate: number, bitrate: number): Promise<boolean> {
  return (await AudioEncoder.isConfigSupported(encoderConfig(rate, bitrate))).supported === true;
}

/** What is asked of a worker alone, a file that is written as it is, has no sign in the page. */
const hasAll = () =>
  'AudioEncoder' in window && 'AudioWorkletNode' in window && navigator.storage?.getDirectory !== undefined;

/** Of a page. */
export async function isSupportedAt(rate: number): Promise<boolean> {
  return hasAll() && (await canEncode(rate, VOICE_BITRATE));
}
