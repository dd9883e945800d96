/** Owns the tones that stand for voices: WAV files for a browser's fake microphone, made at run time. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SAMPLE_RATE_HZ = 48_000;
const SECONDS = 10;
const AMPLITUDE = 0.5;
const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** Writes a sine of a whole number of hertz (so that it loops without a click; 0 is silence) and returns the file's path. */
export async function writeTone(directory: string, frequencyHz: number): Promise<string> {
  const path = join(directory, `tone-${frequencyHz}.wav`);
  await writeFile(path, toneWav(frequencyHz));
  return path;
}

/** RIFF WAVE, PCM, 16 bits, one channel. */
export function toneWav(frequencyHz: number): Buffer {
  const samples = SAMPLE_RATE_HZ * SECONDS;
  const dataBytes = samples * BYTES_PER_SAMPLE;
  const wav = Buffer.alloc(HEADER_BYTES + dataBytes);
  wav.write('RIFF', 0, 'ascii');
  wav.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  wav.write('WAVEfmt ', 8, 'ascii');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  wav.writeUInt32LE(SAMPLE_RATE_HZ * BYTES_PER_SAMPLE, 28);
  wav.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  wav.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  wav.write('data', 36, 'ascii');
  wav.writeUInt32LE(dataBytes, 40);
  for (let index = 0; index < samples; index++) {
    const value = AMPLITUDE * Math.sin((2 * Math.PI * frequencyHz * index) / SAMPLE_RATE_HZ);
    wav.writeInt16LE(Math.round(value * 0x7fff), HEADER_BYTES + index * BYTES_PER_SAMPLE);
  }
  return wav;
}
