/** Owns the quiet way from a browser to the app, in dialogs that tell what a browser leaves open: a line, and nothing that asks. */

import { formatAppLink } from '../../../main/common/e2ee/call-link.ts';
import type { Language } from '../../../main/common/translate.ts';
import { appOfferEn, appOfferRu } from '../../i18n/app-offer.ts';
import type { PageState } from '../page-state.ts';
import { type AppDevice, mayHaveApp } from '../shell/browser-support.ts';

export interface OfferContext {
  readonly state: PageState | null;
  readonly language: Language;
  readonly device: AppDevice;
}

const OFFER = 'app-offer';

/** Puts the line above the dialog's buttons, or takes away the one that stands there. */
export function offerApp(dialog: HTMLElement, context: OfferContext): void {
  dialog.querySelector(`.${OFFER}`)?.remove();
  const href = appLinkFor(context);
  if (href === null) return;
  const words = context.language === 'ru' ? appOfferRu : appOfferEn;
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
  if (!mayHaveApp(device)) return null;
  if (state === null || state.kind === 'no-link' || state.invite === null) return null;
  if (state.kind === 'room' && state.room.call !== 'out') return null;
  return formatAppLink(state.invite);
}
