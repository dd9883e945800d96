/** Owns a stand-in for WebSocket; the test is its server. */

import type { SocketLike } from '../../../web-client/core/browser-api.ts';
import { Listeners } from '../browser/listeners.ts';

interface Events {
  open: undefined;
  error: undefined;
  message: { readonly data: unknown };
  close: { readonly code: number };
}

export class FakeSocket implements SocketLike {
  /** Without the query. */
  readonly url: string;
  readonly query: string;
  readyState = 0;
  /** Frames the page sent, and the code it closed with. */
  readonly sent: string[] = [];
  closedWith: number | null = null;
  onSent: (frame: string) => void = () => {};
  onClosed: (code: number) => void = () => {};
  readonly #listeners = new Listeners<Events>();

  constructor(url: string) {
    const [address = '', query = ''] = url.split('?');
    this.url = address;
    this.query = query;
  }

  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void {
    this.#listeners.add(name, listener);
  }

  send(frame: string): void {
    if (this.readyState !== 1) throw new Error('InvalidStateError: socket is not open');
    this.sent.push(frame);
    this.onSent(frame);
  }

  close(code = 1005): void {
    if (this.readyState >= 2) return;
    this.readyState = 3;
    this.closedWith = code;
    this.onClosed(code);
    queueMicrotask(() => this.#listeners.tell('close', { code }));
  }

  /** The server accepted the connection. */
  open(): void {
    this.readyState = 1;
    this.#listeners.tell('open', undefined);
  }

  /** A frame of the server; an object as JSON. */
  receive(message: object | string): void {
    if (this.readyState !== 1) return;
    this.#listeners.tell('message', {
      data: typeof message === 'string' ? message : JSON.stringify(message),
    });
  }

  /** The connection ends from the other side. */
  drop(code = 1006): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#listeners.tell('close', { code });
  }

  /** What the page sent, parsed. */
  get messages(): { readonly type: string; readonly [field: string]: unknown }[] {
    return this.sent.map((frame) => JSON.parse(frame));
  }
}
