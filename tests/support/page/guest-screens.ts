/** Owns what a screen of the guest page owes its reader, and which parts of it these are. */

import type { ScreenLimits } from '../browser/screen-problems.ts';

export const GUEST_SCREEN_LIMITS: ScreenLimits = {
  targetPx: 24,
  dockTargetPx: 44,
  readingShare: 0.5,
  parts: {
    foreign:
      'bdi, .file-name, .file-from, .file-who, .message-text, .copy-link, .elsewhere, .popover-title, .toast-text, .sprite',
    layers: '.popover, .reactions, .emoji, .quick, .mention-list, .toast, .chat-jump',
    standing: '.top, .dock, .toasts',
    dock: '.dock',
    chat: '.chat:not([hidden])',
    chatSheet: '.chat-sheet:not([hidden])',
  },
};
