/** Owns which catalogue native menus and dialogs speak from. */

import { createTranslator, type Language, type Translate } from '../../common/translate.ts';
import { nativeEn } from './en.ts';
import { nativeRu } from './ru.ts';

export type NativeTexts = Translate<keyof typeof nativeEn>;

export const nativeTexts: Readonly<Record<Language, NativeTexts>> = {
  en: createTranslator(nativeEn, 'en'),
  ru: createTranslator(nativeRu, 'ru'),
};
