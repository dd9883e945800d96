/** Owns the English texts of what is asked before joining, and of what is there before the settings are loaded. */

import type { Message } from '../../main/common/translate.ts';

export const checkEn = {
  'manner.title': 'How to join',
  'manner.talk': 'Talk',
  'manner.muted': 'Muted',
  'manner.listen': 'Just listen',
  'manner.talk.text': 'Your browser will ask for the microphone.',
  'manner.talk-key.text': 'You are heard while you hold “{key}”. Your browser will ask for the microphone.',
  'manner.muted.text': 'Nobody hears you until you unmute. Your browser will ask for the microphone.',
  'manner.listen.text': 'You hear the others. The microphone stays out of it, and nothing is asked.',

  'check.title': 'Check microphone and speaker',
  'talk.hold': 'Hold “{key}” to talk',
  'key.space': 'Space',

  'settings.title': 'Settings',
  'settings.failed': 'The settings did not load: the host’s computer does not answer. Try again later.',
} as const satisfies Record<string, Message>;

export type CheckKey = keyof typeof checkEn;
