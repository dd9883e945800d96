/** Owns the chat's context: what its parts are given by the page. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { Language, Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import type { PageStorage } from '../preferences/browser-storage.ts';
import type { Overlays } from '../shell/overlays.ts';

export interface ChatContext {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  /** Of the texts of `t`, now. */
  readonly language: () => Language;
  readonly intents: Pick<PageIntents, 'sendChat' | 'setChatReaction'>;
  /** For the emoji used last. */
  readonly storage: PageStorage;
  readonly timers: TimersLike;
  /** Settles when `t` has the texts of a call. */
  readonly loadTexts: () => Promise<void>;
  readonly overlays: Overlays;
  readonly playCue: (cue: 'message' | 'mention') => void;
  readonly announce: (text: TextKey, name?: string | null) => void;
  /** How many messages nobody has seen, for the title, where the page itself is not visible. */
  readonly setUnseen: (count: number) => void;
}
