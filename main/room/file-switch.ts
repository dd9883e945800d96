/** Owns the host's word on files: whether those inside may send any to each other, and who is told. */

import type { ServerMessage } from '../common/protocol/messages.ts';
import type { Members } from './members.ts';
import type { Outbox } from './outbox.ts';

export interface FileSwitchSetup {
  readonly allowed: boolean;
  readonly members: Members;
  readonly outbox: Outbox;
}

/** The server sees no file: it is the pages that send none and take none. */
export class FileSwitch {
  readonly #setup: FileSwitchSetup;
  #allowed: boolean;

  constructor(setup: FileSwitchSetup) {
    this.#setup = setup;
    this.#allowed = setup.allowed;
  }

  get allowed(): boolean {
    return this.#allowed;
  }

  /** What a page is told of it as it comes. */
  get inHello(): Pick<Extract<ServerMessage, { readonly type: 'hello' }>, 'files'> {
    return this.#allowed ? {} : { files: false };
  }

  /** Another run goes on, and nobody is here yet. */
  resume(allowed: boolean): void {
    this.#allowed = allowed;
  }

  /** To everybody who is here, and to whoever comes. */
  set(allowed: boolean): void {
    if (allowed === this.#allowed) return;
    this.#allowed = allowed;
    const { members, outbox } = this.#setup;
    const here = members.all().flatMap(({ socket }) => (socket === null ? [] : [socket]));
    if (here.length > 0) outbox.send(here, { type: 'files', allowed });
  }
}
