/** Owns a sound device that nobody hears, for a browser that runs no AudioContext without one: PulseAudio (Debian's package pulseaudio). */

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../process/find-program.ts';
import { freePorts, startServerProgram } from '../process/server-program.ts';

const PULSEAUDIO = findProgram(['pulseaudio']);
const ADDRESS = '127.0.0.1';

/** Why there can be none on this machine, or null. */
export const soundServerMissing: string | null = PULSEAUDIO === null ? 'no pulseaudio' : null;

export interface SoundServer {
  /** What a program that is to play there has in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** @param rate of its device, samples a second */
export async function startSoundServer(rate: number): Promise<SoundServer> {
  if (PULSEAUDIO === null) throw new Error(soundServerMissing ?? '');
  const [port = 0] = await freePorts(1, ADDRESS);
  const server = await startServerProgram({
    program: PULSEAUDIO,
    arguments: [
      // Of what the system is configured with, nothing.
      ...['-n', '--daemonize=no', '--use-pid-file=no', '--disable-shm', '--exit-idle-time=-1'],
      ...['-L', `module-null-sink rate=${rate}`],
      ...['-L', `module-native-protocol-tcp listen=${ADDRESS} port=${port} auth-anonymous=1`],
    ],
    name: 'PulseAudio',
    directory: await mkdtemp(join(tmpdir(), 'secret-call-sound-')),
    address: ADDRESS,
    ports: [port],
  });
  return { environment: { PULSE_SERVER: `tcp:${ADDRESS}:${port}` }, stop: () => server.stop() };
}
