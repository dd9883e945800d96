/** Owns a network that exists for one run: a switch, and machines at it, each a namespace of the kernel with a cable. */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { findProgram } from '../support/process/find-program.ts';
import { LossyLink } from './lossy-link.ts';
import { type NatKind, NatRouter } from './nat-router.ts';

const runFile = promisify(execFile);

/** Of every namespace; behind it come the process that made it and the machine's name. */
const PREFIX = 'secret-call-netsim-';
const CABLE = 'eth0';
const NOBODY = '02:00:00:00:00:ff';
/** Its own, for all the time: else it takes a cable's, another one when that is gone, and nobody finds the gateway. */
const SWITCH_CARD = '02:00:00:00:00:fe';
/** Nobody has it, but while there is an internet: browsers find addresses of their own only where some way leads out. */
const GATEWAY = '10.77.0.254';

/** CAP_NET_ADMIN and CAP_SYS_ADMIN (capabilities(7)), of which root in a container may have neither. */
const RIGHTS = (1n << 12n) | (1n << 21n);

/** What this machine lacks; null if a network can be made. */
export function whyNoNetwork(): string | null {
  if (process.platform !== 'linux') return 'no Linux';
  const held = /^CapEff:\t(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  if ((BigInt(`0x${held}`) & RIGHTS) !== RIGHTS) return 'no root with rights over networks';
  return findProgram(['ip'], ['/usr/sbin/ip', '/sbin/ip']) === null ? 'no ip (Debian: iproute2)' : null;
}

export const addressOf = (number: number): string => `10.77.0.${number}`;
/** RFC 5737: an address of the internet, as far as browsers and servers can tell. */
const publicAddressOf = (number: number): string => `203.0.113.${number}`;
/** Of who is behind a router. */
const homeAddressOf = (number: number): string => `192.168.${number}.2`;

/** Runs a program and returns what it says; arguments are never read by a shell. */
async function say(program: string, ...args: readonly string[]): Promise<string> {
  return (await runFile(program, args)).stdout;
}

/** One computer: what runs in its namespace has this cable and no other. */
export class Machine {
  readonly namespace: string;
  #address: string;
  readonly #gateway: string;
  readonly #cutFrom = new Set<Machine>();

  constructor(namespace: string, address: string, gateway = GATEWAY) {
    this.namespace = namespace;
    this.#address = address;
    this.#gateway = gateway;
  }

  get address(): string {
    return this.#address;
  }

  /** Gives its end of a cable this machine's address. */
  async plugIn(): Promise<void> {
    await this.#ip('address', 'add', `${this.#address}/24`, 'dev', CABLE);
    await this.goUp();
  }

  /** The interface goes down, as when a lid closes; its ways go with it. */
  async goDown(): Promise<void> {
    await this.#ip('link', 'set', CABLE, 'down');
  }

  async goUp(): Promise<void> {
    await this.#ip('link', 'set', CABLE, 'up');
    await this.#ip('route', 'replace', 'default', 'via', this.#gateway);
  }

  /** Besides its own. */
  async addAddress(address: string): Promise<void> {
    await this.#ip('address', 'replace', `${address}/32`, 'dev', CABLE);
  }

  async dropAddress(address: string): Promise<void> {
    await this.#ip('address', 'del', `${address}/32`, 'dev', CABLE);
  }

  /** While down. */
  async moveTo(address: string): Promise<void> {
    await this.#ip('address', 'flush', 'dev', CABLE);
    this.#address = address;
    await this.#ip('address', 'add', `${address}/24`, 'dev', CABLE);
  }

  /** Nothing comes through between the two any more, and nobody is told. */
  async cutFrom(other: Machine): Promise<void> {
    this.#cutFrom.add(other);
    await this.#losesAllTo(other);
    await other.#losesAllTo(this);
  }

  /** A card at this address may have been another machine's before. */
  async forget({ address }: Machine): Promise<void> {
    await this.#ip('neighbour', 'flush', 'to', address, 'dev', CABLE);
  }

  async mend(): Promise<void> {
    for (const other of this.#cutFrom) {
      await this.#ip('neighbour', 'del', other.address, 'dev', CABLE);
      await other.#ip('neighbour', 'del', this.address, 'dev', CABLE);
    }
    this.#cutFrom.clear();
  }

  /** Of all that runs there. */
  async pids(): Promise<number[]> {
    return pidsIn(this.namespace);
  }

  /** Frames for the other go to a card that nobody has. */
  #losesAllTo({ address }: Machine): Promise<string> {
    return this.#ip('neighbour', 'replace', address, 'lladdr', NOBODY, 'nud', 'permanent', 'dev', CABLE);
  }

  #ip(...args: readonly string[]): Promise<string> {
    return say('ip', '-n', this.namespace, ...args);
  }
}

/** The switch in the middle, and who is at it. */
export class SimulatedNetwork {
  readonly #run: string;
  readonly #switch: string;
  #ports = 0;

  private constructor(run: string, switchNamespace: string) {
    this.#run = run;
    this.#switch = switchNamespace;
  }

