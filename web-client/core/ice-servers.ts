/** Owns which servers a connection asks for help: the host's, with a STUN server of the person's own in place of theirs. */

import type { IceServer } from '../../main/common/protocol/messages.ts';

/** What is set of an RTCIceServer. */
export interface PlainIceServer {
  urls: string;
  username?: string;
  credential?: string;
}

const IS_STUN = /^stuns?:/i;

export class IceServerChoice {
  #fromHost: readonly IceServer[] = [];
  #ownStun: string | null = null;

  /** What a connection is given from now on. */
  get chosen(): PlainIceServer[] {
    const own = this.#ownStun;
    if (own === null) return this.#fromHost.map(plain);
    return [{ urls: own }, ...this.#fromHost.filter(({ urls }) => !IS_STUN.test(urls)).map(plain)];
  }

  handleHost(servers: readonly IceServer[]): void {
    this.#fromHost = servers;
  }

  /** @param url `stun:name[:port]`; null: the host's are asked. Returns whether that is a change. */
  setOwnStun(url: string | null): boolean {
    const changed = url !== this.#ownStun;
    this.#ownStun = url;
    return changed;
  }
}

/** Members that are not set have to be absent, not undefined. */
function plain({ urls, username, credential }: IceServer): PlainIceServer {
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
