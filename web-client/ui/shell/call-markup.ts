/** Owns the markup that only a call needs: asked for with the call, put where it belongs once. */

import { byId } from './dom.ts';

/** The file's address; the build puts it here (scripts/page-markup.mjs). */
declare const CALL_MARKUP: string;

export class CallMarkup {
  readonly #root: Document;
  readonly #load: (url: string) => Promise<Document>;
  #coming: Promise<void> | null = null;

  constructor(root: Document, load: (url: string) => Promise<Document>) {
    this.#root = root;
    this.#load = load;
  }

  /** Settles when it is there; rejects when the host's computer does not answer, and may be asked again. */
  come(): Promise<void> {
    this.#coming ??= this.#load(CALL_MARKUP).then(
      (markup) => this.#put(markup),
      (error: unknown) => {
        this.#coming = null;
        throw error;
      },
    );
    return this.#coming;
  }

  #put(markup: Document): void {
    const stage = byId(this.#root, 'stage', HTMLElement);
    const inRoom = markup.querySelector('main');
    stage.append(...(inRoom?.children ?? []));
    inRoom?.remove();
    for (const part of markup.querySelectorAll<HTMLElement>('[data-after]'))
      byId(this.#root, part.dataset.after ?? '', HTMLElement).after(part);
    this.#root.body.append(...markup.body.children);
  }
}

/**
 * A file of markup as a document of its own, whose scripts would not run. Parsed by the browser as it comes: a string
 * that becomes markup is what the page's policy forbids.
 */
export function fetchMarkup(url: string): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = 'document';
    request.addEventListener('load', () => {
      if (request.status === 200 && request.responseXML !== null) resolve(request.responseXML);
      else reject(new Error(`markup: ${request.status}`));
    });
    request.addEventListener('error', () => reject(new Error('markup: no answer')));
    request.open('GET', url);
    request.send();
  });
}
