/** Owns how voices are encoded. */

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
