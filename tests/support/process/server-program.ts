/** Owns a server program for a test: started, waited for until its ports answer, and ended with its folder. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { until } from '../time/until.ts';

export interface ServerProgramOptions {
  readonly program: string;
  readonly arguments: readonly string[];
  /** What it is called in a failure. */
  readonly name: string;
  /** Its own, which goes with it. */
  readonly directory: string;
  readonly address: string;
  /** TCP. */
  readonly ports: readonly number[];
}

export interface ServerProgram {
  /** All that it has said so far. */
  readonly printed: string;
  stop(): Promise<void>;
}

/** Throws with what it printed if it does not start. */
export async function startServerProgram(options: ServerProgramOptions): Promise<ServerProgram> {
  const { program, name, directory, address, ports } = options;
  const homes = ['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR'];
  const child = spawn(program, options.arguments, {
    cwd: directory,
    env: { ...process.env, ...Object.fromEntries(homes.map((name) => [name, directory])) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (data: Buffer) => {
      printed += data.toString();
    });
  const stop = async () => {
    await endOf(child);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await until(
      `${name} on its ports`,
      async () =>
        child.exitCode !== null ||
        (await Promise.all(ports.map((port) => isOpen(address, port)))).every(Boolean),
      Boolean,
    );
    if (child.exitCode !== null) throw new Error(printed);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    get printed() {
      return printed;
    },
    stop,
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Ports that are free now; all are held until the last is known. */
export async function freePorts(count: number, address = '127.0.0.1'): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, address));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

function isOpen(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    const tell = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', tell(true)).once('error', tell(false));
  });
}
