/** Owns one run of the terminal host: from the command line to the exit code. */

import type { CommandResult } from '../common/host-api/commands.ts';
import type { NoticeCode } from '../common/host-api/snapshot.ts';
import type { TurnServer } from '../common/host-api/turn-server.ts';
import { DisposableStore } from '../common/lifecycle.ts';
import { visibleLine } from '../common/names/visible-text.ts';
import type { ClockMs } from '../common/platform.ts';
import { CAPACITY_MAX, CAPACITY_MIN } from '../common/protocol/limits.ts';
import { type Language, terminalLanguage } from '../common/translate.ts';
import type { HostService } from '../host/host-service.ts';
import type { HostOptions } from '../host/options.ts';
import type { SshOverrides } from '../tunnel/tunnel.ts';
import { type BadArgument, parseArguments, wantsJson } from './arguments.ts';
import { CommandLine } from './command-line.ts';
import type { Wording } from './description.ts';
import { DisplayNumbers } from './display-numbers.ts';
import { JsonView, type TerminalOutput, type TerminalView } from './host-view.ts';
import { formatEvent } from './json-events.ts';
import { LineInput } from './line-input.ts';
import { LineView } from './line-view.ts';
import { ScreenView } from './screen-view.ts';
import { type StopSignal, StopSignals } from './stop-signals.ts';
import { terminalTexts } from './texts.ts';
import { loadTurn } from './turn-files.ts';

/** The process, as far as the terminal host needs it. */
export interface TerminalEnvironment {
  /** Without the program's own name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly systemLocale: string;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: TerminalOutput & NodeJS.WritableStream;
  readonly stderr: TerminalOutput;
  readonly clock: ClockMs;
  /** Calls back on each signal that asks the host to stop. */
  onStopSignal(listener: (signal: StopSignal) => void): void;
  /** Ends the process at once. */
  forceExit(): void;
  createHost(setup: {
    readonly ssh: SshOverrides;
    readonly language: Language;
    readonly keepRoom: boolean;
    readonly turnServers: readonly TurnServer[];
    readonly notices: readonly NoticeCode[];
  }): Promise<HostService>;
}

/** What ends with the program: the call and the room, or the server alone. */
type Ending = 'stop' | 'stopServer';

const SUCCESS = 0;
const FAILURE = 1;

/** @returns the exit code */
export async function runTerminalHost(environment: TerminalEnvironment): Promise<number> {
  const { argv, stdout, stderr } = environment;
  const language = terminalLanguage(environment.env, environment.systemLocale);
  const t = terminalTexts(language);
  // Whoever read our output may go away; the room stays open.
  for (const output of [stdout, stderr]) output.on('error', () => {});

  const refuse = ({ problem, option }: BadArgument) => {
    if (wantsJson(argv)) stdout.write(formatEvent({ event: 'failed', code: 'bad-options' }));
    const limits = { option: visibleLine(option), min: CAPACITY_MIN, max: CAPACITY_MAX };
    stderr.write(`${t(`argument.${problem}`, limits)}\n${t('argument.see-help')}\n`);
    return FAILURE;
  };
  const request = parseArguments(argv);
  if (!request.ok) return refuse(request.error);
  if (request.value.kind === 'help') {
    stdout.write(`${t('help', { min: CAPACITY_MIN, max: CAPACITY_MAX })}\n`);
    return SUCCESS;
  }
  const { options, ssh, turn, json } = request.value;
  const loaded = turn && (await loadTurn(turn));
  if (loaded?.ok === false) return refuse(loaded.error);
  const notices: NoticeCode[] = loaded?.value.exposed ? ['turn-file-exposed'] : [];
  // The view has no words.
  if (json) for (const notice of notices) stderr.write(`${t(`notice.${notice}`)}\n`);
  const turnServers = loaded?.value.servers ?? [];
  const run = new TerminalRun(environment, options, json, language);
  try {
    const { keepRoom } = options;
    return await run.host(() => environment.createHost({ ssh, language, keepRoom, turnServers, notices }));
  } finally {
    run.dispose();
  }
}

class TerminalRun {
  readonly #environment: TerminalEnvironment;
  readonly #options: HostOptions;
  readonly #wording: Wording;
  readonly #store = new DisposableStore();
  readonly #view: TerminalView;
  readonly #stopAsked: Promise<{ readonly what: Ending }>;
  #askToStop: (what: Ending) => void = () => {};
  #host: HostService | null = null;

  constructor(environment: TerminalEnvironment, options: HostOptions, json: boolean, language: Language) {
    this.#environment = environment;
    this.#options = options;
    this.#wording = {
      provider: options.tunnel,
      t: terminalTexts(language),
      language,
      displayNumbers: { people: new DisplayNumbers(), invitations: new DisplayNumbers() },
    };
    this.#stopAsked = new Promise((resolve) => {
      this.#askToStop = (what) => resolve({ what });
    });
    const signals = new StopSignals(environment.clock);
    const handleSignal = (signal: StopSignal) => this.#handleSignal(signals, signal);
    environment.onStopSignal(handleSignal);
    this.#view = this.#store.add(
      json
        ? new JsonView(environment.stdout, environment.pid)
        : this.#readableView(() => handleSignal('SIGINT')),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  async host(createHost: () => Promise<HostService>): Promise<number> {
    const host = await createHost().catch(() => null);
    if (host === null) {
      this.#view.end({ kind: 'failed', code: 'internal', kept: false });
      return FAILURE;
    }
    this.#host = host;
    this.#store.add(host.onSnapshot((snapshot) => this.#view.show(snapshot)));
    this.#view.show(host.snapshot);
    const starting = host.snapshot.cutOff ? host.goOn() : host.start(this.#options);
    const started = await Promise.race<CommandResult | null>([starting, this.#stopAsked.then(() => null)]);
    if (started !== null && !started.ok) {
      this.#view.end({ kind: 'failed', code: started.error, kept: host.snapshot.cutOff });
      return FAILURE;
    }
    const { what } = await this.#stopAsked;
    await host[what]();
    this.#view.end({ kind: 'stopped' });
    return SUCCESS;
  }

  #handleSignal(signals: StopSignals, signal: StopSignal): void {
    const meaning = signals.handleSignal();
    if (meaning === 'stop') this.#askToStop(signal === 'SIGINT' ? 'stop' : 'stopServer');
    if (meaning !== 'force') return;
    this.dispose();
    this.#environment.forceExit();
  }

  #readableView(onInterrupt: () => void): TerminalView {
    const { stdin, stdout, stderr } = this.#environment;
    const isScreen = stdout.isTTY === true;
    const commandLine = new CommandLine({
      ...this.#wording,
      quit: () => this.#askToStop('stop'),
      leave: () => this.#askToStop('stopServer'),
    });
    const handleLine = async (line: string) => {
      const answer = await commandLine.handleLine(line, this.#host);
      if (answer !== null) this.#view.showAnswer(answer);
    };
    const input = stdin.isTTY
      ? this.#store.add(
          new LineInput({
            input: stdin,
            output: isScreen ? stdout : null,
            onLine: (line) => void handleLine(line),
            onInterrupt,
          }),
        )
      : null;
    const setup = { ...this.#wording, out: stdout, errors: stderr, canType: input !== null };
    if (!isScreen) return new LineView(setup);
    return new ScreenView({ ...setup, onDrawn: () => input?.showLine() });
  }
}
