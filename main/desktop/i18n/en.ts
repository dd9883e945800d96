/** Owns the English words of native menus and dialogs. */

import type { Message } from '../../common/translate.ts';

export const nativeEn = {
  'quit.message': {
    one: 'There is {count} person in the room.',
    other: 'There are {count} people in the room.',
  },
  'quit.detail': 'If you close Secret Call, the call ends for everyone.',
  'quit.confirm': 'End the call',
  'quit.cancel': 'Stay',
  'edit.cut': 'Cut',
  'edit.copy': 'Copy',
  'edit.paste': 'Paste',
} as const satisfies Record<string, Message>;
