import { beforeEach, expect, it } from 'vitest';
import type { FileWorkerWord } from '../../../../web-client/files/file-orders.ts';
import { WordsToPage } from '../../../../web-client/files/words-to-page.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

const word = (id: number): FileWorkerWord => ({ id, gives: null });

let time: ManualTime;
let messages: { readonly words: readonly FileWorkerWord[]; readonly handedOver: readonly object[] }[];
let page: WordsToPage;

beforeEach(() => {
  time = new ManualTime();
  messages = [];
  page = new WordsToPage(time.timers, (words, handedOver) => messages.push({ words, handedOver }));
});

it('sends what can wait behind what cannot, in order and once', async () => {
  const ack = new ArrayBuffer(1);
  page.add(word(1));
  page.add(word(2));
  expect(messages).toEqual([]);
  page.say(word(3), [ack]);
  page.say(word(4));
  await time.advance(1_000);
  expect(messages).toEqual([
    { words: [word(1), word(2), word(3)], handedOver: [ack] },
    { words: [word(4)], handedOver: [] },
  ]);
});

it('lets the first wait for a fifth of a second at most, however many follow', async () => {
  for (let id = 1; id <= 3; id++) {
    page.add(word(id));
    await time.advance(90);
  }
  expect(messages).toEqual([{ words: [word(1), word(2), word(3)], handedOver: [] }]);
  page.add(word(4));
  await time.advance(200);
  expect(messages).toHaveLength(2);
});
