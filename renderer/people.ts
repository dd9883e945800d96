/** Owns how a person is shown: a name that cannot be read still tells people apart. */

import type { Participant } from '../main/common/host-api.ts';
import { displayName as visibleName } from '../main/common/names/visible-text.ts';
import type { WindowTexts } from './i18n/texts.ts';

const SHORT_ID_CHARACTERS = 4;
const HUES = [232, 162, 28, 330, 196, 96, 268, 52] as const;

export function displayName({ id, name }: Participant, t: WindowTexts): string {
  return visibleName(name ?? '') ?? t('people.nameless', { id: id.slice(0, SHORT_ID_CHARACTERS) });
}

/** A name within a sentence, whose direction it must not turn around (Unicode's FSI … PDI). */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

/** A hue in degrees that stays with an id. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? HUES[0];
}
