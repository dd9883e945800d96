/** Owns the form that takes a whole link by hand: of this page's own address, and in the app of any. */

import type { Translate } from '../../../main/common/translate.ts';
import type { EndReason } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import { endOf, type PageState } from '../page-state.ts';
import { isInstalled } from '../shell/browser-support.ts';
import { byId, setAttribute, setHidden, setText } from '../shell/dom.ts';
import { type PastedLink, readPastedLink } from './pasted-link.ts';

/** After these ends another link helps. */
const WAY_ON: readonly EndReason[] = ['host-ended', 'kicked', 'link-refused'];

/** How a whole link is asked for. */
const CUT = { title: 'paste.title', text: 'paste.text' } as const;
const CHANGED = { title: 'paste.changed-title', text: 'paste.changed-text' } as const;
const WELCOME = { title: 'paste.welcome', text: 'paste.welcome-text' } as const;

/** Takes a text with a link in it, and tells whether it is one to follow. */
export type JoinElsewhere = (text: string) => Promise<boolean>;

export class PasteView {
  readonly #t: Translate<TextKey>;
  readonly #intents: PageIntents;
  readonly #origin: string;
  readonly #joinElsewhere: JoinElsewhere | null;
  readonly #installed: boolean;
  readonly #section: HTMLElement;
  readonly #title: HTMLElement;
  readonly #text: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #problem: HTMLElement;
  readonly #elsewhere: HTMLElement;
  readonly #elsewhereLink: HTMLAnchorElement;

  constructor(
    root: Document,
    t: Translate<TextKey>,
    intents: PageIntents,
    origin: string,
    joinElsewhere: JoinElsewhere | null,
  ) {
    this.#joinElsewhere = joinElsewhere;
    this.#installed = isInstalled(root);
    this.#t = t;
    this.#intents = intents;
    this.#origin = origin;
    this.#section = byId(root, 'paste', HTMLElement);
    this.#title = byId(root, 'paste-title', HTMLElement);
    this.#text = byId(root, 'paste-text', HTMLElement);
    this.#input = byId(root, 'paste-input', HTMLInputElement);
    this.#problem = byId(root, 'paste-problem', HTMLElement);
    this.#elsewhere = byId(root, 'paste-elsewhere', HTMLElement);
    this.#elsewhereLink = root.createElement('a');
    this.#elsewhereLink.rel = 'noreferrer noopener';
    this.#elsewhere.append(this.#elsewhereLink);

    this.#input.addEventListener('input', () => this.#clear());
    byId(root, 'paste-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#open();
    });
  }

  render(state: PageState): void {
    const missing = state.kind === 'no-link';
    const end = endOf(state);
    setHidden(this.#section, !(missing || (end !== null && WAY_ON.includes(end))));
    const changed = missing && state.problem === 'changed';
    const asked = changed ? CHANGED : this.#installed ? WELCOME : CUT;
    setText(this.#title, this.#t(missing ? asked.title : 'paste.again'));
    setText(this.#text, this.#t(asked.text));
    this.#title.classList.toggle('title-small', !missing);
    setHidden(this.#text, !missing);
  }

  #open(): void {
    this.#clear();
    const pasted = readPastedLink(this.#input.value, this.#origin);
    if (pasted.kind === 'here') {
      this.#input.value = '';
      this.#intents.openLink(pasted.link);
      return;
    }
    // Whole as it was pasted: the app reads more of a link than this page does, and other links besides.
    if (this.#joinElsewhere !== null && (pasted.kind === 'elsewhere' || pasted.kind === 'not-a-link'))
      void this.#goElsewhere(this.#joinElsewhere, this.#input.value);
    else this.#refuse(pasted);
  }

  async #goElsewhere(join: JoinElsewhere, text: string): Promise<void> {
    if (!(await join(text))) this.#refuse({ kind: 'not-a-link' });
  }

  #refuse(pasted: Exclude<PastedLink, { kind: 'here' }>): void {
    setAttribute(this.#input, 'aria-invalid', 'true');
    setText(this.#problem, this.#t(`paste.${pasted.kind}`));
    if (pasted.kind === 'elsewhere') {
      this.#elsewhereLink.href = pasted.href;
      setText(this.#elsewhereLink, pasted.host);
      setHidden(this.#elsewhere, false);
    } else this.#input.focus();
  }

  #clear(): void {
    setAttribute(this.#input, 'aria-invalid', null);
    setText(this.#problem, '');
    setHidden(this.#elsewhere, true);
    this.#elsewhereLink.removeAttribute('href');
  }
}
