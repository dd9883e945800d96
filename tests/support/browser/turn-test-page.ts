/** Owns what stands in a page that tests TURN servers for a test. */

import {
  type AccessibleServer,
  type TurnTestOutcome,
  testTurnServer,
} from '../../../renderer/components/settings/turn-test.ts';

declare global {
  interface Window {
    testTurn: (server: AccessibleServer) => Promise<TurnTestOutcome | null>;
  }
}

window.testTurn = (server) =>
  testTurnServer(
    server,
    {
      createConnection: (configuration) => new RTCPeerConnection(configuration),
      clock: () => performance.now(),
      timers: {
        setTimeout: (run, delayMs) => setTimeout(run, delayMs),
        clearTimeout: (handle) => clearTimeout(handle as number),
      },
    },
    new AbortController().signal,
  );
