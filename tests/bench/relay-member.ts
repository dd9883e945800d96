/** Owns how the load generator gets into a relay: at once into the bare one, by proof and name into the product's room. */

import { createSecretKey, randomBytes } from 'node:crypto';
import { parseServerMessage } from '../../main/common/protocol/codec.ts';
import { NONCE_BYTES, ROOM_NAME_BOX_BYTES } from '../../main/common/protocol/limits.ts';
import { randomText } from '../../main/server/token-store.ts';
import {
  referenceHello,
  referencePerson,
  referenceSocket,
  referenceTold,
} from '../support/crypto/reference-e2ee.ts';
import { LoadSocket } from './load-socket.ts';
import type { RelayProcess } from './relay-process.ts';

export interface RelayMember {
  readonly socket: LoadSocket;
  readonly id: string;
  /** Sends it, in the product's room with its proof. */
  say(text: string): void;
}

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

/** Proves with node's own synchronous hashes: a page's WebCrypto would be what saturates. */
async function enterProduct(port: number, join: boolean, tokenText: string): Promise<RelayMember> {
  const socket = await LoadSocket.open(port);
  const person = referencePerson();
  const token = Buffer.from(tokenText, 'base64url');
  const claim = { nonce: randomBytes(NONCE_BYTES), address: `http://127.0.0.1:${port}` };
  const id = person.id.toString('base64url');
  let prove = (text: string) => text;
  const say = (text: string) => socket.send(prove(text));
  await new Promise<void>((resolve, reject) => {
    socket.onText = (payload) => {
      const parsed = parseServerMessage(payload.toString());
      const message = parsed.ok ? parsed.value : null;
      if (message?.type === 'challenge') {
        const { told } = referenceSocket(
          person,
          token,
          claim,
          Buffer.from(message.key, 'base64url'),
          Buffer.from(message.nonce, 'base64url'),
          message,
        );
        const key = createSecretKey(told);
        let count = 0;
        prove = (text) => referenceTold(key, ++count, text);
        say(JSON.stringify({ type: 'auth' }));
      } else if (message?.type === 'hello') {
        if (join) say(JSON.stringify({ type: 'name', name: randomText(ROOM_NAME_BOX_BYTES) }));
        else resolve();
      } else if (message?.type === 'roster') {
        if (message.roster.some((entry) => entry.id === id)) resolve();
      } else reject(new Error(`the room answered with ${message?.type ?? 'something unknown'}`));
    };
    socket.start();
    socket.send(JSON.stringify(referenceHello(person, token, claim)));
  });
  return { socket, id, say };
}

/** The commonest message of a call, an ice, sas or ack box of the least size, to one person; the same for both relays. */
export function boxMessage(to: string): string {
  return JSON.stringify({ type: 'ice', to, box: BOX });
}

const BOX = randomText(298);
