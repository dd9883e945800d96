/** Owns the run of tests over the TURN servers, one after another: what is known of each, until the run ends or is stopped. */

import { useCallback, useEffect, useRef, useState } from 'react';
import { isIceServer } from '../../../main/common/protocol/ice-server.ts';
import type { IceServer } from '../../../main/common/protocol/messages.ts';
import type { Result } from '../../../main/common/result.ts';
import { useHost } from '../../use-host.ts';
import { type AccessibleServer, type TurnTestOutcome, testTurnServer } from './turn-test.ts';

export type TurnTestState = { readonly kind: 'waits' } | { readonly kind: 'runs' } | TurnTestOutcome;

/** A server, and what is known of it. */
export interface TestedServer {
  readonly url: string;
  readonly state: TurnTestState;
}

export interface TurnTestRun {
  /** Credentials for the server at an address, made for its test alone. */
  readonly askAccess: (url: string) => Promise<Result<IceServer, unknown>>;
  /** Resolves to null where it was aborted. */
  readonly test: (server: AccessibleServer, signal: AbortSignal) => Promise<TurnTestOutcome | null>;
  readonly onState: (tested: TestedServer) => void;
}

/** Resolves when all are tested, or soon after the signal is aborted, from when on nothing is told. */
export async function runTurnTests(
  urls: readonly string[],
  { askAccess, test, onState }: TurnTestRun,
  signal: AbortSignal,
): Promise<void> {
  for (const url of urls) onState({ url, state: { kind: 'waits' } });
  for (const url of urls) {
    onState({ url, state: { kind: 'runs' } });
    const access = await askAccess(url).then(
      (answer) => (answer.ok ? parseAccess(answer.value) : null),
      () => null,
    );
    if (signal.aborted) return;
    const outcome: TurnTestOutcome | null =
      access === null ? { kind: 'fails', flaw: 'no-access' } : await test(access, signal);
    if (signal.aborted || outcome === null) return;
    onState({ url, state: outcome });
  }
}

/** null for what no browser takes as a TURN server. */
function parseAccess(server: IceServer): AccessibleServer | null {
  const { urls, username = '', credential = '' } = server;
  return isIceServer(server) && credential !== '' ? { urls, username, credential } : null;
}

const inWindow = {
  createConnection: (configuration: RTCConfiguration) => new RTCPeerConnection(configuration),
  clock: () => performance.now(),
  timers: {
    setTimeout: (callback: () => void, delayMs: number) => window.setTimeout(callback, delayMs),
    clearTimeout: (handle: unknown) => window.clearTimeout(Number(handle)),
  },
};

export interface TurnTests {
  readonly states: ReadonlyMap<string, TurnTestState>;
  /** What was told last. */
  readonly latest: TestedServer | null;
  readonly running: boolean;
  start(urls: readonly string[]): void;
  /** What was found stays; ends as well with the component. */
  stop(): void;
  /** The server at that address is another now. */
  forget(url: string): void;
}

export function useTurnTests(): TurnTests {
  const host = useHost();
  const [states, setStates] = useState<TurnTests['states']>(new Map());
  const [latest, setLatest] = useState<TestedServer | null>(null);
  const [run, setRun] = useState<AbortController | null>(null);
  const current = useRef(run);

  const stop = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setRun(null);
    setStates((before) => new Map([...before].filter(([, { kind }]) => kind !== 'waits' && kind !== 'runs')));
  }, []);
  useEffect(() => () => current.current?.abort(), []);

  const start = (urls: readonly string[]) => {
    const started = new AbortController();
    current.current = started;
    setRun(started);
    setStates(new Map());
    const end = () => {
      if (current.current === started) stop();
    };
    void runTurnTests(
      urls,
      {
        askAccess: (url) => host.turnTestAccess(url),
        test: (server, signal) => testTurnServer(server, inWindow, signal),
        onState: (tested) => {
          if (started.signal.aborted) return;
          setStates((before) => new Map(before).set(tested.url, tested.state));
          setLatest(tested);
        },
      },
      started.signal,
    ).finally(end);
  };
  const forget = (url: string) =>
    setStates((before) => new Map([...before].filter(([known]) => known !== url)));
  return { states, latest, running: run !== null, start, stop, forget };
}
