/** Owns the terminal host's process: its streams, signals and exit code. */

import { dataDirectory, findWorkDirectory, pageDirectory, removeWorkDirectory } from './data-directory.ts';
import { createHost } from './host/create-host.ts';
import { KeptRoomFile } from './host/kept-room-file.ts';
import { createLogger, type LogThreshold, logThreshold, stderrSink } from './log.ts';
import { openSettings } from './settings.ts';
import type { StopSignal } from './terminal/stop-signals.ts';
import { runTerminalHost } from './terminal/terminal-host.ts';

/** Standard error is the person's, too: the log speaks only when asked to. */
const DEFAULT_LOG: LogThreshold = 'silent';
/** How long something forgotten may keep the process after the last word. */
const EXIT_GRACE_MS = 1_000;
/**
 * How long the process outlives a signal: a terminal tells the whole group, and what started us passes the same signal on a
 * moment later. It would find nobody listening and end us with its own exit code.
 */
const SIGNAL_ECHO_MS = 250;

const { env, stdin, stdout, stderr } = process;
const directory = dataDirectory();
const work = findWorkDirectory(directory);
process.once('exit', () => removeWorkDirectory(work));
const logger = createLogger(logThreshold(env.SECRET_CALL_LOG, DEFAULT_LOG), stderrSink());

/** A closed terminal window ends the host in order; without a terminal, SIGHUP keeps what nohup made of it. */
const stopSignals: StopSignal[] =
  stdin.isTTY && stdout.isTTY ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];

let signalled = false;

const exitCode = await runTerminalHost({
  argv: process.argv.slice(2),
  env,
  pid: process.pid,
  systemLocale: Intl.DateTimeFormat().resolvedOptions().locale,
  stdin,
  stdout,
  stderr,
  clock: () => performance.now(),
  onStopSignal: (listener) => {
    for (const signal of stopSignals) {
      process.on(signal, () => {
        signalled = true;
        listener(signal);
      });
    }
  },
  forceExit: () => process.exit(1),
  createHost: async ({ ssh, language, keepRoom, turnServers, notices }) =>
    createHost({
      dataDirectory: directory,
      workDirectory: work.directory,
      pageDirectory: pageDirectory(import.meta.url),
      logger,
      settings: await openSettings(directory),
      ssh,
      systemLanguage: language,
      turnServers,
      notices,
      ...(keepRoom && { keptRoom: await KeptRoomFile.open(directory, () => null) }),
    }),
});

process.exitCode = exitCode;
if (signalled) setTimeout(() => {}, SIGNAL_ECHO_MS);
setTimeout(() => process.exit(exitCode), EXIT_GRACE_MS).unref();
