/** Owns the chat's context: what its parts are given by the page. */

import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import type { PageStorage } from '../preferences/browser-storage.ts';
import type { ViewContext } from '../shell/view-context.ts';

export interface ChatContext extends ViewContext {
  readonly intents: Pick<PageIntents, 'sendChat' | 'setChatReaction'>;
  /** For the emoji used last. */
  readonly storage: PageStorage;
  /** Settles when `t` has the texts of a call. */
  readonly loadTexts: () => Promise<void>;
  readonly playCue: (cue: 'message' | 'mention') => void;
  /** Somebody mentions oneself, by this name and in these words; for who brings the page. */
  readonly tellMention: (name: string | null, text: string) => void;
  readonly announce: (text: TextKey, name?: string | null) => void;
  /** How many messages nobody has seen, for the title, where the page itself is not visible. */
  readonly setUnseen: (count: number) => void;
}
