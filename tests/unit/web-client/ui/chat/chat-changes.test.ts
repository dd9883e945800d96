/** Holds what is drawn in one go of a flood of messages to its bound, and all of it to being drawn in the end. */

import { describe, expect, it } from 'vitest';
import { CHAT_MAX_UNITS } from '../../../../../main/common/protocol/limits.ts';
import type { ChatMessage } from '../../../../../web-client/core/state/chat-state.ts';
import {
  chatChanges,
  nextPortion,
  PORTION_MAX_MESSAGES,
  stillStanding,
} from '../../../../../web-client/ui/chat/chat-changes.ts';
import { chatMessage } from '../../../../support/page/chat-messages.ts';

const written = (count: number, text: string, first = 0) =>
  Array.from({ length: count }, (_, at) => chatMessage('Anna', first + at, { text }));

/** How many messages come with each portion until all stand. */
function portions(before: readonly ChatMessage[], messages: readonly ChatMessage[]): number[] {
  const counts: number[] = [];
  for (let standing = before; standing !== messages; ) {
    const next = nextPortion(standing, messages);
    counts.push(chatChanges(standing, next).added.length);
    standing = next;
  }
  return counts;
}

describe('nextPortion', () => {
  it('is all there is, as the same list, where that is not much', () => {
    const talk = written(PORTION_MAX_MESSAGES, 'hello');
    expect(nextPortion([], talk)).toBe(talk);
    expect(nextPortion(talk, talk)).toBe(talk);
  });

  it('draws a burst of many in several goes, and none twice', () => {
    const standing = written(300, 'hello');
    const more = [...standing, ...written(2 * PORTION_MAX_MESSAGES + 1, 'hi', 300)];
    expect(portions(standing, more)).toEqual([PORTION_MAX_MESSAGES, PORTION_MAX_MESSAGES, 1]);
  });

  it('draws few long ones in one go, but always one', () => {
    expect(portions([], written(9, 'x'.repeat(CHAT_MAX_UNITS / 4)))).toEqual([4, 4, 1]);
    expect(portions([], written(3, 'x'.repeat(CHAT_MAX_UNITS)))).toEqual([1, 1, 1]);
  });

  it('goes on where the log forgot at its beginning meanwhile, also all that stood', () => {
    const all = written(600, 'hello');
    const standing = all.slice(0, 100);
    expect(portions(standing, all.slice(90, 130))).toEqual([PORTION_MAX_MESSAGES, 10]);
    expect(portions(standing, all.slice(200, 230))).toEqual([PORTION_MAX_MESSAGES, 10]);
  });
});

describe('stillStanding', () => {
  const all = written(60, 'hello');
  const standing = all.slice(0, 30);

  it('is what was drawn, as it is now, without what came and what was forgotten', () => {
    const reacted = all.map((message) => ({ ...message, reactions: [{ emoji: '👍', by: ['Anna'] }] }));
    expect(stillStanding(standing, reacted)).toEqual(reacted.slice(0, 30));
    expect(stillStanding(standing, reacted.slice(10))).toEqual(reacted.slice(10, 30));
    expect(stillStanding(standing, all.slice(40))).toEqual([]);
  });

  it('is the same list where nothing of it changed, and nothing of another call', () => {
    expect(stillStanding(standing, all)).toBe(standing);
    expect(stillStanding(all, [...all])).toBe(all);
    expect(stillStanding(all, written(9, 'hello', 100))).toEqual([]);
  });
});
