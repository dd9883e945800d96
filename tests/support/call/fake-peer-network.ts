/** Owns what lies between fake peer connections: who can reach whom, and in what order things happen. */

import type { FakeChannel } from './fake-channel.ts';
import { type FakeCertificate, FakePeerConnection, type PeerNetwork } from './fake-peer-connection.ts';

/** Runs a step later; `what` names whose it is. Steps of one name stay in order. */
export type Scheduler = (what: string, step: () => void) => void;

/** As soon as the present run of code ends, in order. */
const soon: Scheduler = (_what, step) => queueMicrotask(() => queueMicrotask(step));

export class FakePeerNetwork implements PeerNetwork {
  readonly connections: FakePeerConnection[] = [];
  /** Whether a browser throws at this configuration. */
  refuses: (configuration: unknown) => boolean = () => false;
  /** Whether a connection of this name finds addresses of its own. */
  gathers: (name: string) => boolean = () => true;
  /** While false nobody reaches anybody; what is connected says so until it is told. */
  up = true;
  holdsCredentials = false;
  /** Whether messages on data channels arrive. */
  channelsCarry = true;
  channelsKeep = false;
  /** When what is on its way by a data channel arrives. */
  arrive: (deliver: () => void) => void = (deliver) => deliver();
  /** Whether these two owners of connections reach each other. */
  reaches: (one: string, other: string) => boolean = () => true;
  /** Whether what ICE finds a way for carries more than ICE. */
  carriesMore: (connection: FakePeerConnection) => boolean = () => true;
  /** Came about at an address that is no more: nothing passes, and nobody is told. */
  readonly #stranded = new Set<FakePeerConnection>();
  readonly #schedule: Scheduler;
  #connecting = false;

  constructor(schedule: Scheduler = soon) {
    this.#schedule = schedule;
  }

  /** Those not closed. */
  get open(): FakePeerConnection[] {
    return this.connections.filter(({ closed }) => !closed);
  }

  /** All that a browser would have refused. */
  get errors(): string[] {
    return this.connections.flatMap(({ errors }) => errors);
  }

  create(owner: string, certificate: FakeCertificate, configuration: unknown = null): FakePeerConnection {
    if (this.refuses(configuration)) throw new Error('SyntaxError: refused');
    const name = `${owner}#${this.connections.length}`;
    const connection = new FakePeerConnection(this, name, certificate, configuration);
    this.connections.push(connection);
    return connection;
  }

  hop(what: string): Promise<void> {
    return new Promise((resolve) => this.#schedule(what, resolve));
  }

  /** Something changed: connects who can be. */
  connect(): void {
    if (this.#connecting) return;
    this.#connecting = true;
    this.#schedule('network', () => {
      this.#connecting = false;
      for (const connection of this.open) this.#connectOne(connection);
    });
  }

  /** All paths break: everybody notices. */
  fail(state: 'disconnected' | 'failed'): void {
    for (const connection of this.open) {
      if (connection.connectionState === 'connected' || connection.connectionState === 'disconnected') {
        connection.setConnectionState(state);
      }
    }
  }

  /** The same for the connections between two owners only. */
  failBetween(one: string, other: string, state: 'disconnected' | 'failed'): void {
    const owners = [one, other].sort().join();
    for (const connection of this.open) {
      const between = [connection, connection.remote].map((side) => ownerOf(side)).sort();
      if (between.join() === owners) connection.setConnectionState(state);
    }
  }

  /** The owner of connections has another address: those that stand are dead, and say so when they are told. */
  move(owner: string): void {
    for (const connection of this.open) {
      const { remote } = connection;
      if (remote === null || ![connection, remote].some((side) => ownerOf(side) === owner)) continue;
      this.#stranded.add(connection);
    }
  }

  carry(from: FakeChannel, data: ArrayBuffer): void {
    const to = from.other;
    const [near, far] = [from, to].map((channel) =>
      this.connections.find((connection) => connection.channel === channel),
    );
    const [one, other] = [ownerOf(near), ownerOf(far)];
    this.#schedule('channels', () => {
      if (near !== undefined && this.#stranded.has(near)) return;
      if (this.up && this.channelsCarry && this.reaches(one, other)) this.arrive(() => to?.deliver(data));
    });
  }

  handleClosed(connection: FakePeerConnection): void {
    const { remote } = connection;
    connection.remote = null;
    if (this.#stranded.has(connection)) return;
    if (remote === null || remote.remote !== connection) return;
    this.#schedule('network', () => {
      if (remote.remote !== connection) return;
      remote.channel?.lose();
      remote.setConnectionState('disconnected');
    });
  }

  #connectOne(connection: FakePeerConnection): void {
    if (!this.up || connection.signalingState !== 'stable' || this.#stranded.has(connection)) return;
    const other = this.open.find(
      (candidate) => isCounterpart(connection, candidate) && !this.#stranded.has(candidate),
    );
    if (other === undefined || !this.reaches(ownerOf(connection), ownerOf(other))) return;
    const isWhoItSays =
      connection.remoteFingerprint === other.certificate.fingerprint &&
      other.remoteFingerprint === connection.certificate.fingerprint;
    const carries = [connection, other].every((side) => this.carriesMore(side));
    for (const side of [connection, other]) {
      side.remote = side === connection ? other : connection;
      side.iceConnectionState = 'connected';
      if (carries) side.setConnectionState(isWhoItSays ? 'connected' : 'failed');
    }
    if (isWhoItSays && carries) openChannels(connection, other);
  }
}

/** Connections have the name of their owner and a number. */
function ownerOf(connection: FakePeerConnection | null | undefined): string {
  return connection?.name.split('#')[0] ?? '';
}

/** Both have applied the other's present description, and one has an address of the other. */
function isCounterpart(one: FakePeerConnection, other: FakePeerConnection): boolean {
  return (
    one !== other &&
    other.signalingState === 'stable' &&
    one.remoteUfrag === other.ufrag &&
    other.remoteUfrag === one.ufrag &&
    (one.knowsCandidateOf(other.ufrag) || other.knowsCandidateOf(one.ufrag))
  );
}

function openChannels(one: FakePeerConnection, other: FakePeerConnection): void {
  const agreed = one.applicationNegotiated && other.applicationNegotiated;
  if (!agreed || one.channel === null || other.channel === null) return;
  one.channel.openTo(other.channel);
  other.channel.openTo(one.channel);
}
