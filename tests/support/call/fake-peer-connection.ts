/**
 * Owns a stand-in for RTCPeerConnection that models what negotiation depends on: the operations chain, signalling state,
 * implicit rollback, association of transceivers, `negotiationneeded`, ICE generations (W3C WebRTC 1.0, RFC 9429).
 */

import type {
  AudioTrackLike,
  CandidateLike,
  ChannelInit,
  ChannelLike,
  DescriptionLike,
  PeerConnectionLike,
} from '../../../web-client/core/browser-api.ts';
import { Listeners } from '../browser/listeners.ts';
import { type ChannelNetwork, FakeChannel } from './fake-channel.ts';
import { FakeTransceiver } from './fake-transceiver.ts';

/** What a description says, in the few lines of SDP that the fake writes and reads. */
interface Described {
  readonly origin: string;
  readonly ufrag: string;
  readonly fingerprint: string;
  readonly audio: readonly string[];
  readonly application: boolean;
}

interface Events {
  negotiationneeded: undefined;
  connectionstatechange: undefined;
  icecandidate: { readonly candidate: CandidateLike | null };
  datachannel: { readonly channel: Pick<ChannelLike, 'close'> };
}

export interface FakeCertificate {
  /** DER as far as anybody here can tell. */
  readonly der: ArrayBuffer;
  /** "AB:CD:…" */
  readonly fingerprint: string;
}

/** What lies between connections. */
export interface PeerNetwork extends ChannelNetwork {
  refuses(configuration: unknown): boolean;
  gathers(name: string): boolean;
  /** Whether an answer may have no other ICE name than the browser gave it. */
  readonly holdsCredentials: boolean;
  hop(what: string): Promise<void>;
  connect(): void;
  handleClosed(connection: FakePeerConnection): void;
}

const HOST_CANDIDATES = 2;
const RELAYED_CANDIDATE = 'candidate:9 1 udp 1 203.0.113.1 50009 typ relay';
const DATA_MID = 'data';
const DATA_PROTOCOL = 'UDP/DTLS/SCTP webrtc-datachannel';

export class FakePeerConnection implements PeerConnectionLike {
  readonly name: string;
  readonly certificate: FakeCertificate;
  configuration: unknown;
  /** What `getStats` answers. */
  stats: readonly Readonly<Record<string, unknown>>[] = [];
  readonly transceivers: FakeTransceiver[] = [];
  /** Descriptions that came in a state that cannot take them; candidates of an ignored offer are no error. */
  readonly errors: string[] = [];
  readonly sctp: PeerConnectionLike['sctp'] = {
    transport: { getRemoteCertificates: () => (this.remote ? [this.remote.certificate.der] : []) },
  };
  channel: FakeChannel | null = null;
  remote: FakePeerConnection | null = null;
  signalingState = 'stable';
  connectionState = 'new';
  iceConnectionState = 'new';
  /** Descriptions and candidates of the other side, as they were handed in. */
  readonly given: string[] = [];
  /** Offers and answers made, by type. */
  readonly made = { offer: 0, answer: 0 };
  readonly #network: PeerNetwork;
  readonly #listeners = new Listeners<Events>();
  #chain: Promise<void> = Promise.resolve();
  #queued = 0;
  #negotiationNeeded = false;
  #negotiatedApplication = false;
  #restartFrom: string | null = null;
  #ufrag = '';
  #ufrags = 0;
  #stableUfrag = '';
  #gathered = new Set<string>();
  #remoteCandidates = new Set<string>();
  #local: DescriptionLike | null = null;
  /** Lines of the local description, as found so far. */
  #candidateLines: string[] = [];
  #remoteDescribed: Described | null = null;
  #mids = 0;

  constructor(network: PeerNetwork, name: string, certificate: FakeCertificate, configuration: unknown) {
    this.#network = network;
    this.name = name;
    this.certificate = certificate;
    this.configuration = configuration;
  }

  get closed(): boolean {
    return this.signalingState === 'closed';
  }

