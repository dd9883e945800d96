/** Owns the settings of what the page looks like and speaks. */

import type { Language } from '../../../main/common/translate.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import { THEMES } from '../shell/theme.ts';
import type { SettingsForm } from './settings-form.ts';

export function appearanceSection(form: SettingsForm, preferences: PreferenceStore) {
  const language = form.segments<Language | null>(
    'appearance.language',
    [
      { value: null, text: 'appearance.language.browser' },
      { value: 'en', text: 'appearance.language.en' },
      { value: 'ru', text: 'appearance.language.ru' },
    ],
    (chosen) => preferences.update({ language: chosen }),
  );
  const theme = form.segments(
    'appearance.theme',
    THEMES.map((value) => ({ value, text: `appearance.theme.${value}` as const })),
    (chosen) => preferences.update({ theme: chosen }),
  );
  return {
    element: form.section('appearance.title', language.element, theme.element),
    render: () => {
      language.show(preferences.value.language);
      theme.show(preferences.value.theme);
    },
  };
}
