/** Owns where a row takes place: the network, a host in this process's own namespace, and guests, all gone afterwards. */

import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatInvite, parseFragment } from '../../main/common/e2ee/invite-link.ts';
import { createCertificate, type ServerCertificate } from '../../main/server/certificate.ts';
import { type HostProcess, startHostProcess } from '../support/host/host-process.ts';
import { startSetUpTurnServer } from '../support/wire/set-up-turn-server.ts';
import {
  startTurnServer,
  type TurnServerPlace,
  type TurnServerProcess,
  type TurnServerTerms,
} from '../support/wire/turn-server.ts';
import { buildLossyLink, type LossyLink } from './lossy-link.ts';
import type { NatKind, NatRouter } from './nat-router.ts';
import type { Machine, SimulatedNetwork } from './network.ts';
import { browserOn, Person } from './person.ts';

/** In hertz, one a person; the witness knows them. */
const TONES_HZ = [400, 600, 800, 1000];
const FIRST_NUMBER = 11;
const RELAY_NUMBER = 99;
const RELAY_PORT = 3_478;
export const HTTPS_PORT = 443;
const HOST_SECOND_NUMBER = 98;

export interface StageSetup {
  readonly network: SimulatedNetwork;
  /** The machine that this process itself is on. */
  readonly hostMachine: Machine;
  readonly directory: string;
  readonly browserPath: string;
}

export class NetsimStage {
  readonly network: SimulatedNetwork;
  readonly hostMachine: Machine;
  readonly directory: string;
  readonly browserPath: string;
  readonly #people: Person[] = [];
  readonly #links: (LossyLink | NatRouter)[] = [];
  readonly #otherMachines: Machine[] = [];
  #hostDirectory: string | null = null;
  #host: HostProcess | null = null;
  #relay: TurnServerProcess | null = null;
  #relayMachine: Machine | null = null;
  #relayAddress: string | null = null;
  #secondAddress: string | null = null;

  constructor({ network, hostMachine, directory, browserPath }: StageSetup) {
    this.network = network;
    this.hostMachine = hostMachine;
    this.directory = directory;
    this.browserPath = browserPath;
  }

