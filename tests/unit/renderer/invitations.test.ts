/** Owns proof that the time an invitation has left is told in the right words, and never as longer than it is by a unit. */

import { describe, expect, it } from 'vitest';
import { windowTexts } from '../../../renderer/i18n/texts.ts';
import { fragmentOf, markOf, termsOf } from '../../../renderer/invitations.ts';
import { invitationAt, linkAt } from '../../support/host/host-samples.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const words = (leftMs: number, language: 'en' | 'ru' = 'en') =>
  termsOf(invitationAt('https://a.example', 2, 1_000 + leftMs), 1_000, windowTexts[language]);

describe('termsOf', () => {
  it.each([
    [-1, 'Expired'],
    [0, 'Expired'],
    [1, 'Expires in less than a minute'],
    [MINUTE_MS, 'Expires in 1 minute'],
    [MINUTE_MS + 1, 'Expires in 2 minutes'],
    [57.5 * MINUTE_MS, 'Expires in 58 minutes'],
    [HOUR_MS, 'Expires in 60 minutes'],
    [HOUR_MS + 1, 'Expires in 2 hours'],
    [DAY_MS, 'Expires in 24 hours'],
    [DAY_MS + 1, 'Expires in 2 days'],
    [7 * DAY_MS, 'Expires in 7 days'],
  ])('of one with %i ms left: %s', (leftMs, sentence) => {
    expect(words(leftMs)).toBe(sentence);
  });

  it.each([
    [21 * MINUTE_MS, 'Ещё 21 минуту'],
    [2 * MINUTE_MS, 'Ещё 2 минуты'],
    [11 * MINUTE_MS, 'Ещё 11 минут'],
    [5 * HOUR_MS, 'Ещё 5 часов'],
    [3 * DAY_MS, 'Ещё 3 дня'],
  ])('counts in Russian, %i ms: %s', (leftMs, sentence) => {
    expect(words(leftMs, 'ru')).toBe(sentence);
  });

  it('of one for a single person names no time', () => {
    const invitation = invitationAt('https://a.example', 2, null);
    expect(termsOf(invitation, 0, windowTexts.en)).toBe('For one person');
  });
});

it('marks an invitation by the end of its link', () => {
  expect(markOf(invitationAt('https://a.example', 7, null).link)).toBe('…x7Qf');
});

it('finds the same part of a link at every address', () => {
  const fragment = fragmentOf(linkAt('https://a.example'));
  expect(fragment).toMatch(/^\/#[\w-]{43}\.[\w-]{22}$/);
  expect(fragmentOf(linkAt('http://localhost:8790'))).toBe(fragment);
});
