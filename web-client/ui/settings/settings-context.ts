/** Owns what the settings and the check before joining need from the page. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import type { MicrophonePreview } from './microphone-preview.ts';

export interface SettingsContext {
  readonly document: Document;
  readonly t: Translate<TextKey>;
  /** Of the texts of `t`, now. */
  readonly language: () => Language;
  readonly intents: Pick<PageIntents, 'retryMicrophone' | 'testSpeaker'>;
  readonly preferences: PreferenceStore;
  readonly look: MicrophonePreview;
  readonly keyNames: KeyNames;
  readonly announce: (text: TextKey) => void;
}
