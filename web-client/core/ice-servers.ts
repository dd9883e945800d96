/** Owns which servers a connection asks for help: the host's, with a STUN server of the person's own in place of theirs. */

import type { IceServer } from '../../main/common/protocol/messages.ts';

/** What is set of an RTCIceServer. */
export interface PlainIceServer {
  urls: string;
  username?: string;
  credential?: string;
}

const IS_STUN = /^stuns?:/i;

/** @param ownStun `stun:name[:port]`; null: the host's are asked */
export function chosenIceServers(fromHost: readonly IceServer[], ownStun: string | null): PlainIceServer[] {
  const kept = ownStun === null ? fromHost : fromHost.filter(({ urls }) => !IS_STUN.test(urls));
  return [...(ownStun === null ? [] : [{ urls: ownStun }]), ...kept.map(plain)];
}

/** Members that are not set have to be absent, not undefined. */
function plain({ urls, username, credential }: IceServer): PlainIceServer {
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