  /** `run` stands in the names of its namespaces. */
  static async create(run: string): Promise<SimulatedNetwork> {
    const namespace = await addNamespace(run, 'switch');
    await say('ip', '-n', namespace, 'link', 'add', 'bridge', 'address', SWITCH_CARD, 'up', 'type', 'bridge');
    return new SimulatedNetwork(run, namespace);
  }

  /** A machine at the switch; its number is the last of its address. */
  async add(name: string, number: number): Promise<Machine> {
    return this.plugIn(await addNamespace(this.#run, name), number);
  }

  async plugIn(namespace: string, number: number): Promise<Machine> {
    const machine = new Machine(namespace, addressOf(number));
    const cable = ['type', 'veth', 'peer', 'name', CABLE, 'netns', namespace];
    await say('ip', '-n', this.#switch, 'link', 'add', this.#newPort(), 'master', 'bridge', 'up', ...cable);
    await machine.plugIn();
    return machine;
  }

  /** A machine whose cable is a bad line; `program` is `buildLossyLink`'s. */
  async addBehindLossyLink(
    name: string,
    number: number,
    program: string,
  ): Promise<{ readonly machine: Machine; readonly link: LossyLink }> {
    const machine = new Machine(await addNamespace(this.#run, name), addressOf(number));
    const port = this.#newPort();
    const near = { namespace: machine.namespace, card: CABLE };
    const link = await LossyLink.lay(program, near, { namespace: this.#switch, card: port });
    await say('ip', '-n', this.#switch, 'link', 'set', port, 'master', 'bridge', 'up');
    await machine.plugIn();
    return { machine, link };
  }

  /** From now on whoever has a public address is reached at it, from all machines. */
  async openInternet(): Promise<void> {
    await this.#ofSwitch('address', 'replace', `${GATEWAY}/24`, 'dev', 'bridge');
    // No redirects: machines would remember cards that are another's by the next row.
    const settings = 'echo 0 | tee conf/all/send_redirects conf/bridge/send_redirects; echo 1 > ip_forward';
    await inNamespace(this.#switch, `cd /proc/sys/net/ipv4 && ${settings}`);
  }

  async closeInternet(): Promise<void> {
    await this.#ofSwitch('address', 'flush', 'dev', 'bridge');
  }

  /** Gives a machine at the switch a public address, and returns that. */
  async publish(machine: Machine, number: number): Promise<string> {
    const address = publicAddressOf(number);
    await machine.addAddress(address);
    await this.#ofSwitch('route', 'replace', `${address}/32`, 'dev', 'bridge');
    // Another machine may have had it before.
    await this.#ofSwitch('neighbour', 'flush', 'dev', 'bridge');
    return address;
  }

  /** A machine at home, behind a router of that kind, whose programs are kept in the directory. */
  async addBehindRouter(
    name: string,
    number: number,
    kind: NatKind,
    directory: string,
  ): Promise<{ readonly machine: Machine; readonly router: NatRouter }> {
    const address = homeAddressOf(number);
    const gateway = address.replace(/\d+$/, '1');
    const machine = new Machine(await addNamespace(this.#run, name), address, gateway);
    const [home, outside] = [
      { namespace: machine.namespace, card: CABLE },
      { namespace: this.#switch, card: this.#newPort() },
    ];
    const router = await NatRouter.place(directory, kind, home, outside, publicAddressOf(number));
    await this.#ofSwitch('link', 'set', outside.card, 'up');
    await this.#ofSwitch('route', 'replace', `${publicAddressOf(number)}/32`, 'dev', outside.card);
    await machine.plugIn();
    return { machine, router };
  }

  async remove({ namespace }: Machine): Promise<void> {
    await removeNamespace(namespace);
  }

  #ofSwitch(...args: readonly string[]): Promise<string> {
    return say('ip', '-n', this.#switch, ...args);
  }

  #newPort(): string {
    return `port${++this.#ports}`;
  }
}

export async function addNamespace(run: string, machine: string): Promise<string> {
  const namespace = `${PREFIX}${run}-${machine}`;
  await say('ip', 'netns', 'add', namespace);
  await say('ip', '-n', namespace, 'link', 'set', 'lo', 'up');
  // Else each card has a second address, which none of the faults would touch.
  await inNamespace(namespace, 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6');
  return namespace;
}

/** @param command fixed words, for a shell reads them */
async function inNamespace(namespace: string, command: string): Promise<void> {
  await say('ip', 'netns', 'exec', namespace, 'sh', '-c', command);
}

async function pidsIn(namespace: string): Promise<number[]> {
  const said = await say('ip', 'netns', 'pids', namespace);
  return said.split('\n').filter(Boolean).map(Number);
}

/** Ends what runs in a namespace, by its process ids, and removes it. */
async function removeNamespace(namespace: string): Promise<void> {
  for (const pid of await pidsIn(namespace)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  await say('ip', 'netns', 'del', namespace);
}

/** Removes what a run left: its own, and those of processes that are no more. */
export async function removeNamespaces(isOver: (run: string) => boolean): Promise<void> {
  const listed = (await say('ip', 'netns', 'list')).split('\n').map((line) => line.split(' ')[0] ?? '');
  for (const namespace of listed) {
    if (!namespace.startsWith(PREFIX)) continue;
    const [run = ''] = namespace.slice(PREFIX.length).split('-');
    if (isOver(run)) await removeNamespace(namespace);
  }
}
