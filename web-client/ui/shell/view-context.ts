/** Owns the view context: what the page gives those of its views that come with a chunk of their own. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { Language, Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { Overlays } from './overlays.ts';

export interface ViewContext {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  /** Of the texts of `t`, now. */
  readonly language: () => Language;
  readonly timers: TimersLike;
  readonly overlays: Overlays;
}
