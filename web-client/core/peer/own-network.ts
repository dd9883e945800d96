/** Owns what the own ICE candidates tell of the network one is in: whether there is a private one, in which others may be met. */

import { Emitter } from '../../../main/common/emitter.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import { readNetworkAddress } from './network-address.ts';

interface OwnNetworkEvents {
  readonly private: null;
}

/**
 * One for all connections of a page: what the first learns holds for the others. Another page's private address means a
 * computer of this network, or of the provider's, whoever is meant; so it is nothing to one who has only public ones.
 * A browser that tells no address of its own, for it may not, leaves that open, and keeps what it would have met.
 */
export class OwnNetwork {
  readonly #events = new Emitter<OwnNetworkEvents>();
  #isPrivate = false;
  #toldPublic = false;

  get isPrivate(): boolean {
    return this.#isPrivate;
  }

  /** @param candidate the line (RFC 8839, section 5.1), empty or null at the end of the gathering */
  note(candidate: string | null): void {
    const [, , , , host = '', , , type = ''] = (candidate ?? '').split(' ');
    if (candidate === null || candidate === '') {
      if (!this.#toldPublic) this.#setPrivate();
    } else if (isSignOfPrivate(host, type)) this.#setPrivate();
    else this.#toldPublic = true;
  }

  /** The network may be another one now: the next candidates tell. */
  forget(): void {
    this.#isPrivate = false;
    this.#toldPublic = false;
  }

  /** @param listener called each time that a private network turns out to be there */
  onPrivate(listener: () => void): Disposable {
    return this.#events.on('private', listener);
  }

  #setPrivate(): void {
    if (this.#isPrivate) return;
    this.#isPrivate = true;
    this.#events.emit('private', null);
  }
}

/**
 * A name stands in the place of a local address (draft-ietf-mmusic-mdns-ice-candidates), and what a STUN server saw is told
 * where it differs from what the computer has (RFC 8445, section 5.1.3): a router stands between.
 */
function isSignOfPrivate(host: string, type: string): boolean {
  return type === 'srflx' || host.endsWith('.local') || readNetworkAddress(host)?.isPrivate === true;
}
