/** Owns a stand-in for a negotiated RTCDataChannel; the network opens it and carries its messages. */

import type { ChannelInit, ChannelLike } from '../../../web-client/core/browser-api.ts';
import { Listeners } from '../browser/listeners.ts';

interface Events {
  open: undefined;
  close: undefined;
  bufferedamountlow: undefined;
  message: { readonly data: unknown };
}

/** What lies between the two ends. */
export interface ChannelNetwork {
  /** Whether what is sent stays in the sender's buffer until a test says that it went. */
  readonly channelsKeep: boolean;
  carry(from: FakeChannel, data: ArrayBuffer): void;
}

export class FakeChannel implements ChannelLike {
  binaryType = 'blob';
  readyState = 'connecting';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readonly label: string;
  readonly init: ChannelInit;
  other: FakeChannel | null = null;
  readonly #network: ChannelNetwork;
  readonly #listeners = new Listeners<Events>();

  constructor(label: string, init: ChannelInit, network: ChannelNetwork) {
    this.label = label;
    this.init = init;
    this.#network = network;
  }

  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void {
    this.#listeners.add(name, listener);
  }

  send(data: ArrayBuffer): void {
    if (this.readyState !== 'open') throw new Error('InvalidStateError: channel is not open');
    if (this.#network.channelsKeep) this.bufferedAmount += data.byteLength;
    this.#network.carry(this, data.slice(0));
  }

  close(): void {
    this.readyState = 'closed';
  }

  /** So much was given to the browser and has not gone yet. */
  setBuffered(bytes: number): void {
    const wasLow = this.bufferedAmount <= this.bufferedAmountLowThreshold;
    this.bufferedAmount = bytes;
    if (!wasLow && bytes <= this.bufferedAmountLowThreshold)
      this.#listeners.tell('bufferedamountlow', undefined);
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
