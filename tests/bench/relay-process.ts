/** Owns the parent's side of a relay under test: one child process, asked over Node's own channel. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type RelayKind = 'bare' | 'product';

export type ChildCommand = 'cpu' | 'memory';

export type ChildReply =
  | { readonly type: 'ready'; readonly ports: readonly number[]; readonly token: string }
  | { readonly type: 'cpu'; readonly cpuMicros: number }
  | { readonly type: 'memory'; readonly rssBytes: number };
type ReplyNamed<Type extends ChildReply['type']> = Extract<ChildReply, { type: Type }>;

/** In MiB, small and fixed: left alone it grows with how busy a process was, which is no socket's memory. */
const YOUNG_GENERATION = '--max-semi-space-size=1';

export interface RelayProcess {
  readonly kind: RelayKind;
  readonly ports: readonly number[];
  /** base64url of T, which the product asks a proof of. */
  readonly token: string;
  /** Processor time of all its threads so far, in microseconds. */
  cpuMicros(): Promise<number>;
  /** Resident memory after a garbage collection. */
  memoryBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `count` relays of one kind in a process of their own. */
export async function startRelayProcess(kind: RelayKind, count = 1): Promise<RelayProcess> {
  const child = fork(join(import.meta.dirname, 'relay-child.js'), [kind, String(count)], {
    execArgv: ['--expose-gc', YOUNG_GENERATION],
  });
  const { ports, token } = await replyOf(child, 'ready');

  function ask<Type extends ChildReply['type']>(
    command: ChildCommand,
    type: Type,
  ): Promise<ReplyNamed<Type>> {
    child.send(command);
    return replyOf(child, type);
  }

  return {
    kind,
    ports,
    token,
    cpuMicros: async () => (await ask('cpu', 'cpu')).cpuMicros,
    memoryBytes: async () => (await ask('memory', 'memory')).rssBytes,
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** The child's next reply, which must be of that type. */
function replyOf<Type extends ChildReply['type']>(
  child: ChildProcess,
  type: Type,
): Promise<ReplyNamed<Type>> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the relay under test has ended'));
    child.once('exit', onExit);
    child.once('message', (message: ChildReply) => {
      child.off('exit', onExit);
      if (message.type === type) resolve(message as ReplyNamed<Type>);
      else reject(new Error(`expected "${type}", got "${message.type}"`));
    });
  });
}
