/** Owns the page for addresses where nothing is: says what happened, and leads back with the address repaired. */

import { formatFragment } from '../main/common/e2ee/invite-link.ts';
import { createTranslator } from '../main/common/translate.ts';
import { strayEn, strayRu } from './i18n/stray.ts';
import { readStrayPath } from './ui/entry/stray-path.ts';
import { byId, setHidden, setText } from './ui/shell/dom.ts';
import { pageLanguage } from './ui/shell/language.ts';

const stray = readStrayPath(location.pathname);
const language = pageLanguage(location.search, null, navigator.languages);
const t = createTranslator(language === 'ru' ? strayRu : strayEn, language);

// The secret leaves the path at once; behind the # it opens the call, by the button or by a reload.
if (stray.kind === 'sent') history.replaceState(null, '', `/${formatFragment(stray.link)}`);
else if (stray.kind === 'cut') history.replaceState(null, '', '/');

document.documentElement.lang = language;
const advice = byId(document, 'stray-advice', HTMLElement);
setText(byId(document, 'stray-title', HTMLElement), t(`title.${stray.kind}`));
setText(byId(document, 'stray-text', HTMLElement), t(`text.${stray.kind}`));
if (stray.kind !== 'nothing') setText(advice, t(`advice.${stray.kind}`));
setHidden(advice, stray.kind === 'nothing');
const act = byId(document, 'stray-act', HTMLButtonElement);
setText(act, t(`act.${stray.kind}`));
act.addEventListener('click', () => {
  if (stray.kind === 'nothing') location.assign('/');
  else location.reload();
});
setHidden(byId(document, 'stray', HTMLElement), false);
