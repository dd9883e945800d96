/** Owns one example of everything the page shows of the chat. */

import type { Page } from 'playwright';
import type { ChatMessage } from '../../../web-client/core/state/chat-state.ts';
import { chatMessage, ownMessage } from './chat-messages.ts';
import type { PageScene } from './page-scene.ts';
import { ROOM } from './room-states.ts';
import { busy, pageIn } from './scene-rooms.ts';

export const TALK: readonly ChatMessage[] = [
  chatMessage('Cuwe', 1, { authorName: 'Marco', text: 'Good evening! Does everybody hear me?' }),
  ownMessage(2, { text: 'Loud and clear 🙂' }),
  chatMessage('z3we', 3, {
    authorName: 'Юля',
    text: 'И я слышу. @Anna, расписание здесь: https://example.org/plan',
    reactions: [{ emoji: '👍', by: ['Cuwe', ROOM.self.id] }],
  }),
  ownMessage(4, { text: 'Thank you!\nSee you on Friday.', delivery: 'sending' }),
];

export const talking = pageIn({ participants: busy, chat: TALK });
export const openChat = async (page: Page) => {
  const toggle = page.locator('#chat-toggle');
  await page.locator('#chat-input').waitFor({ state: 'attached' });
  await page.locator('#stage[data-chat]').waitFor();
  const isOpen = (await toggle.getAttribute('aria-expanded')) === 'true';
  if (!isOpen && (await toggle.isVisible())) await toggle.click();
};

/** The oldest were forgotten. */
const FORGETTING = [[1, 2, 3].map((number) => chatMessage('Cuwe', number - 100)).concat(TALK), TALK].map(
  (chat) => pageIn({ participants: busy, chat }),
);

export const CHAT_SCENES: readonly PageScene[] = [
  {
    name: 'unread',
    states: [pageIn({ participants: busy }), pageIn({ participants: busy, chat: TALK.slice(2, 3) })],
  },
  { name: 'chat', states: [talking], act: openChat },
  {
    name: 'message-reaction',
    follows: true,
    states: [talking],
    act: async (page) => {
      await openChat(page);
      await page.locator('.message-react').last().click();
      await page.locator('.quick').waitFor();
    },
  },
  {
    name: 'emoji',
    follows: 'by-escape',
    states: [talking],
    act: async (page) => {
      await openChat(page);
      await page.locator('#chat-emoji').click();
      await page.locator('.emoji-cell').first().waitFor();
    },
  },
  {
    name: 'mention',
    follows: 'by-escape',
    states: [talking],
    act: async (page) => {
      await openChat(page);
      await page.locator('#chat-input').fill('@');
      await page.locator('.mention-option').first().waitFor();
    },
  },
  { name: 'chat-forgetting', states: FORGETTING, act: openChat },
];
