/** Holds the shared texts to one for each code, and both languages to each other. */

import { describe, expect, it } from 'vitest';
import {
  HOST_ERROR_CODES,
  NOTICE_CODES,
  TUNNEL_ERROR_CODES,
} from '../../../../../main/common/host-api/snapshot.ts';
import { privacyEn, sharedEn } from '../../../../../main/common/i18n/en.ts';
import { privacyRu, sharedRu } from '../../../../../main/common/i18n/ru.ts';
import type { Catalogue } from '../../../../../main/common/translate.ts';
import { catalogueProblems } from '../../../../support/i18n/catalogue-problems.ts';

describe('the shared texts', () => {
  it('have one sentence or more for every code', () => {
    const keys = [
      ...HOST_ERROR_CODES.map((code) => `host-error.${code}`),
      ...TUNNEL_ERROR_CODES.map((code) => `tunnel-error.${code}`),
      ...NOTICE_CODES.map((code) => `notice.${code}`),
    ];
    const texts: Catalogue = sharedEn;
    for (const key of keys) expect(texts[key], key).toMatch(/^[A-Z].*[.]$/);
  });

  it('say the same in both languages', () => {
    expect(catalogueProblems(sharedEn, sharedRu)).toEqual([]);
  });

  it.each([
    ['English', privacyEn, /^[A-Z][^А-яЁё"']*[.]$/],
    ['Russian', privacyRu, /^[А-ЯЁ].*[а-яё][.]$/],
  ])('tell in %s what is protected and what is not, in five to seven whole sentences', (_, texts, whole) => {
    const {
      'privacy.title': _title,
      'privacy.protected': _protected,
      'privacy.open': _open,
      ...facts
    } = texts;
    expect(Object.keys(facts).length).toBeGreaterThanOrEqual(5);
    expect(Object.keys(facts).length).toBeLessThanOrEqual(7);
    for (const fact of Object.values(facts)) expect(fact).toMatch(whole);
  });
});
