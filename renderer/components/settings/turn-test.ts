/** Owns the test of a TURN server: two connections of the window meet there and nowhere else, and a packet goes from one to the other. */

import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { TURN_TEST_MS } from '../../../main/common/protocol/limits.ts';
import { serverWay, turnRefusal } from '../../../main/common/protocol/turn-answers.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

export type TurnFlaw =
  /** Name, password or secret are not good there. */
  | 'refused'
  | 'full'
  | 'silent'
  /** Nobody at that address takes connections. */
  | 'closed'
  /** No TLS came about, most often because of the certificate. */
  | 'tls-failed'
  /** The same, and there is an address where the certificate has a name. */
  | 'tls-address'
  | 'unknown-name'
  /** It lets in, and lets nothing through. */
  | 'passes-nothing'
  /** The browser takes no such server. */
  | 'unusable'
  /** Main gives no credentials for it. */
  | 'no-access';

export type TurnTestOutcome =
  /** How long the packet was under way. */
  { readonly kind: 'works'; readonly tookMs: number } | { readonly kind: 'fails'; readonly flaw: TurnFlaw };

/** With what it takes to be let in. */
export interface AccessibleServer {
  readonly urls: string;
  readonly username: string;
  readonly credential: string;
}

/** The part of RTCPeerConnection that a test uses. */
export type TestedConnection = Pick<
  RTCPeerConnection,
  | 'addEventListener'
  | 'createDataChannel'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'addIceCandidate'
  | 'iceGatheringState'
  | 'connectionState'
  | 'close'
> & {
  createOffer(): Promise<RTCSessionDescriptionInit>;
  createAnswer(): Promise<RTCSessionDescriptionInit>;
};

export interface TurnTestDeps {
  /** Throws where the browser takes no such configuration. */
  readonly createConnection: (configuration: RTCConfiguration) => TestedConnection;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

/** What a browser says of a server that it got no answer from (W3C WebRTC, section 4.8.1.2). */
const NOT_REACHED = 701;
/** Of Chromium, which tells such ends apart by words alone: no answer came in time, and the name leads nowhere. */
const SAID_IN_VAIN = /timed out/i;
const SAID_OF_NAME = /lookup/i;
const TLS_ADDRESS = /^turns:(?:\[|[\d.]+(?:[:?]|$))/;

/** Whether it is asked over TLS at an address, for which hardly any certificate is made out. */
export const isTlsAddress = (url: string): boolean => TLS_ADDRESS.test(url);

/** Resolves to null as soon as the signal is aborted. Nothing of it stays behind. */
export function testTurnServer(
  server: AccessibleServer,
  { createConnection, clock, timers }: TurnTestDeps,
  signal: AbortSignal,
): Promise<TurnTestOutcome | null> {
  const connections: TestedConnection[] = [];
  const timeout = new Timeout(timers);
  const errors: Pick<RTCPeerConnectionIceErrorEvent, 'errorCode' | 'errorText'>[] = [];
  /** Those who have an address at the server. */
  const relayed = new Set<TestedConnection>();
  const failed = (flaw: TurnFlaw): TurnTestOutcome => ({ kind: 'fails', flaw });
  const flawSoFar = () => (relayed.size === 2 ? 'passes-nothing' : flawOf(server.urls, errors));

  let cancel = () => {};
  return new Promise<TurnTestOutcome | null>((resolve) => {
    cancel = () => resolve(null);
    signal.addEventListener('abort', cancel);
    if (signal.aborted) return cancel();
    timeout.set(() => resolve(failed(flawSoFar())), TURN_TEST_MS);

    const create = () => {
      const connection = createConnection({ iceServers: [server], iceTransportPolicy: 'relay' });
      connections.push(connection);
      connection.addEventListener('icecandidateerror', ({ errorCode, errorText }) =>
        errors.push({ errorCode, errorText }),
      );
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.candidate) relayed.add(connection);
      });
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete' && !relayed.has(connection))
          resolve(failed(flawSoFar()));
      });
      connection.addEventListener('connectionstatechange', () => {
        if (connection.connectionState === 'failed') resolve(failed(flawSoFar()));
      });
      return connection;
    };
    try {
      const [near, far] = [create(), create()];
      let sentAtMs = 0;
      const channel = near.createDataChannel('test');
      channel.addEventListener('open', () => {
        sentAtMs = clock();
        channel.send('test');
      });
      far.addEventListener('datachannel', (event) =>
        event.channel.addEventListener('message', () =>
          resolve({ kind: 'works', tookMs: Math.max(1, Math.round(clock() - sentAtMs)) }),
        ),
      );
      introduce(near, far).catch(() => resolve(failed('unusable')));
    } catch {
      resolve(failed('unusable'));
    }
  }).finally(() => {
    signal.removeEventListener('abort', cancel);
    timeout.dispose();
    for (const connection of connections) connection.close();
  });
}

/** Offer and answer, and each address as it is found. */
async function introduce(near: TestedConnection, far: TestedConnection): Promise<void> {
  let described: () => void = () => {};
  const bothDescribed = new Promise<void>((resolve) => {
    described = resolve;
  });
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const)
    from.addEventListener('icecandidate', ({ candidate }) => {
      // One that comes too late for a closed connection is lost with it.
      if (candidate) void bothDescribed.then(() => to.addIceCandidate(candidate)).catch(() => {});
    });
  const offer = await near.createOffer();
  await near.setLocalDescription(offer);
  await far.setRemoteDescription(offer);
  const answer = await far.createAnswer();
  await far.setLocalDescription(answer);
  await near.setRemoteDescription(answer);
  described();
}

/** Of a server that gave no relayed address, by what the browser said of it. */
function flawOf(
  url: string,
  errors: readonly Pick<RTCPeerConnectionIceErrorEvent, 'errorCode' | 'errorText'>[],
): TurnFlaw {
  const refusal = turnRefusal(errors.map(({ errorCode }) => errorCode));
  if (refusal !== 'silent') return refusal;
  const way = serverWay(url);
  const words = errors.filter(({ errorCode }) => errorCode === NOT_REACHED).map((error) => error.errorText);
  if (words.some((text) => SAID_OF_NAME.test(text))) return 'unknown-name';
  const wasEnded = words.some((text) => !SAID_IN_VAIN.test(text));
  if (way === 'udp' || !wasEnded) return 'silent';
  if (way !== 'tls') return 'closed';
  return isTlsAddress(url) ? 'tls-address' : 'tls-failed';
}
