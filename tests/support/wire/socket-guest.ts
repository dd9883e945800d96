/** Owns a guest without a browser: it proves itself, takes a place under a name, and can be seen in the room. */

import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { toBase64Url } from '../../../main/common/bytes.ts';
import { parseFragment } from '../../../main/common/e2ee/invite-link.ts';
import { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { ProvenHost } from '../../../main/common/e2ee/socket-opening.ts';
import { FINGERPRINT_BYTES } from '../../../main/common/protocol/limits.ts';
import type { ServerMessage } from '../../../main/common/protocol/messages.ts';
import { parseServerMessage } from '../../../main/common/protocol/parse.ts';
import { nodeCrypto, textCoder } from '../crypto/e2ee-tools.ts';

const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36';

export interface SocketGuest {
  /** Leaves as a closed tab does. */
  leave(): Promise<void>;
  /** Resolves with the close code once the socket has ended. */
  readonly closed: Promise<number>;
}

/** Comes into the room of an invite on this computer and resolves once it has its place; rejects with the code of a refusal. */
export async function joinAsGuest(invite: string, name: string): Promise<SocketGuest> {
  const { origin, host, hash } = new URL(invite);
  const link = parseFragment(hash);
  if (!link) throw new Error('the invite has no secret');
  const keyring = await Keyring.create(
    {
      crypto: nodeCrypto,
      text: textCoder,
      clock: () => performance.now(),
      timers: { setTimeout, clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout) },
    },
    link.secret,
    new Uint8Array(randomBytes(FINGERPRINT_BYTES)),
  );
  const { id } = keyring.identity;
  const opening = await keyring.openSocket(link.token, origin);
  const socket = new WebSocket(`ws://${host}/ws`, { headers: { origin, 'user-agent': BROWSER } });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));

  let proven: ProvenHost | null = null;
  const answerTo = async (message: ServerMessage): Promise<string | null> => {
    if (message.type === 'challenge') {
      proven = await opening.meet(message);
      if (proven === null) throw new Error('not the room’s host');
      return JSON.stringify({ type: 'auth', proof: proven.answer });
    }
    if (message.type !== 'hello' || proven === null) return null;
    return proven.tell(JSON.stringify({ type: 'name', name: toBase64Url(await keyring.sealName(name)) }));
  };
  socket.once('open', () => socket.send(JSON.stringify(opening.hello)));
  await new Promise<void>((resolve, reject) => {
    socket.on('message', (data) => {
      const message = parseServerMessage(data.toString());
      if (!message.ok) return reject(new Error('not a server message'));
      const { value } = message;
      if (value.type === 'error') return reject(new Error(value.code));
      if (value.type === 'full') return reject(new Error(value.type));
      if (value.type === 'roster' && value.roster.some((entry) => entry.id === toBase64Url(id))) resolve();
      answerTo(value).then((answer) => answer && socket.send(answer), reject);
    });
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed ${code}`)));
  });
  return {
    closed,
    async leave() {
      if (proven) socket.send(proven.bye);
      socket.close(1000);
      await closed;
    },
  };
}
