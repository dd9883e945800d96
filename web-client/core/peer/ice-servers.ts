/** Owns which ICE servers a connection asks: the host's, with a STUN server of the person's own in place of theirs. */

import { isIceServer } from '../../../main/common/protocol/ice-server.ts';
import type { IceServer } from '../../../main/common/protocol/messages.ts';
import type { PlainIceServer } from '../browser-api.ts';
import type { LeftOutServer } from '../state/session-events.ts';

const IS_STUN = /^stuns?:/i;

/** One server that a browser does not take has it refuse them all: such a one is left out, which is told once. */
export class IceServerChoice {
  readonly #onLeftOut: (server: LeftOutServer) => void;
  readonly #leftOut = new Set<string>();
  #fromHost: readonly IceServer[] = [];
  #ownStun: string | null = null;

  /** @param onLeftOut told once for each address */
  constructor(onLeftOut: (server: LeftOutServer) => void) {
    this.#onLeftOut = onLeftOut;
  }

  /** What a connection is given from now on. */
  get chosen(): PlainIceServer[] {
    const own = this.#ownStun;
    const fromHost = own === null ? this.#fromHost : this.#fromHost.filter(({ urls }) => !IS_STUN.test(urls));
    const all = [...(own === null ? [] : [{ urls: own }]), ...fromHost.map(plain)];
    return all.filter(({ urls }) => !this.#leftOut.has(urls));
  }

  handleHost(servers: readonly IceServer[]): void {
    this.#fromHost = servers.filter(isIceServer);
    for (const server of servers) if (!isIceServer(server)) this.leaveOut(server);
  }

  /** The browser does not take it. */
  leaveOut({ urls: url }: Pick<IceServer, 'urls'>): void {
    if (this.#leftOut.has(url)) return;
    this.#leftOut.add(url);
    this.#onLeftOut({ url, own: url === this.#ownStun });
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
