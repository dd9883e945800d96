/** Owns telling whether the page can be seen. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { VisibilityPort } from '../core/audio/ports.ts';

/** The part of Document that is used. */
export type VisibleDocument = Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>;

export class Visibility implements VisibilityPort {
  readonly #document: VisibleDocument;

  constructor(document: VisibleDocument) {
    this.#document = document;
  }

  get hidden(): boolean {
    return this.#document.visibilityState === 'hidden';
  }

  onChange(listener: () => void): Disposable {
    this.#document.addEventListener('visibilitychange', listener);
    return toDisposable(() => this.#document.removeEventListener('visibilitychange', listener));
  }
}
