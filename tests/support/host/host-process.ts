/** Owns a host from the terminal as a service would run it: the built program, its JSON lines, its orderly end. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

/** Tests and bench run in the project's own folder. */
const PROGRAM = resolve('dist/main/cli.js');
const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 10_000;

const hostEvent = v.variant('event', [
  v.strictObject({
    event: v.literal('live'),
    pid: v.number(),
    port: v.number(),
    invite: v.string(),
    others: v.optional(v.array(v.string())),
    resumed: v.optional(v.literal(true)),
  }),
  v.strictObject({
    event: v.literal('tunnel'),
    phase: v.picklist(['connecting', 'connected', 'waiting', 'failed']),
    url: v.optional(v.string()),
    invite: v.optional(v.string()),
    code: v.optional(v.string()),
  }),
  v.strictObject({ event: v.literal('participants'), count: v.number() }),
  v.strictObject({ event: v.literal('waiting'), count: v.number() }),
  v.strictObject({ event: v.literal('failed'), code: v.string() }),
  v.strictObject({ event: v.literal('stopped') }),
]);
/** One JSON line of the terminal host (design, "What is relied on from outside"). */
export type HostEvent = v.InferOutput<typeof hostEvent>;
type EventNamed<Name extends HostEvent['event']> = Extract<HostEvent, { event: Name }>;

export interface HostProcess {
  readonly port: number;
  /** The link for this computer, with the room's secret. */
  readonly invite: string;
  /** Every line so far. */
  readonly events: readonly HostEvent[];
  /** The first line, past or to come, of that name that satisfies. */
  waitFor<Name extends HostEvent['event']>(
    name: Name,
    satisfies?: (event: EventNamed<Name>) => boolean,
  ): Promise<EventNamed<Name>>;
  /** SIGINT, as by a person who ends the call, unless another; resolves with the exit code (null if it had to be killed). */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
  /** SIGKILL: the computer lost its power. */
  kill(): Promise<void>;
}

export interface HostProcessOptions {
  /** Flags of the terminal host; `--json` comes by itself, so do `--tunnel none` and `--port 0` unless given here. */
  readonly flags?: readonly string[];
  /** Of an earlier host, for one that goes on with what that left; the caller removes it. */
  readonly dataDirectory?: string;
  readonly stunUrls?: readonly string[];
  /** Of node itself. */
  readonly nodeArguments?: readonly string[];
}

/** Starts a host with a data directory of its own and no STUN server but these, and waits until it is live. */
export async function startHostProcess(options: HostProcessOptions = {}): Promise<HostProcess> {
  if (!existsSync(PROGRAM)) throw new Error('dist/main/cli.js is missing: npm run build comes first');
  const { flags = [], nodeArguments = [], stunUrls = [] } = options;
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'secret-call-host-')));
  await writeFile(
    join(dataDirectory, 'settings.json'),
    JSON.stringify({ iceServers: stunUrls.map((urls) => ({ urls })) }),
  );

  const child = spawn(process.execPath, [...nodeArguments, PROGRAM, '--json', ...withDefaults(flags)], {
    env: { ...process.env, SECRET_CALL_DATA: dataDirectory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithTests = () => child.kill('SIGKILL');
  process.once('exit', killWithTests);
  const ended = new Promise<number | null>((resolveCode) => {
    child.once('close', (code) => {
      process.off('exit', killWithTests);
      const cleaned = options.dataDirectory ? null : rm(dataDirectory, { recursive: true, force: true });
      void Promise.resolve(cleaned).then(() => resolveCode(code));
    });
  });
  const lines = readEvents(child, ended);

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    const code = await ended;
    clearTimeout(timer);
    return code;
  }

  try {
    const live = await lines.waitFor('live');
    return {
      port: live.port,
      invite: live.invite,
      events: lines.events,
      waitFor: lines.waitFor,
      stop: (signal = 'SIGINT') => end(signal),
      kill: async () => void (await end('SIGKILL')),
    };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

function withDefaults(flags: readonly string[]): readonly string[] {
  return [
    ...(flags.includes('--tunnel') ? [] : ['--tunnel', 'none']),
    ...(flags.includes('--port') ? [] : ['--port', '0']),
    ...flags,
  ];
}

interface EventLines {
  readonly events: readonly HostEvent[];
  readonly waitFor: HostProcess['waitFor'];
}

/** Reads stdout strictly: a line that is not one of the known objects fails every wait. */
function readEvents(child: ChildProcess, ended: Promise<unknown>): EventLines {
  const events: HostEvent[] = [];
  const waiting = new Set<() => void>();
  let stderr = '';
  let failure: string | null = null;

  const wake = () => {
    for (const check of [...waiting]) check();
  };
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      try {
        events.push(v.parse(hostEvent, JSON.parse(line)));
      } catch {
        failure ??= 'a line on stdout is no known event';
      }
      wake();
    });
  }
  void ended.then(() => {
    failure ??= `the host has ended. ${stderr}`;
    wake();
  });

  function waitFor<Name extends HostEvent['event']>(
    name: Name,
    satisfies: (event: EventNamed<Name>) => boolean = () => true,
  ): Promise<EventNamed<Name>> {
    const isWanted = (event: HostEvent): event is EventNamed<Name> =>
      event.event === name && satisfies(event as EventNamed<Name>);
    return new Promise((resolveEvent, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(timer);
        waiting.delete(check);
        outcome();
      };
      const check = () => {
        const found = events.find(isWanted);
        if (found) settle(() => resolveEvent(found));
        else if (failure !== null) {
          const reason = new Error(`no "${name}" line: ${failure}`);
          settle(() => reject(reason));
        }
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`no "${name}" line in ${START_TIMEOUT_MS} ms. ${stderr}`))),
        START_TIMEOUT_MS,
      );
      waiting.add(check);
      check();
    });
  }

  return { events, waitFor };
}
