/** Owns putting the emoji picker together with the browser's database, network and canvas: all that comes on first use. */

import Database from 'emoji-picker-element/database';
import type { Language } from '../../../main/common/translate.ts';
import { createTextProbe, DrawableEmoji } from './drawable.ts';
import { EmojiPanel, type EmojiPanelOptions } from './emoji-panel.ts';
import { openEmojiStore } from './emoji-store.ts';

/** Where the build has put the emoji of each language (scripts/emoji-data.mjs). */
declare const EMOJI_FILES: Readonly<Record<Language, string>>;

export interface EmojiAssemblyOptions extends Omit<EmojiPanelOptions, 'openStore' | 'createDrawable'> {
  /** Of the emoji's names. */
  readonly language: Language;
}

export function createEmojiPanel({ language, ...options }: EmojiAssemblyOptions): EmojiPanel {
  const { document: root, timers } = options;
  const dataSource = EMOJI_FILES[language];
  return new EmojiPanel({
    ...options,
    openStore: () =>
      openEmojiStore({
        openDatabase: () => new Database({ dataSource, locale: language }),
        fetchFile: async () => {
          const answer = await fetch(dataSource);
          if (!answer.ok) throw new Error('no answer');
          return answer.json();
        },
        timers,
      }),
    createDrawable: () => {
      const family = getComputedStyle(root.documentElement).getPropertyValue('--font-emoji');
      return new DrawableEmoji(createTextProbe(root, family || 'sans-serif'));
    },
  });
}
