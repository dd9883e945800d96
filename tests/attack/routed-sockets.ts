/** Owns the way from a browser's pages to servers: to the host, as long as it is not cut, and to strangers. */

import type { BrowserContext, WebSocketRoute } from 'playwright';
import { WebSocket } from 'ws';
import { BROWSER_AGENT } from '../support/wire/wire-page.ts';
import type { AttackedHost } from './attacked-host.ts';

/** No goodbye, and none of the host's own codes. */
const LOST = 4000;
const CLOSED = 4412;

/** Passes on what page and host say. */
export const RELAY = 'https://relay.lhr.life';
/** Says that the host ended the call. */
export const CLOSER = 'https://closer.lhr.life';

interface Way {
  readonly near: WebSocketRoute;
  readonly far: WebSocketRoute;
}

export class RoutedSockets {
  readonly #host: AttackedHost;
  #ways: Way[] = [];
  #isCut = false;
  /** The last frame of each type that went to the host. */
  readonly toHost = new Map<string, string>();
  /** Types of what was said to strangers. */
  readonly toStrangers: string[] = [];
  readonly strangersAsked = new Set<string>();

  private constructor(host: AttackedHost) {
    this.#host = host;
  }

  /** From now on, for pages that open later. */
  static async of(profile: BrowserContext, host: AttackedHost): Promise<RoutedSockets> {
    const sockets = new RoutedSockets(host);
    await profile.routeWebSocket(/\/ws(\?|$)/, (route) => {
      const { host: name, origin } = new URL(route.url());
      if (name === `localhost:${host.port}`) sockets.#goHome(route);
      else sockets.#stray(route, origin.replace('wss:', 'https:'));
    });
    return sockets;
  }

  get isHome(): boolean {
    return this.#ways.length > 0;
  }

  cut(): void {
    this.#isCut = true;
    const ways = this.#ways;
    this.#ways = [];
    for (const side of ways.flatMap(({ near, far }) => [near, far])) void side.close({ code: LOST });
  }

  mend(): void {
    this.#isCut = false;
  }

  #goHome(near: WebSocketRoute): void {
    if (this.#isCut) {
      void near.close({ code: LOST });
      return;
    }
    const far = near.connectToServer();
    this.#ways.push({ near, far });
    near.onMessage((frame) => {
      this.toHost.set(typeOf(frame), String(frame));
      far.send(frame);
    });
  }

  #stray(near: WebSocketRoute, origin: string): void {
    this.strangersAsked.add(origin);
    const answer = origin === RELAY ? this.#relay(near) : endCall(near);
    near.onMessage((frame) => {
      this.toStrangers.push(typeOf(frame));
      answer(frame);
    });
  }

  #relay(near: WebSocketRoute): (frame: string | Buffer) => void {
    const headers = { Origin: this.#host.origin, 'User-Agent': BROWSER_AGENT };
    const far = new WebSocket(`ws://localhost:${this.#host.port}/ws`, { headers });
    const isOpen = new Promise<void>((resolve) => far.once('open', resolve));
    far.on('message', (frame) => near.send(String(frame)));
    far.on('close', (code) => void near.close({ code: code === 1006 ? LOST : code }));
    far.on('error', () => {});
    near.onClose(() => far.close());
    return (frame) => void isOpen.then(() => far.send(frame));
  }
}

const endCall = (near: WebSocketRoute) => () => {
  near.send(JSON.stringify({ type: 'closed' }));
  void near.close({ code: CLOSED });
};

const typeOf = (frame: string | Buffer): string => String(JSON.parse(String(frame)).type);
