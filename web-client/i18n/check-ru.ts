/** Owns the Russian texts of what is asked before joining, and of what is there before the settings are loaded. */

import type { Message } from '../../main/common/translate.ts';
import type { CheckKey } from './check-en.ts';

export const checkRu = {
  'manner.title': 'Как войти',
  'manner.talk': 'С голосом',
  'manner.muted': 'Молча',
  'manner.listen': 'Слушать',
  'manner.talk.text': 'Браузер спросит разрешение на микрофон.',
  'manner.talk-key.text':
    'Вас слышно, пока вы держите клавишу «{key}». Браузер спросит разрешение на микрофон.',
  'manner.muted.text':
    'Вас не услышат, пока вы не включите микрофон. Браузер спросит разрешение на него сразу.',
  'manner.listen.text': 'Вы слышите остальных. Микрофон не нужен, и браузер ни о чём не спросит.',

  'check.title': 'Проверить микрофон и звук',
  'talk.hold': 'Удерживайте «{key}», чтобы говорить',
  'key.space': 'Пробел',

  'settings.title': 'Настройки',
  'settings.failed': 'Настройки не загрузились: компьютер ведущего не отвечает. Попробуйте позже.',
} as const satisfies Record<CheckKey, Message>;
