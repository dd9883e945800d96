/** Holds the words of a tested TURN server: every flaw has some in both languages, and they name the way it was asked. */

import { expect, it } from 'vitest';
import { turnTestWords } from '../../../../../renderer/components/settings/TurnTestLine.tsx';
import { windowTexts } from '../../../../../renderer/i18n/texts.ts';

const flaws = ['refused', 'full', 'silent', 'closed', 'passes-nothing'] as const;

it.each([
  ['turn:a.example', 'UDP'],
  ['turn:a.example?transport=tcp', 'TCP'],
  ['turns:a.example', 'TLS'],
])('of %s name %s', (url, way) => {
  for (const t of Object.values(windowTexts)) {
    const words = [
      turnTestWords({ url, state: { kind: 'runs' } }, t),
      turnTestWords({ url, state: { kind: 'works', tookMs: 7 } }, t),
      ...flaws.map((flaw) => turnTestWords({ url, state: { kind: 'fails', flaw } }, t)),
    ];
    for (const each of words) expect(each).toContain(way);
    expect(words.join(' ')).not.toMatch(/[{}]/);
  }
});

it('add what Firefox does not take to a server that works, and which other way there is to one silent over UDP', () => {
  const works = { kind: 'works', tookMs: 12 } as const;
  expect(turnTestWords({ url: 'turns:192.0.2.7', state: works }, windowTexts.en)).toMatch(
    /12 ms\. Firefox takes/,
  );
  expect(turnTestWords({ url: 'turns:a.example', state: works }, windowTexts.en)).not.toContain('Firefox');
  const silent = { kind: 'fails', flaw: 'silent' } as const;
  expect(turnTestWords({ url: 'turn:a', state: silent }, windowTexts.en)).toContain('?transport=tcp');
  expect(turnTestWords({ url: 'turns:a', state: silent }, windowTexts.en)).not.toContain('?transport=tcp');
});
