import { expect, it } from 'vitest';
import { latePattern } from '../../../../../web-client/ui/chat/late-pattern.ts';

it('is made when it is first needed, and once', () => {
  const faulty = latePattern('(', 'u');
  expect(faulty).toThrow(SyntaxError);
  const capital = latePattern('^\\p{Lu}', 'u');
  expect([capital().test('Ё'), capital().test('ё')]).toEqual([true, false]);
  expect(capital()).toBe(capital());
});
