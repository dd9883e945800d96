/** Owns what the terminal's words depend on, for tests of its views. */

import type { Language } from '../../../main/common/translate.ts';
import type { Wording } from '../../../main/terminal/description.ts';
import { DisplayNumbers } from '../../../main/terminal/display-numbers.ts';
import { terminalTexts } from '../../../main/terminal/texts.ts';

export function wordingIn(language: Language): Wording {
  const displayNumbers = { people: new DisplayNumbers<string>(), invitations: new DisplayNumbers<number>() };
  return { provider: 'localhost.run', t: terminalTexts(language), language, displayNumbers };
}
