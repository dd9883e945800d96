/** Owns the Russian words of native menus and dialogs. */

import type { Message } from '../../common/translate.ts';
import type { nativeEn } from './en.ts';

export const nativeRu = {
  'quit.message': {
    one: 'В комнате {count} человек.',
    few: 'В комнате {count} человека.',
    many: 'В комнате {count} человек.',
    other: 'В комнате {count} человека.',
  },
  'quit.detail': 'Если закрыть Secret Call, звонок закончится для всех.',
  'quit.confirm': 'Завершить звонок',
  'quit.cancel': 'Остаться',
  'edit.cut': 'Вырезать',
  'edit.copy': 'Копировать',
  'edit.paste': 'Вставить',
} as const satisfies Record<keyof typeof nativeEn, Message>;
