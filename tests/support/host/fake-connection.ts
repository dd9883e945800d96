/** Owns a connection of the window for tests: it tells what the test says, and reaches the other where that is told to let it through. */

import type { TestedConnection } from '../../../renderer/components/settings/turn-test.ts';

class FakeTestChannel extends EventTarget {
  other: FakeTestChannel | null = null;

  send(data: string): void {
    this.other?.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const DESCRIPTION = { type: 'offer', sdp: '' } as const;

export class FakeTestConnection extends EventTarget implements TestedConnection {
  readonly configuration: RTCConfiguration;
  readonly added: (RTCIceCandidateInit | null | undefined)[] = [];
  closes = 0;
  iceGatheringState: RTCIceGatheringState = 'new';
  connectionState: RTCPeerConnectionState = 'new';
  readonly channel = new FakeTestChannel();

  constructor(configuration: RTCConfiguration) {
    super();
    this.configuration = configuration;
  }

  createDataChannel(): RTCDataChannel {
    return this.channel as unknown as RTCDataChannel;
  }

  async createOffer() {
    return DESCRIPTION;
  }

  async createAnswer() {
    return DESCRIPTION;
  }

  async setLocalDescription(): Promise<void> {}

  async setRemoteDescription(): Promise<void> {}

  async addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
    this.added.push(candidate);
  }

  close(): void {
    this.closes += 1;
  }

  /** It has an address at the server. */
  relay(): void {
    this.#tell('icecandidate', { candidate: { candidate: 'candidate:1 1 udp 1 192.0.2.1 50000 typ relay' } });
  }

  err(errorCode: number, errorText = ''): void {
    this.#tell('icecandidateerror', { errorCode, errorText });
  }

  gathered(): void {
    this.iceGatheringState = 'complete';
    this.#tell('icegatheringstatechange', {});
  }

  fall(): void {
    this.connectionState = 'failed';
    this.#tell('connectionstatechange', {});
  }

  /** Its channel opens, and leads to the other. */
  reach(other: FakeTestConnection): void {
    this.channel.other = other.channel;
    other.#tell('datachannel', { channel: other.channel });
    this.channel.dispatchEvent(new Event('open'));
  }

  #tell(type: string, fields: object): void {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
}