  /** With the candidates told so far (W3C WebRTC 1.0, section 4.7.1). */
  get localDescription(): DescriptionLike | null {
    if (this.#local === null) return null;
    const { type, sdp } = this.#local;
    return {
      type,
      sdp: sdp.replace(/^a=ice-ufrag:.*$/m, (line) => [line, ...this.#candidateLines].join('\r\n')),
    };
  }

  get ufrag(): string {
    return this.#ufrag;
  }

  get remoteUfrag(): string | null {
    return this.#remoteDescribed?.ufrag ?? null;
  }

  get remoteFingerprint(): string | null {
    return this.#remoteDescribed?.fingerprint ?? null;
  }

  /** Whether both sides agreed on the line for the data channel. */
  get applicationNegotiated(): boolean {
    return this.#negotiatedApplication;
  }

  knowsCandidateOf(ufrag: string): boolean {
    return this.#remoteCandidates.has(ufrag);
  }

  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void {
    this.#listeners.add(name, listener);
  }

  setConfiguration(configuration: object): void {
    if (this.#network.refuses(configuration)) throw new Error('SyntaxError: refused');
    this.configuration = configuration;
  }

  async getStats(): Promise<{ values(): Iterable<Readonly<Record<string, unknown>>> }> {
    return { values: () => this.stats };
  }

  async createAnswer(): Promise<{ readonly sdp: string }> {
    let sdp = '';
    await this.#operate(() => {
      if (this.signalingState !== 'have-remote-offer') throw new Error('InvalidStateError: no offer');
      sdp = this.#write(this.#remoteDescribed?.application === true);
    });
    return { sdp };
  }

  setLocalDescription(description?: { type: 'answer'; sdp: string }): Promise<void> {
    return this.#operate(() => {
      const ufrag = description === undefined ? this.#ufrag : readSdp(description.sdp).ufrag;
      if (ufrag !== this.#ufrag && this.#network.holdsCredentials)
        throw new Error('InvalidModificationError: another ufrag');
      this.#ufrag = ufrag;
      if (this.signalingState === 'have-remote-offer') this.#answer();
      else this.#offer();
    });
  }

  setRemoteDescription({ type, sdp }: { type: 'offer' | 'answer'; sdp: string }): Promise<void> {
    this.given.push(sdp);
    return this.#operate(() => {
      const described = readSdp(sdp);
      if (type === 'offer') this.#applyOffer(described);
      else this.#applyAnswer(described);
    });
  }

  addIceCandidate(candidate: CandidateLike): Promise<void> {
    this.given.push(candidate.candidate);
    return this.#operate(() => {
      if (candidate.candidate === '') return;
      const ufrag = candidate.usernameFragment ?? '';
      if (this.#remoteDescribed?.ufrag !== ufrag) throw new Error('OperationError: unknown ufrag');
      this.#remoteCandidates.add(ufrag);
      this.#network.connect();
    });
  }

  restartIce(): void {
    if (this.closed) return;
    this.#restartFrom = this.#stableUfrag;
    this.#updateNegotiationNeeded();
  }

  addTransceiver(_kind: 'audio', { direction }: { direction: 'sendrecv' }): FakeTransceiver {
    const transceiver = this.#addTransceiver(null, direction);
    this.#updateNegotiationNeeded();
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers.filter(({ stopped }) => !stopped);
  }

  createDataChannel(label: string, init: ChannelInit): ChannelLike {
    this.channel = new FakeChannel(label, init, this.#network);
    this.#updateNegotiationNeeded();
    this.#network.connect();
    return this.channel;
  }

  close(): void {
    if (this.closed) return;
    this.signalingState = 'closed';
    this.connectionState = 'closed';
    this.#network.handleClosed(this);
    this.#listeners.clear();
  }

  /** The other side opens a channel that was not agreed on; whether it was closed. */
  openInBand(): boolean {
    let closed = false;
    this.#listeners.tell('datachannel', {
      channel: {
        close: () => {
          closed = true;
        },
      },
    });
    return closed;
  }

  /** What ICE and DTLS came to; told to the page as a task. */
  setConnectionState(state: string): void {
    if (this.closed || this.connectionState === state) return;
    this.connectionState = state;
    this.#listeners.tell('connectionstatechange', undefined);
  }

  /** The audio of the other side as this one would play it. */
  get remoteTracks(): AudioTrackLike[] {
    return this.getTransceivers().map(({ receiver }) => receiver.track);
  }

  /** Operations run one after another; those of a closed connection never settle. */
  #operate(step: () => void): Promise<void> {
    if (this.closed) return new Promise(() => {});
    this.#queued++;
    return new Promise((resolve, reject) => {
      this.#chain = this.#chain.then(() =>
        this.#network.hop(`${this.name} operation`).then(() => {
          if (this.closed) return;
          this.#queued--;
          try {
            step();
            resolve();
          } catch (error) {
            if (String(error).includes('InvalidStateError')) this.errors.push(String(error));
            reject(error);
          }
          if (this.#queued === 0 && this.#negotiationNeeded) this.#updateNegotiationNeeded();
        }),
      );
    });
  }

  #offer(): void {
    this.made.offer++;
    const restart = this.#ufrag === '' || (this.#restartFrom !== null && this.#ufrag === this.#restartFrom);
    if (restart) this.#newUfrag();
    for (const transceiver of this.getTransceivers()) {
      if (transceiver.mid === null)
        transceiver.tentativeMid(`${this.name.replace(/\W/g, '.').slice(-12)}-${this.#mids++}`);
    }
    this.#setLocal('offer', 'have-local-offer', this.channel !== null || this.#negotiatedApplication);
  }

  #answer(): void {
    this.made.answer++;
    const remote = this.#remoteDescribed;
    if (remote === null) throw new Error('InvalidStateError: no offer');
    this.#negotiatedApplication = remote.application;
    this.#setLocal('answer', 'stable', remote.application);
    this.#becomeStable();
  }

  #applyOffer(described: Described): void {
    if (this.signalingState === 'have-local-offer') this.#rollBack();
    if (this.signalingState !== 'stable')
      throw new Error(`InvalidStateError: offer in ${this.signalingState}`);
    const isRestart = this.#remoteDescribed !== null && this.#remoteDescribed.ufrag !== described.ufrag;
    this.#remoteDescribed = described;
    // What `addTransceiver` made is never taken for a line of the offer (RFC 9429, section 5.10).
    for (const mid of described.audio) {
      if (!this.transceivers.some((transceiver) => transceiver.mid === mid))
        this.#addTransceiver(mid, 'recvonly');
    }
    if (isRestart || this.#ufrag === '') this.#newUfrag();
    this.signalingState = 'have-remote-offer';
  }

  #applyAnswer(described: Described): void {
    if (this.signalingState !== 'have-local-offer') {
      throw new Error(`InvalidStateError: answer in ${this.signalingState}`);
    }
    this.#remoteDescribed = described;
    this.#negotiatedApplication ||= described.application;
    this.signalingState = 'stable';
    this.#becomeStable();
  }

  #rollBack(): void {
    for (const transceiver of this.transceivers) transceiver.rollBack();
    this.#ufrag = this.#stableUfrag;
    this.signalingState = 'stable';
  }

  #becomeStable(): void {
    for (const transceiver of this.transceivers) transceiver.settle();
    if (this.#restartFrom !== null && this.#ufrag !== this.#restartFrom) this.#restartFrom = null;
    this.#stableUfrag = this.#ufrag;
    if (this.connectionState === 'new') this.setConnectionState('connecting');
    this.#updateNegotiationNeeded();
    this.#network.connect();
  }

  #setLocal(type: 'offer' | 'answer', state: string, application: boolean): void {
    this.#local = { type, sdp: this.#write(application) };
    this.signalingState = state;
    this.#gather();
  }

  #write(application: boolean): string {
    return writeSdp({
      origin: inSdp(this.name),
      ufrag: this.#ufrag,
      fingerprint: this.certificate.fingerprint,
      audio: this.getTransceivers().flatMap(({ mid }) => (mid === null ? [] : [mid])),
      application,
    });
  }

  #gather(): void {
    const ufrag = this.#ufrag;
    if (this.#gathered.has(ufrag)) return;
    this.#gathered.add(ufrag);
    void this.#network.hop(`${this.name} gathering`).then(() => {
      const count = this.#network.gathers(this.name) ? HOST_CANDIDATES : 0;
      for (let index = 0; index < count; index++) {
        const candidate = `candidate:${index} 1 udp 1 192.0.2.1 ${50_000 + index} typ host`;
        this.#candidateLines.push(`a=${candidate}`);
        this.#tellCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: ufrag });
      }
      // The others are what no browser should tell then.
      if (count > 0 && isRelayOnly(this.configuration)) this.find(RELAYED_CANDIDATE);
      this.#tellCandidate(null);
    });
  }

  /** The browser finds one more address. */
  find(candidate: string): void {
    this.#candidateLines.push(`a=${candidate}`);
    this.#tellCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: this.#ufrag });
  }

  #tellCandidate(candidate: CandidateLike | null): void {
    if (!this.closed) this.#listeners.tell('icecandidate', { candidate });
  }

  #newUfrag(): void {
    this.#candidateLines = [];
    this.#ufrag = `${inSdp(this.name)}/${++this.#ufrags}`;
  }

  #addTransceiver(mid: string | null, direction: string): FakeTransceiver {
    const transceiver = new FakeTransceiver(this.name, mid, direction);
    this.transceivers.push(transceiver);
    return transceiver;
  }

  /** W3C WebRTC 1.0, section 4.7.3. */
  #updateNegotiationNeeded(): void {
    this.#negotiationNeeded = this.#isNegotiationNeeded();
    if (!this.#negotiationNeeded || this.#queued > 0) return;
    void this.#network.hop(`${this.name} negotiationneeded`).then(() => {
      if (this.closed || this.#queued > 0 || this.signalingState !== 'stable') return;
      if (!this.#negotiationNeeded || !this.#isNegotiationNeeded()) return;
      this.#negotiationNeeded = false;
      this.#listeners.tell('negotiationneeded', undefined);
    });
  }

  #isNegotiationNeeded(): boolean {
    return (
      this.#restartFrom !== null ||
      (this.channel !== null && !this.#negotiatedApplication) ||
      this.getTransceivers().some(({ settled }) => !settled)
    );
  }
}

