/** Owns proof that the native question counts people in both languages. */

import { expect, it } from 'vitest';
import { nativeTexts } from '../../../../main/desktop/native-texts.ts';

it.each([
  ['en', 1, 'There is 1 person in the room.'],
  ['en', 2, 'There are 2 people in the room.'],
  ['ru', 1, 'В комнате 1 человек.'],
  ['ru', 3, 'В комнате 3 человека.'],
  ['ru', 11, 'В комнате 11 человек.'],
] as const)('%s, %i', (language, count, sentence) => {
  expect(nativeTexts[language]('quit.message', { count })).toBe(sentence);
});
