/**
 * Owns the handshake of one socket: the page shows that it has a link, the host proves to be this room's, and the page that
 * its key is its own. Only who has a link costs the host more than some hashes.
 */

import { NONCE_BYTES, PROTOCOL_VERSIONS } from '../common/protocol/limits.ts';
import type { ClientMessage, ServerMessage } from '../common/protocol/messages.ts';
import { highestCommonVersion } from '../common/protocol/versions.ts';
import type { CloseReason } from '../room/room-events.ts';
import { farewellOf } from './connection.ts';
import type { Gate } from './gate.ts';
import type { HostKey, HostSocketSecrets } from './host-key.ts';
import { type ProvenLink, randomText, type TokenStore } from './token-store.ts';

export interface HandshakeSetup {
  readonly gate: Pick<Gate, 'owns'>;
  readonly tokens: Pick<TokenStore, 'check'>;
  readonly hostKey: HostKey;
  /** Those the host speaks; all of the program's if left out. */
  readonly versions?: readonly number[];
}

export type HandshakeStep =
  /** To be sent; from then on the page has to prove every message, and the host can. */
  | { readonly kind: 'challenged'; readonly challenge: ServerMessage; readonly secrets: HostSocketSecrets }
  | { readonly kind: 'admitted'; readonly provenLink: ProvenLink; readonly resume: string | null }
  | { readonly kind: 'refused'; readonly reason: CloseReason; readonly farewell: ServerMessage };

const refused = (reason: CloseReason, farewell = farewellOf(reason)): HandshakeStep => ({
  kind: 'refused',
  reason,
  farewell,
});

/** One for each socket; the first wrong message ends it. */
export class Handshake {
  readonly #setup: HandshakeSetup;
  /** With what the page said in its hello, once it is challenged. */
  #challenged: ProvenLink | null = null;

  constructor(setup: HandshakeSetup) {
    this.#setup = setup;
  }

  /** @param message after a challenge only with a good proof: that is what admits the page */
  handle(message: ClientMessage): HandshakeStep {
    const provenLink = this.#challenged;
    if (provenLink === null)
      return message.type === 'hello' ? this.#challenge(message) : refused('auth-required');
    if (message.type !== 'auth') return refused('auth-required');
    return { kind: 'admitted', provenLink, resume: message.resume ?? null };
  }

  /**
   * An address that is not the host's own gets no proof: whoever answers there passes on what the host says, and is to
   * have no way to be taken for it.
   */
  #challenge(hello: Extract<ClientMessage, { readonly type: 'hello' }>): HandshakeStep {
    const { gate, tokens, hostKey, versions = PROTOCOL_VERSIONS } = this.#setup;
    const provenLink = gate.owns(hello.address) ? tokens.check(hello) : null;
    if (provenLink === null) return refused('auth-failed');
    const version = highestCommonVersion(versions, hello.versions);
    if (version === null) return refused('version', { type: 'version', versions });
    const offer = { versions, version, nonce: randomText(NONCE_BYTES) };
    const secrets = hostKey.share(hello, provenLink.token, offer);
    if (secrets === null) return refused('auth-failed');
    this.#challenged = provenLink;
    const { publicKey: key } = hostKey;
    const challenge = { type: 'challenge', ...offer, key, proof: secrets.hostProof } as const;
    return { kind: 'challenged', challenge, secrets };
  }
}
