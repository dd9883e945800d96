/** Owns the quiet way from a browser to the app, in dialogs that tell what a browser leaves open: a line, and nothing that asks. */

import { formatAppLink } from '../../../main/common/e2ee/call-link.ts';
import type { Language } from '../../../main/common/translate.ts';
import type { PageState } from '../page-state.ts';

/** What tells whether there can be an app, as `navigator` does. */
export type OfferDevice = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

export interface OfferContext {
  readonly state: PageState | null;
  readonly language: Language;
  readonly device: OfferDevice;
}

const OFFER = 'app-offer';

/** Phones and tablets have no app; an iPad calls itself a Macintosh, but no Macintosh is touched. */
const HANDHELD = /Android|iPhone|iPad|Mobi/;

/** Two sentences that only this file needs, and that come with it. */
const WORDS: Readonly<Record<Language, { readonly question: string; readonly open: string }>> = {
  en: {
    question:
      'Is the Secret Call app on this device? It brings its own code, which nobody on the way can alter.',
    open: 'Open in the app',
  },
  ru: {
    question:
      'На этом устройстве есть программа Secret Call? Её код приходит вместе с ней, и по дороге его никто не подменит.',
    open: 'Открыть в программе',
  },
};

/** Puts the line above the dialog's buttons, or takes away the one that stands there. */
export function offerApp(dialog: HTMLElement, context: OfferContext): void {
  dialog.querySelector(`.${OFFER}`)?.remove();
  const href = appLinkFor(context);
  if (href === null) return;
  const words = WORDS[context.language];
  const { ownerDocument } = dialog;
  const link = ownerDocument.createElement('a');
  Object.assign(link, { href, textContent: words.open, rel: 'noreferrer noopener' });
  // A browser that knows no app says so in that place, and the page stays.
  link.target = '_blank';
  const line = ownerDocument.createElement('p');
  line.className = `soft elsewhere ${OFFER}`;
  line.append(`${words.question} `, link);
  dialog.querySelector('.dialog-buttons')?.before(line);
}

/** The same call in the app; null where there is none, and in a call, which one would then be in twice. */
export function appLinkFor({ state, device }: OfferContext): string | null {
  const { userAgent, maxTouchPoints } = device;
  if (HANDHELD.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)) return null;
  if (state === null || state.kind === 'no-link' || state.invite === null) return null;
  if (state.kind === 'room' && state.room.call !== 'out') return null;
  return formatAppLink(state.invite);
}
