/** Owns the words of native menus and dialogs, in both languages. */

import { createTranslator, type Language, type Message, type Translate } from '../common/translate.ts';

const nativeEn = {
  'quit.message': {
    one: 'There is {count} person in the room.',
    other: 'There are {count} people in the room.',
  },
  'quit.detail': 'If you close Secret Call, the call ends for everyone.',
  'quit.confirm': 'End the call',
  'quit.cancel': 'Stay',
  'leave.message': 'Leave the call you are in?',
  'leave.detail': 'The others go on without you.',
  'leave.confirm': 'Leave',
  'edit.cut': 'Cut',
  'edit.copy': 'Copy',
  'edit.paste': 'Paste',
} as const satisfies Record<string, Message>;

const nativeRu = {
  'quit.message': {
    one: 'В комнате {count} человек.',
    few: 'В комнате {count} человека.',
    many: 'В комнате {count} человек.',
    other: 'В комнате {count} человека.',
  },
  'quit.detail': 'Если закрыть Secret Call, звонок закончится для всех.',
  'quit.confirm': 'Завершить звонок',
  'quit.cancel': 'Остаться',
  'leave.message': 'Выйти из звонка?',
  'leave.detail': 'Остальные продолжат без вас.',
  'leave.confirm': 'Выйти',
  'edit.cut': 'Вырезать',
  'edit.copy': 'Копировать',
  'edit.paste': 'Вставить',
} as const satisfies Record<keyof typeof nativeEn, Message>;

export type NativeTexts = Translate<keyof typeof nativeEn>;

export const nativeTexts: Readonly<Record<Language, NativeTexts>> = {
  en: createTranslator(nativeEn, 'en'),
  ru: createTranslator(nativeRu, 'ru'),
};