  get host(): HostProcess {
    if (this.#host === null) throw new Error('no host runs');
    return this.#host;
  }

  /** Once more it goes on with what the one before left. */
  startHost(...flags: readonly string[]): Promise<HostProcess> {
    return this.startHostWith([], ...flags);
  }

  /** @param nodeArguments of node itself */
  async startHostWith(nodeArguments: readonly string[], ...flags: readonly string[]): Promise<HostProcess> {
    this.#hostDirectory ??= await mkdtemp(join(this.directory, 'host-'));
    this.#host = await startHostProcess({
      dataDirectory: this.#hostDirectory,
      flags: ['--lan', ...flags],
      nodeArguments,
      stunUrls: this.#relayAddress === null || this.#relay === null ? [] : [this.#relay.stunUrl],
    });
    return this.#host;
  }

  /** A TURN server on a machine of its own; once more, another in its place, with another secret unless one is given. */
  startRelay(terms: Omit<TurnServerTerms, 'tls'> = {}): Promise<TurnServerProcess> {
    return this.#replaceRelay((place, certificate) =>
      startTurnServer(
        { ...place, port: RELAY_PORT },
        { ...terms, tls: { port: HTTPS_PORT, ...certificate } },
      ),
    );
  }

  /** The same, as `npm run turn-setup` has it. */
  startSetUpRelay(): Promise<TurnServerProcess> {
    return this.#replaceRelay(startSetUpTurnServer);
  }

  async #replaceRelay(
    start: (
      place: Required<Omit<TurnServerPlace, 'port'>>,
      certificate: Pick<ServerCertificate, 'cert' | 'key'>,
    ) => Promise<TurnServerProcess>,
  ): Promise<TurnServerProcess> {
    await this.stopRelay();
    const { namespace, address: ownAddress } = await this.#needRelayMachine();
    const address = this.#relayAddress ?? ownAddress;
    this.#relay = await start({ address, namespace }, await createCertificate([address], new Date()));
    return this.#relay;
  }

  async stopRelay(): Promise<void> {
    await this.#relay?.stop();
    this.#relay = null;
  }

  /** Before the relay, which has a public address then, and the host, which names it as a STUN server as well. */
  async openInternet(): Promise<void> {
    await this.network.openInternet();
    this.#relayAddress = await this.network.publish(await this.#needRelayMachine(), RELAY_NUMBER);
  }

  /** One more of the machine that this process is on; behind the host, which listens at all that it finds. */
  async addSecondAddress(): Promise<string> {
    this.#secondAddress = await this.network.publish(this.hostMachine, HOST_SECOND_NUMBER);
    return this.#secondAddress;
  }

  async #needRelayMachine(): Promise<Machine> {
    this.#relayMachine ??= await this.network.add('relay', RELAY_NUMBER);
    await this.hostMachine.forget(this.#relayMachine);
    return this.#relayMachine;
  }

  async killHost(): Promise<void> {
    await this.host.kill();
    this.#host = null;
  }

  async terminateHost(): Promise<void> {
    await this.host.stop('SIGTERM');
    this.#host = null;
  }

  /** The link to pass on in this network. */
  async invite(): Promise<string> {
    const link = parseFragment(new URL(this.host.invite).hash);
    if (link === null) throw new Error('the host has no link');
    const pem = await readFile(join(this.#hostDirectory ?? '', 'certificate.pem'), 'utf8');
    const certificate = new Uint8Array(createHash('sha256').update(new X509Certificate(pem).raw).digest());
    const origin = `https://${this.hostMachine.address}:${this.host.port}`;
    return formatInvite(origin, { ...link, certificate });
  }

  /** On a machine of their own, with the browser open and nothing in it. */
  async person(name: string): Promise<Person> {
    return this.#arrive(name, await this.network.add(name.toLowerCase(), this.#nextNumber()));
  }

  /** The same at the end of a bad line, which is clear at first. */
  async personBehindLossyLink(name: string): Promise<{ readonly person: Person; readonly link: LossyLink }> {
    const { machine, link } = await this.#layLossyLink(name);
    return { person: await this.#arrive(name, machine), link };
  }

  /** The same at home, behind a router of that kind. */
  async personBehindRouter(name: string, kind: NatKind): Promise<Person> {
    return this.#arrive(name, await this.#placeBehindRouter(name, kind));
  }

  /** A machine there, without a person. */
  async machineBehindRouter(name: string, kind: NatKind): Promise<Machine> {
    const machine = await this.#placeBehindRouter(name, kind);
    this.#otherMachines.push(machine);
    return machine;
  }

  async #placeBehindRouter(name: string, kind: NatKind): Promise<Machine> {
    const place = [name.toLowerCase(), this.#nextNumber(), kind, this.directory] as const;
    const { machine, router } = await this.network.addBehindRouter(...place);
    this.#links.push(router);
    return machine;
  }

  /** A browser program there, without a person. */
  async browserBehindLossyLink(
    name: string,
  ): Promise<{ readonly executablePath: string; readonly link: LossyLink }> {
    const { machine, link } = await this.#layLossyLink(name);
    this.#otherMachines.push(machine);
    return { executablePath: await browserOn(machine, this.directory, this.browserPath), link };
  }

  async #layLossyLink(name: string) {
    const program = await buildLossyLink(this.directory);
    const laid = await this.network.addBehindLossyLink(name.toLowerCase(), this.#nextNumber(), program);
    this.#links.push(laid.link);
    return laid;
  }

  #nextNumber(): number {
    return FIRST_NUMBER + this.#people.length + this.#otherMachines.length;
  }

  async #arrive(name: string, machine: Machine): Promise<Person> {
    const person = await Person.arrive({
      name,
      toneHz: TONES_HZ[this.#people.length] ?? 0,
      machine,
      directory: await mkdtemp(join(this.directory, 'person-')),
      browserPath: this.browserPath,
    });
    this.#people.push(person);
    return person;
  }

  /** People in a call of their own, where each hears all others. */
  async call(...names: readonly string[]): Promise<Person[]> {
    const invite = await this.invite();
    const people: Person[] = [];
    for (const name of names) people.push(await this.person(name));
    for (const person of people) await person.join(invite);
    await this.isWhole(people);
    return people;
  }

  async isWhole(people: readonly Person[]): Promise<void> {
    for (const person of people) {
      const others = people.filter((other) => other !== person);
      await person.guest.sees(...others.map(({ name }) => name));
      await person.guest.hears(...others.map(({ toneHz }) => toneHz));
    }
  }

  async end(): Promise<void> {
    for (const person of this.#people) await person.kill();
    for (const link of this.#links) await link.remove();
    const machines = this.#people.map(({ machine }) => machine);
    for (const machine of [...machines, ...this.#otherMachines]) await this.network.remove(machine);
    await this.stopRelay();
    if (this.#relayMachine !== null) await this.network.remove(this.#relayMachine);
    await this.#host?.kill();
    await this.hostMachine.mend();
    if (this.#secondAddress !== null) await this.hostMachine.dropAddress(this.#secondAddress);
    if (this.#relayAddress !== null) await this.network.closeInternet();
  }
}
