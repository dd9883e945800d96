/** Owns a guest without a browser: it proves itself at a host's real socket and joins under a sealed name. */

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { toBase64Url } from '../../../main/common/bytes.ts';
import { parseFragment } from '../../../main/common/e2ee/invite-link.ts';
import { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { ProvenHost } from '../../../main/common/e2ee/socket-opening.ts';
import { parseServerMessage } from '../../../main/common/protocol/codec.ts';
import { FINGERPRINT_BYTES } from '../../../main/common/protocol/limits.ts';
import type { ClientMessage, ServerMessage } from '../../../main/common/protocol/messages.ts';
import { nodeCrypto, randomBytes, textCoder } from '../crypto/e2ee-tools.ts';
import { BROWSER_AGENT } from './wire-page.ts';

type Named<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

export class SocketGuest {
  readonly #socket: WebSocket;
  readonly #keyring: Keyring;
  readonly #messages: ServerMessage[] = [];
  readonly #waiting = new Set<() => void>();
  #host: ProvenHost | null = null;
  #resume: string | null = null;
  /** Who was in when the host let it in. */
  rosterAtHello: readonly string[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket, keyring: Keyring) {
    this.#socket = socket;
    this.#keyring = keyring;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => {
      const message = parseServerMessage(String(data));
      if (!message.ok) throw new Error('the server sent something else');
      this.#messages.push(message.value);
      for (const check of [...this.#waiting]) check();
    });
  }

  /**
   * Opens the invite and proves itself, like a page on load; rejects with the close code if it is not let in.
   * @param former the same page on its last socket: it takes no other host for the room's
   */
  static async open(invite: string, former: SocketGuest | null = null): Promise<SocketGuest> {
    const { hash, host, origin } = new URL(invite);
    const link = parseFragment(hash);
    if (link === null) throw new Error('no invite');
    const keyring = former
      ? former.#keyring
      : await Keyring.create(
          { crypto: nodeCrypto, text: textCoder },
          link.secret,
          randomBytes(FINGERPRINT_BYTES),
        );
    const socket = new WebSocket(`ws://${host}/ws`, { origin, headers: { 'user-agent': BROWSER_AGENT } });
    const guest = new SocketGuest(socket, keyring);
    await once(socket, 'open');
    const refused = guest.closed.then((code) => Promise.reject(new Error(`closed with ${code}`)));
    const opening = await keyring.openSocket(link.token, origin);
    guest.#send(opening.hello);
    const challenge = await Promise.race([guest.next('challenge'), refused]);
    const proven = await opening.verifyHost(challenge);
    if (proven === null || (former !== null && proven.key !== former.#hostKey))
      throw new Error('not the room’s host');
    guest.#host = proven;
    await guest.#tell({
      type: 'auth',
      ...(former !== null && former.#resume !== null && { resume: former.#resume }),
    });
    const { resume, roster } = await Promise.race([guest.next('hello'), refused]);
    guest.#resume = resume;
    guest.rosterAtHello = roster.map(({ id }) => id);
    return guest;
  }

  /** Opens the invite, joins, and resolves once it is in the roster. */
  static async enter(invite: string, name: string): Promise<SocketGuest> {
    const guest = await SocketGuest.open(invite);
    await guest.join(name);
    const isIn = async (): Promise<boolean> =>
      (await guest.next('roster')).roster.some(({ id }) => id === guest.id);
    while (!(await isIn()));
    return guest;
  }

  get #hostKey(): string | undefined {
    return this.#host?.key;
  }

  get id(): string {
    return toBase64Url(this.#keyring.identity.id);
  }

  async join(name: string): Promise<void> {
    await this.#tell({ type: 'name', name: toBase64Url(await this.#keyring.sealName(name)) });
  }

  leave(): Promise<void> {
    return this.#tell({ type: 'leave' });
  }

  /** The first message of that type, past or to come, that was not yet taken. */
  next<Type extends ServerMessage['type']>(type: Type): Promise<Named<Type>> {
    const isWanted = (message: ServerMessage): message is Named<Type> => message.type === type;
    return new Promise((resolve) => {
      const check = () => {
        const index = this.#messages.findIndex(isWanted);
        const found = this.#messages[index];
        if (found === undefined || !isWanted(found)) return;
        this.#messages.splice(index, 1);
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** As a browser does when its tab is closed (RFC 6455, section 7.4.1: going away). */
  async closeTab(): Promise<void> {
    if (this.#host) this.#socket.send(this.#host.bye);
    this.#socket.close(1001);
    await this.closed;
  }

  async #tell(message: ClientMessage): Promise<void> {
    if (this.#host) this.#socket.send(await this.#host.prove(JSON.stringify(message)));
  }

  #send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }
}
