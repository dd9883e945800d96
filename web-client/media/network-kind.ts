/** Owns telling that the network is of another kind now: a telephone left the wireless one, and no event says that any was lost. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { NetworkKindPort } from '../core/call/call-deps.ts';

/** `navigator.connection`, where there is one; `type` on telephones only (W3C Network Information API). */
export interface NetworkInformationLike
  extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly type?: string;
}

export class NetworkKind implements NetworkKindPort {
  readonly #information: NetworkInformationLike | undefined;

  constructor(information: NetworkInformationLike | undefined) {
    this.#information = information;
  }

  onChange(listener: () => void): Disposable {
    const information = this.#information;
    let type = information?.type;
    // It changes, too, with how fast that network seems to be.
    const handleChange = () => {
      if (information?.type === type) return;
      type = information?.type;
      listener();
    };
    information?.addEventListener('change', handleChange);
    return toDisposable(() => information?.removeEventListener('change', handleChange));
  }
}
