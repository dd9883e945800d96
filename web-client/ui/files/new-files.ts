/** Owns what is new among the files until somebody has seen it: offers, and what arrived; and the buttons that lead there. */

import type { FileTransfer } from '../../core/state/files-state.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { shortCount } from '../shell/page-title.ts';
import type { ViewContext } from '../shell/view-context.ts';
import type { FilesPlace } from './files-place.ts';

/** What the dock covers at the bottom of a window is not seen. */
const DOCK = '0px 0px -96px 0px';

export interface NewFilesContext extends Pick<ViewContext, 'document' | 't'> {
  /** How many offers, and files that arrived, nobody has seen, for the title. */
  readonly setUnseenFiles: (count: number) => void;
}

export class NewFiles {
  readonly #context: NewFilesContext;
  readonly #place: FilesPlace;
  /** Above the dock, where the entries are scrolled away, */
  readonly #jump: HTMLButtonElement;
  readonly #jumpText: HTMLElement;
  /** and in the head of a chat that lies over them. */
  readonly #inChat: HTMLButtonElement;
  readonly #inChatCount: HTMLElement;
  /** and beside the title, for those further down the list. */
  readonly #count: HTMLElement;
  readonly #section: HTMLElement;
  readonly #chatClose: HTMLButtonElement;
  readonly #observer: IntersectionObserver;
  readonly #inView = new Set<Element>();
  /** Entries by the files that are new in them. */
  readonly #unseen = new Map<string, HTMLElement>();
  #files: readonly FileTransfer[] = [];
  #inCall = false;

  constructor(context: NewFilesContext, place: FilesPlace) {
    const { document: root } = context;
    this.#context = context;
    this.#place = place;
    this.#jump = byId(root, 'files-jump', HTMLButtonElement);
    this.#jumpText = byId(root, 'files-jump-text', HTMLElement);
    this.#inChat = byId(root, 'chat-files', HTMLButtonElement);
    this.#inChatCount = byId(root, 'chat-files-count', HTMLElement);
    this.#count = byId(root, 'files-count', HTMLElement);
    this.#section = byId(root, 'files', HTMLElement);
    this.#chatClose = byId(root, 'chat-close', HTMLButtonElement);
    this.#observer = new IntersectionObserver((entries) => this.#handleView(entries), { rootMargin: DOCK });
    this.#observer.observe(this.#section);
    root.addEventListener('visibilitychange', () => this.#look());
    this.#jump.addEventListener('click', () => this.#lead());
    this.#inChat.addEventListener('click', () => {
      this.#chatClose.click();
      this.#lead();
    });
  }

  add(transfers: readonly FileTransfer[], elementOf: (transfer: FileTransfer) => HTMLElement | null): void {
    for (const transfer of transfers) {
      const element = elementOf(transfer);
      if (element === null) continue;
      this.#unseen.set(transfer.key, element);
      this.#observer.observe(element);
    }
    if (transfers.length > 0) this.#look();
  }

  /** Of a state, or of another place. */
  render(files: readonly FileTransfer[], inCall: boolean): void {
    this.#files = files;
    this.#inCall = inCall;
    const present = new Set(files.map(({ key }) => key));
    for (const [key, element] of this.#unseen) if (!present.has(key)) this.#forget(key, element);
    this.#look();
  }

  handleLanguage(): void {
    this.#draw();
  }

  #handleView(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#inView.add(target);
      else this.#inView.delete(target);
    }
    this.#look();
  }

  /** What is on a screen that somebody looks at is new no more. */
  #look(): void {
    if (this.#context.document.visibilityState === 'visible' && !this.#place.covered)
      for (const [key, element] of this.#unseen) if (this.#inView.has(element)) this.#forget(key, element);
    this.#draw();
  }

  #forget(key: string, element: HTMLElement): void {
    this.#unseen.delete(key);
    if ([...this.#unseen.values()].includes(element)) return;
    this.#observer.unobserve(element);
    this.#inView.delete(element);
  }

  #draw(): void {
    const { t, setUnseenFiles } = this.#context;
    const count = this.#unseen.size;
    setUnseenFiles(count);
    // Who sees the region needs no way to it; outside of the call there is no dock to stand above.
    setHidden(
      this.#jump,
      count === 0 || !this.#inCall || this.#place.covered || this.#inView.has(this.#section),
    );
    setText(this.#jumpText, count === 0 ? '' : t('file.show-new', { count }));
    setHidden(this.#inChat, this.#files.length === 0 || !this.#place.covered);
    const label = count === 0 ? t('file.show') : t('file.show-new', { count });
    setAttribute(this.#inChat, 'aria-label', label);
    setAttribute(this.#inChat, 'title', label);
    for (const badge of [this.#inChatCount, this.#count]) {
      setHidden(badge, count === 0);
      setText(badge, count === 0 ? '' : shortCount(count));
    }
  }

  /** To the first that is new, or else to all of them. */
  #lead(): void {
    const [first] = this.#unseen.values();
    const target =
      first?.querySelector<HTMLElement>('.file-name') ??
      byId(this.#context.document, 'files-title', HTMLElement);
    (first ?? target).scrollIntoView({ block: 'nearest' });
    target.focus({ preventScroll: true });
  }
}