function isRelayOnly(configuration: unknown): boolean {
  return (configuration as { iceTransportPolicy?: string } | null)?.iceTransportPolicy === 'relay';
}

function writeSdp({ origin, ufrag, fingerprint, audio, application }: Described): string {
  const transport = ['c=IN IP4 0.0.0.0', `a=ice-ufrag:${ufrag}`, `a=fingerprint:sha-256 ${fingerprint}`];
  const opus = ['a=sendrecv', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10'];
  return [
    ...['v=0', `o=${origin} 1 1 IN IP4 127.0.0.1`, 's=-', 't=0 0'],
    `a=group:BUNDLE ${[...audio, ...(application ? [DATA_MID] : [])].join(' ')}`,
    ...audio.flatMap((mid) => ['m=audio 9 UDP/TLS/RTP/SAVPF 111', ...transport, ...opus, `a=mid:${mid}`]),
    ...(application ? [`m=application 9 ${DATA_PROTOCOL}`, ...transport, `a=mid:${DATA_MID}`] : []),
    '',
  ].join('\r\n');
}

function readSdp(sdp: string): Described {
  const line = (prefix: string) => new RegExp(`^${prefix}(\\S*)`, 'm').exec(sdp)?.[1] ?? '';
  return {
    origin: line('o='),
    ufrag: line('a=ice-ufrag:'),
    fingerprint: line('a=fingerprint:sha-256 '),
    audio: sdp
      .split('m=audio')
      .slice(1)
      .map((section) => /^a=mid:(\S*)/m.exec(section)?.[1] ?? ''),
    application: sdp.includes('m=application'),
  };
}

/** Names of connections hold what may not stand in a name there. */
function inSdp(name: string): string {
  return name.replace('#', '/').replace(/[^A-Za-z0-9/]/g, '+');
}
