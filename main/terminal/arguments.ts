/** Owns the command line of the terminal host: flags to options, strictly, and what is wrong with the others. */

import path from 'node:path';
import { parseArgs } from 'node:util';
import { TUNNEL_CHOICES } from '../common/host-api/snapshot.ts';
import { ADDED_ORIGINS_MAX, CAPACITY_MAX, CAPACITY_MIN, PORT_MAX } from '../common/protocol/limits.ts';
import { fail, ok, type Result } from '../common/result.ts';
import { type HostOptions, parseOrigin } from '../host/options.ts';
import { DEFAULT_PREFERENCES } from '../settings.ts';
import { isPathForSsh, parseSshTarget } from '../tunnel/providers/ssh-args.ts';
import type { SshOverrides } from '../tunnel/tunnel.ts';
import { type BadTurn, parseTurnFlags, TURN_FLAGS, type TurnRequest } from './turn-arguments.ts';

const FLAGS = {
  mode: { type: 'string' },
  capacity: { type: 'string' },
  port: { type: 'string' },
  tunnel: { type: 'string' },
  'ssh-target': { type: 'string' },
  'ssh-port': { type: 'string' },
  'ssh-known-hosts': { type: 'string' },
  origin: { type: 'string', multiple: true },
  lan: { type: 'boolean' },
  'keep-room': { type: 'boolean' },
  lobby: { type: 'boolean' },
  'no-files': { type: 'boolean' },
  ...TURN_FLAGS,
  'relay-only': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export type TerminalRequest =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'host';
      readonly options: HostOptions;
      readonly ssh: SshOverrides;
      /** null: the servers of the settings, and no others. */
      readonly turn: TurnRequest | null;
      readonly json: boolean;
    };

/** The end of a text key `argument.…`; `option` is what was typed. */
export interface BadArgument {
  readonly problem:
    | 'unknown'
    | 'no-value'
    | 'extra-value'
    | 'positional'
    | 'mode'
    | 'capacity'
    | 'capacity-1x1'
    | 'port'
    | 'tunnel'
    | 'ssh-target'
    | 'ssh-port'
    | 'ssh-known-hosts'
    | 'origin'
    | BadTurn['problem'];
  readonly option: string;
}

/** Whether events are wanted, even where the rest of the command line cannot be understood. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).includes('--json');
}

/** @param argv the arguments after the program's own name */
export function parseArguments(argv: readonly string[]): Result<TerminalRequest, BadArgument> {
  const flags = readFlags(argv);
  if (!flags.ok) return flags;
  const values = flags.value;
  if (values.help) return ok({ kind: 'help' });

  const bad = (problem: BadArgument['problem'], option: string = problem) =>
    fail({ problem, option: `--${option}` });
  const mode = values.mode ?? DEFAULT_PREFERENCES.mode;
  if (mode !== '1x1' && mode !== 'group') return bad('mode');
  const capacity = wholeNumber(values.capacity, mode === '1x1' ? CAPACITY_MIN : DEFAULT_PREFERENCES.capacity);
  if (!isBetween(capacity, CAPACITY_MIN, CAPACITY_MAX)) return bad('capacity');
  if (mode === '1x1' && capacity !== CAPACITY_MIN) return bad('capacity-1x1', 'capacity');
  const port = wholeNumber(values.port, DEFAULT_PREFERENCES.port);
  if (!isBetween(port, 0, PORT_MAX)) return bad('port');
  const tunnel = TUNNEL_CHOICES.find((choice) => choice === (values.tunnel ?? DEFAULT_PREFERENCES.tunnel));
  if (tunnel === undefined) return bad('tunnel');

  const origins: string[] = [];
  for (const typed of values.origin ?? []) {
    const origin = parseOrigin(typed);
    if (!origin.ok || origins.length === ADDED_ORIGINS_MAX) return bad('origin');
    origins.push(origin.value);
  }

  const target = values['ssh-target'];
  if (target !== undefined && !isUserAtHost(target)) return bad('ssh-target');
  const sshPort = values['ssh-port'] === undefined ? undefined : wholeNumber(values['ssh-port'], 0);
  if (sshPort !== undefined && !isBetween(sshPort, 1, PORT_MAX)) return bad('ssh-port');
  const knownHosts = values['ssh-known-hosts'];
  if (knownHosts !== undefined && !(knownHosts && isPathForSsh(path.resolve(knownHosts))))
    return bad('ssh-known-hosts');

  const turn = parseTurnFlags(values);
  if (!turn.ok) return turn;

  return ok({
    kind: 'host',
    options: {
      ...{ mode, capacity, port, tunnel, origins },
      // Who names one, or a server of his own, wants that one.
      otherTunnel: [values.tunnel, target, sshPort, knownHosts].every((value) => value === undefined),
      lan: values.lan ?? false,
      keepRoom: values['keep-room'] ?? false,
      lobby: values.lobby ?? false,
      files: !values['no-files'],
      relayOnly: values['relay-only'] ?? false,
    },
    ssh: {
      ...(target !== undefined && { target }),
      ...(sshPort !== undefined && { port: sshPort }),
      ...(knownHosts !== undefined && { knownHostsFile: path.resolve(knownHosts) }),
    },
    turn: turn.value,
    json: values.json ?? false,
  });
}

function readFlags(argv: readonly string[]) {
  try {
    return ok(parseArgs({ args: [...argv], options: FLAGS, strict: true, allowPositionals: false }).values);
  } catch {
    return fail(firstProblem(argv));
  }
}

/** What a strict reading objected to, found again token by token. */
function firstProblem(argv: readonly string[]): BadArgument {
  const { tokens } = parseArgs({
    args: [...argv],
    options: FLAGS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') return { problem: 'positional', option: token.value };
    if (token.kind === 'option-terminator') continue;
    const option = token.rawName;
    const flag = Object.entries(FLAGS).find(([name]) => name === token.name)?.[1];
    if (flag === undefined) return { problem: 'unknown', option };
    if (flag.type === 'boolean' && token.value !== undefined) return { problem: 'extra-value', option };
    const looksLikeFlag = token.inlineValue === false && token.value.startsWith('-');
    if (flag.type === 'string' && (token.value === undefined || looksLikeFlag)) {
      return { problem: 'no-value', option };
    }
  }
  return { problem: 'positional', option: argv.join(' ') };
}

function isUserAtHost(text: string): boolean {
  const target = parseSshTarget(text);
  return target.ok && target.value.user !== null;
}

/** NaN for anything but plain digits, as many as a port has. */
function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  return /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
}

const isBetween = (value: number, min: number, max: number): boolean => value >= min && value <= max;
