/** Owns a run of the terminal host with a fake host, a keyboard, and what it writes. */

import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import type { StopSignal } from '../../../main/terminal/stop-signals.ts';
import { runTerminalHost, type TerminalEnvironment } from '../../../main/terminal/terminal-host.ts';
import { FakeHost } from './fake-host.ts';
import { TextStream } from './text-stream.ts';

class Keyboard extends PassThrough {
  readonly isTTY: boolean;
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
}

export interface TerminalRun {
  readonly argv?: readonly string[];
  readonly inTerminal?: boolean;
  readonly locale?: string;
  readonly hostFails?: boolean;
}

export function runTerminal({
  argv = [],
  inTerminal = false,
  locale = 'en-US',
  hostFails = false,
}: TerminalRun = {}) {
  const host = new FakeHost();
  const stdin = new Keyboard(inTerminal);
  const stdout = new TextStream({ isTTY: inTerminal });
  const stderr = new TextStream();
  const forceExit = vi.fn();
  const createHost = vi.fn<TerminalEnvironment['createHost']>(async () => {
    if (hostFails) throw new Error('no');
    return host;
  });
  let nowMs = 0;
  let signal: (signal: StopSignal) => void = () => {};
  const exitCode = runTerminalHost({
    argv,
    env: {},
    pid: 42,
    systemLocale: locale,
    stdin,
    stdout,
    stderr,
    clock: () => nowMs,
    onStopSignal: (listener) => {
      signal = listener;
    },
    forceExit,
    createHost,
  });
  return {
    host,
    stdin,
    stdout,
    stderr,
    forceExit,
    createHost,
    exitCode,
    signalAt(ms: number, name: StopSignal = 'SIGINT') {
      nowMs = ms;
      signal(name);
    },
    events: () => stdout.lines.map((line): unknown => JSON.parse(line)),
  };
}
