/** Owns somebody in the room who has the link and keeps to no rule: real keys, real boxes, and any body to anybody. */

import { fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import { acceptRosterEntry } from '../../../main/common/e2ee/identity.ts';
import { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { PairState, PairTools } from '../../../main/common/e2ee/pair-state.ts';
import { PairStates } from '../../../main/common/e2ee/pair-states.ts';
import type { ProvenHost, SocketOpening } from '../../../main/common/e2ee/socket-opening.ts';
import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';
import { parseServerMessage } from '../../../main/common/protocol/codec.ts';
import { PROTOCOL_VERSIONS } from '../../../main/common/protocol/limits.ts';
import type { ClientMessage, RosterEntry } from '../../../main/common/protocol/messages.ts';
import { boxTools } from '../crypto/e2ee-tools.ts';
import type { FakeSocket } from '../wire/fake-socket.ts';
import { type CallWorld, ORIGIN } from './call-world.ts';

export class Intruder {
  readonly keyring: Keyring;
  readonly id: string;
  /** Bodies from the others, by their base64url id. */
  readonly got = new Map<string, StreamedBody[]>();
  onBody: (typed: StreamedBody, from: string) => void = () => {};
  roster: readonly RosterEntry[] = [];
  readonly #name: string;
  readonly #tools: PairTools;
  readonly #states: PairStates;
  readonly #socket: FakeSocket;
  readonly #opening: SocketOpening;
  /** null until it has proven itself. */
  #host: ProvenHost | null = null;
  #telling: Promise<void> = Promise.resolve();
  readonly #pairs = new Map<string, Promise<PairState>>();

  private constructor(
    world: CallWorld,
    name: string,
    tools: PairTools,
    keyring: Keyring,
    opening: SocketOpening,
  ) {
    this.#name = name;
    this.#tools = tools;
    this.#states = new PairStates(tools, keyring.own);
    this.#opening = opening;
    this.keyring = keyring;
    this.id = toBase64Url(keyring.identity.id);
    this.#socket = world.server.connect(`${ORIGIN.replace('https', 'wss')}/ws`);
    this.#socket.addEventListener('open', () => this.say(opening.hello));
    this.#socket.addEventListener('message', ({ data }) => void this.#handle(String(data)));
  }

  /** Joins; `fp` is what it announces, whoever's certificate that is, and `versions` what it says that it speaks. */
  static async join(
    world: CallWorld,
    name: string,
    fp: Uint8Array<ArrayBuffer>,
    versions = PROTOCOL_VERSIONS,
  ): Promise<Intruder> {
    const { crypto } = world.work;
    const tools = { ...boxTools, crypto, clock: world.time.clock, timers: world.time.timers };
    const keyring = await Keyring.create(tools, world.link.secret, fp, versions);
    const opening = await keyring.openSocket(world.link.token, ORIGIN);
    const intruder = new Intruder(world, name, tools, keyring, opening);
    await world.until(`${name} is in`, () => intruder.roster.some(({ id }) => id === intruder.id));
    return intruder;
  }

  /** The state of its pair with somebody in the roster; from now on bodies of theirs are read. */
  pair(id: string): Promise<PairState> {
    const known = this.#pairs.get(id);
    if (known !== undefined) return known;
    const made = this.#meet(id);
    this.#pairs.set(id, made);
    return made;
  }

  say(message: ClientMessage): void {
    const text = JSON.stringify(message);
    const host = this.#host;
    if (host === null) {
      this.#socket.send(text);
      return;
    }
    this.#telling = this.#telling.then(async () => {
      const frame = await host.prove(text);
      if (this.#socket.readyState === 1) this.#socket.send(frame);
    });
  }

  leave(): void {
    if (this.#host && this.#socket.readyState === 1) this.#socket.send(this.#host.bye);
    this.#socket.close(1000);
  }

  async #meet(id: string): Promise<PairState> {
    const entry = this.roster.find((candidate) => candidate.id === id);
    const identity = entry && (await acceptRosterEntry(this.#tools.crypto, entry));
    const pair = identity && (await this.#states.get(identity));
    if (!pair?.ok) throw new Error('nobody to meet');
    const { stream } = pair.value;
    stream.attach({
      onBody: (typed) => {
        this.got.set(id, [...(this.got.get(id) ?? []), typed]);
        this.onBody(typed, id);
      },
      onOpened: () => {},
      onDelivered: () => {},
      onGivenUp: () => {},
      onRefused: () => {},
      onExhausted: () => {},
    });
    stream.setPath('socket', (type, box) => this.say({ type, to: id, box: toBase64Url(box) }));
    stream.setPresent(true);
    stream.send('pair', { kind: 'name', name: this.#name, versions: this.keyring.own.versions });
    return pair.value;
  }

  async #handle(frame: string): Promise<void> {
    const parsed = parseServerMessage(frame);
    if (!parsed.ok) return;
    const message = parsed.value;
    if (message.type === 'challenge') {
      this.#host = await this.#opening.verifyHost(message);
      if (this.#host) this.say({ type: 'auth' });
    } else if (message.type === 'hello') {
      this.say({ type: 'name', name: toBase64Url(await this.keyring.sealName(this.#name)) });
    } else if (message.type === 'roster') {
      this.roster = message.roster;
    } else if ('box' in message) {
      const { stream } = await this.pair(message.from);
      await stream.receive('socket', message.type, fromBase64Url(message.box) ?? new Uint8Array());
    }
  }
}
