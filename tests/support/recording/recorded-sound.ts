/** Owns what others' programs make of a recording: ffprobe and ffmpeg (Debian's package ffmpeg). */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../process/find-program.ts';

const run = promisify(execFile);
const OUTPUT_MAX = 64 * 1024 * 1024;
const RATE = 48_000;
/** Of tones whole hundreds of hertz apart, a window this long tells one from the others. */
const WINDOW = RATE / 100;
/** Beside a tone a decoder leaves some -50 dB of others, most where it begins or ends. */
const AUDIBLE = 0.03;

export const soundToolsMissing: string | null =
  findProgram(['ffprobe']) === null || findProgram(['ffmpeg']) === null ? 'no ffprobe and ffmpeg' : null;

export interface ProbedFile {
  readonly durationMs: number | null;
  readonly codecs: readonly string[];
  readonly titles: readonly (string | undefined)[];
  readonly comment: string;
}

/** Throws where it is no file that can be played. */
export async function probe(file: string): Promise<ProbedFile> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-of', 'json', '-show_format', '-show_streams'],
    file,
  ]);
  const { format, streams } = JSON.parse(stdout);
  const seconds = Number(format.duration);
  return {
    durationMs: Number.isFinite(seconds) ? Math.round(seconds * 1_000) : null,
    codecs: streams.map((stream: { codec_name: string }) => stream.codec_name),
    titles: streams.map((stream: { tags?: { title?: string } }) => stream.tags?.title),
    comment: Object.entries(format.tags ?? {}).find(([name]) => name.endsWith('COMMENT'))?.[1] as string,
  };
}

/** Of one track, from some time on, to its end or for so long. */
export async function decode(
  file: string,
  track: number,
  fromMs = 0,
  lengthMs: number | null = null,
): Promise<Float32Array> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-ss', String(fromMs / 1_000), '-i', file, '-map', `0:a:${track}`],
      ...(lengthMs === null ? [] : ['-t', String(lengthMs / 1_000)]),
      ...['-f', 'f32le', '-ar', String(RATE), '-ac', '1', '-'],
    ],
    { encoding: 'buffer', maxBuffer: OUTPUT_MAX },
  );
  return new Float32Array(new Uint8Array(stdout).buffer);
}

export const msOf = (samples: Float32Array): number => (samples.length / RATE) * 1_000;

/** From when to when a tone is there, ms; what is shorter than two windows is a click. */
export function toneIn(samples: Float32Array, hertz: number): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let at = 0; at + WINDOW <= samples.length; at += WINDOW) {
    if (loudness(samples.subarray(at, at + WINDOW), hertz) < AUDIBLE) continue;
    const [fromMs, toMs] = [(at / RATE) * 1_000, ((at + WINDOW) / RATE) * 1_000];
    const last = runs.at(-1);
    if (last !== undefined && fromMs - last[1] < 1) last[1] = toMs;
    else runs.push([fromMs, toMs]);
  }
  return runs.filter(([fromMs, toMs]) => toMs - fromMs > 15);
}

/** Amplitude of one tone, in a window that fades at both ends. */
function loudness(samples: Float32Array, hertz: number): number {
  let [real, imaginary] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    const faded = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length));
    const angle = (2 * Math.PI * hertz * index) / RATE;
    real += faded * Math.cos(angle);
    imaginary += faded * Math.sin(angle);
  }
  return (Math.hypot(real, imaginary) / samples.length) * 4;
}
