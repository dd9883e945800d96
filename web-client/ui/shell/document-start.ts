/** Owns what the document brings to the page: its first picture, its texts, and what was pressed before there was a script (early.ts). */

import type { TimersLike } from '../../../main/common/platform.ts';
import { chooseLanguage, type Language } from '../../../main/common/translate.ts';
import type { StartTexts } from '../../i18n/en.ts';
import { byId } from './dom.ts';
import type { NextFrame } from './render-scheduler.ts';

export interface FirstPaintOptions {
  /** Whether the browser has shown anything of the document. */
  readonly painted: () => boolean;
  readonly nextFrame: NextFrame;
  readonly timers: TimersLike;
}

/**
 * Calls back when the document's first frame is made, or shown already. On a fast network the script is there sooner, and all that it does would
 * put that picture off, in which one can press already.
 */
export function afterFirstPaint(start: () => void, { painted, nextFrame, timers }: FirstPaintOptions): void {
  if (painted()) start();
  // A frame is drawn after those who asked for it were called.
  else nextFrame(() => timers.setTimeout(start, 0));
}

/** What the document itself says, so that the page need not ask for it. */
export interface DocumentTexts {
  readonly language: Language;
  readonly start: StartTexts;
}

/** The build wrote them there (scripts/page-documents.mjs): they are as much the page's own as this code. */
export function readDocumentTexts(root: Document): DocumentTexts {
  const start: StartTexts = JSON.parse(byId(root, 'texts', HTMLScriptElement).text);
  return { language: chooseLanguage([root.documentElement.lang]), start };
}

/** Called when every view listens; what it gives back, when they show their first state, presses again what was pressed. */
export function takeOver(root: Document): () => void {
  const { dataset } = root.documentElement;
  dataset.running = '';
  delete dataset.trouble;
  root.getElementById('trouble')?.remove();
  const pressed = dataset.pressed?.trim().split(' ') ?? [];
  delete dataset.pressed;
  return () => {
    for (const id of pressed) {
      const button = root.getElementById(id);
      button?.removeAttribute('aria-busy');
      button?.click();
    }
  };
}
