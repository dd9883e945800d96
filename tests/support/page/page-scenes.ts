/** Owns one example of everything the guest page can show, for pictures and for checks of each screen: in the order in which they are shown. */

import { CALL_SCENES, OPENED_SCENES, TRUST_SCENES } from './call-scenes.ts';
import { CHAT_SCENES } from './chat-scenes.ts';
import { END_SCENES } from './end-scenes.ts';
import { ENTRY_SCENES } from './entry-scenes.ts';
import { FILE_SCENES } from './file-scenes.ts';
import type { PageScene } from './page-scene.ts';
import { RECORDING_SCENES } from './recording-scenes.ts';
import { SETTINGS_SCENES } from './settings-scenes.ts';
import { TROUBLE_SCENES } from './trouble-scenes.ts';

/** The first of them in the page of what is shown before. */
function following(
  follows: NonNullable<PageScene['follows']>,
  [first, ...more]: readonly PageScene[],
): readonly PageScene[] {
  return first === undefined ? [] : [{ ...first, follows }, ...more];
}

export const PAGE_SCENES: readonly PageScene[] = [
  ...ENTRY_SCENES,
  ...CALL_SCENES,
  ...CHAT_SCENES,
  ...FILE_SCENES,
  ...SETTINGS_SCENES,
  ...OPENED_SCENES,
  ...TROUBLE_SCENES,
  ...following(true, TRUST_SCENES),
  ...following('by-escape', RECORDING_SCENES),
  ...END_SCENES,
];
