/** Owns a stand-in for a negotiated RTCDataChannel; the network opens it and carries its messages. */

import type { ChannelLike } from '../../../web-client/core/browser-api.ts';
import { Listeners } from '../browser/listeners.ts';

interface Events {
  open: undefined;
  close: undefined;
  message: { readonly data: unknown };
}

/** What lies between the two ends. */
export interface ChannelNetwork {
  carry(from: FakeChannel, data: ArrayBuffer): void;
}

export class FakeChannel implements ChannelLike {
  binaryType = 'blob';
  readyState = 'connecting';
  readonly label: string;
  readonly init: { readonly negotiated: true; readonly id: number; readonly ordered: true };
  other: FakeChannel | null = null;
  readonly #network: ChannelNetwork;
  readonly #listeners = new Listeners<Events>();

  constructor(label: string, init: FakeChannel['init'], network: ChannelNetwork) {
    this.label = label;
    this.init = init;
    this.#network = network;
  }

  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void {
    this.#listeners.add(name, listener);
  }

  send(data: ArrayBuffer): void {
    if (this.readyState !== 'open') throw new Error('InvalidStateError: channel is not open');
    this.#network.carry(this, data.slice(0));
  }

  close(): void {
    this.readyState = 'closed';
  }

  /** The other side's message arrives. */
  deliver(data: unknown): void {
    if (this.readyState === 'open') this.#listeners.tell('message', { data });
  }

  openTo(other: FakeChannel): void {
    this.other = other;
    if (this.readyState !== 'connecting') return;
    this.readyState = 'open';
    this.#listeners.tell('open', undefined);
  }

  /** The other side closed its connection. */
  lose(): void {
    if (this.readyState !== 'open') return;
    this.readyState = 'closed';
    this.#listeners.tell('close', undefined);
  }
}
