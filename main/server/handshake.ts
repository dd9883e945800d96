/**
 * Owns how one socket gets in: the page shows that it has a link, the host proves to be this room's, and the page that
 * its key is its own. Only who has a link costs the host more than some hashes.
 */

import { NONCE_BYTES, PROTOCOL_VERSION } from '../common/protocol/limits.ts';
import type { ClientMessage, ServerMessage } from '../common/protocol/messages.ts';
import type { CloseReason } from '../room/room-events.ts';
import type { Gate } from './gate.ts';
import type { HostKey, HostSocketSecrets } from './host-key.ts';
import { type ProvenLink, randomText, type TokenStore } from './token-store.ts';

export interface HandshakeSetup {
  readonly gate: Pick<Gate, 'owns'>;
  readonly invites: Pick<TokenStore, 'check'>;
  readonly hostKey: HostKey;
}

export type HandshakeStep =
  /** To be told; whatever is said after it can be proven. */
  | { readonly kind: 'challenged'; readonly challenge: ServerMessage; readonly secrets: HostSocketSecrets }
  | { readonly kind: 'admitted'; readonly admission: ProvenLink; readonly resume: string | null }
  | { readonly kind: 'refused'; readonly reason: CloseReason };

const refused = (reason: CloseReason): HandshakeStep => ({ kind: 'refused', reason });

/** One for each socket; the first wrong word ends it. */
export class Handshake {
  readonly #setup: HandshakeSetup;
  #challenged: { readonly admission: ProvenLink; readonly secrets: HostSocketSecrets } | null = null;

  constructor(setup: HandshakeSetup) {
    this.#setup = setup;
  }

  take(message: ClientMessage): HandshakeStep {
    const challenged = this.#challenged;
    if (challenged === null) return message.type === 'hello' ? this.#meet(message) : refused('auth-required');
    if (message.type !== 'auth') return refused('auth-required');
    if (!challenged.secrets.isPageProof(message.proof)) return refused('auth-failed');
    return { kind: 'admitted', admission: challenged.admission, resume: message.resume ?? null };
  }

  /**
   * An address that is not the host's own gets no proof: whoever answers there passes on what the host says, and is to
   * have no way to be taken for it.
   */
  #meet(hello: Extract<ClientMessage, { readonly type: 'hello' }>): HandshakeStep {
    const { gate, invites, hostKey } = this.#setup;
    const admission = gate.owns(hello.address) ? invites.check(hello) : null;
    if (admission === null) return refused('auth-failed');
    const nonce = randomText(NONCE_BYTES);
    const secrets = hostKey.share(hello, admission.token, nonce);
    if (secrets === null) return refused('auth-failed');
    this.#challenged = { admission, secrets };
    const { publicKey: key } = hostKey;
    const proof = secrets.hostProof;
    return {
      kind: 'challenged',
      challenge: { type: 'challenge', protocol: PROTOCOL_VERSION, key, nonce, proof },
      secrets,
    };
  }
}
