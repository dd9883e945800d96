/** Owns how the load generator gets into a relay: at once into the bare one, by proof and name into the product's room. */

import { randomBytes } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '../../main/common/bytes.ts';
import { Keyring } from '../../main/common/e2ee/keyring.ts';
import type { ProvenHost } from '../../main/common/e2ee/socket-opening.ts';
import { parseServerMessage } from '../../main/common/protocol/codec.ts';
import { FINGERPRINT_BYTES, SECRET_BYTES } from '../../main/common/protocol/limits.ts';
import { nodeCrypto, textCoder } from '../support/crypto/e2ee-tools.ts';
import { LoadSocket } from './load-socket.ts';
import type { RelayProcess } from './relay-process.ts';

export interface RelayMember {
  readonly socket: LoadSocket;
  readonly id: string;
  /** Sends it, in the product's room with its proof. */
  say(text: string): void;
}

const secret = new Uint8Array(randomBytes(SECRET_BYTES));

/** Opens a proven socket; with `join` it also takes a place, which only as many can do as the room is large. */
export function enter(relay: RelayProcess, port: number, join: boolean): Promise<RelayMember> {
  return relay.kind === 'bare' ? enterBare(port, join) : enterProduct(port, join, relay.token);
}

async function enterBare(port: number, join: boolean): Promise<RelayMember> {
  const socket = await LoadSocket.open(port);
  if (!join) {
    socket.start();
    return { socket, id: '', say: (text) => socket.send(text) };
  }
  const id = new Promise<string>((resolve) => {
    socket.onText = (payload) => resolve((JSON.parse(payload.toString()) as { id: string }).id);
  });
  socket.start();
  socket.send(JSON.stringify({ join: true }));
  return { socket, id: await id, say: (text) => socket.send(text) };
}

async function enterProduct(port: number, join: boolean, token: string): Promise<RelayMember> {
  const keyring = await Keyring.create(
    { crypto: nodeCrypto, text: textCoder },
    secret,
    new Uint8Array(randomBytes(FINGERPRINT_BYTES)),
  );
  const { id } = keyring.identity;
  const opening = await keyring.openSocket(binary(token), `http://127.0.0.1:${port}`);
  const socket = await LoadSocket.open(port);
  let proven: ProvenHost | null = null;
  let telling: Promise<void> = Promise.resolve();
  const say = (text: string) => {
    telling = telling.then(async () => socket.send((await proven?.prove(text)) ?? text));
  };
  await new Promise<void>((resolve, reject) => {
    socket.onText = (payload) => {
      const parsed = parseServerMessage(payload.toString());
      const message = parsed.ok ? parsed.value : null;
      if (message?.type === 'challenge') {
        void opening.verifyHost(message).then((host) => {
          socket.send(JSON.stringify({ type: 'auth', proof: host?.answer }));
          proven = host;
        });
      } else if (message?.type === 'hello') {
        if (!join) resolve();
        else
          void keyring
            .sealName('Load')
            .then((box) => say(JSON.stringify({ type: 'name', name: toBase64Url(box) })));
      } else if (message?.type === 'roster') {
        if (message.roster.some((entry) => entry.id === toBase64Url(id))) resolve();
      } else reject(new Error(`the room answered with ${message?.type ?? 'something unknown'}`));
    };
    socket.start();
    socket.send(JSON.stringify(opening.hello));
  });
  return { socket, id: toBase64Url(id), say };
}

function binary(value: string) {
  const bytes = fromBase64Url(value);
  if (bytes === null) throw new Error('not base64url');
  return bytes;
}

/** The commonest message of a call, an ice, sas or ack box of the least size, to one person; the same for both relays. */
export function boxMessage(to: string): string {
  return JSON.stringify({ type: 'ice', to, box: BOX });
}

const BOX = toBase64Url(new Uint8Array(randomBytes(298)));
