/** Owns turning a catalogue entry into a sentence: named placeholders and plural forms, in the reader's language. */

export type Language = 'en' | 'ru';

export const LANGUAGES: readonly Language[] = ['en', 'ru'];

/** Plural forms by Intl.PluralRules category; `other` is always there. */
export interface PluralForms {
  readonly one?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** A sentence with `{name}` placeholders, or its plural forms chosen by the parameter `count`. */
export type Message = string | PluralForms;

export type Catalogue = Readonly<Record<string, Message>>;

export type Parameters = Readonly<Record<string, string | number>>;

export type Translate<Key extends string> = (key: Key, parameters?: Parameters) => string;

export function createTranslator<Texts extends Catalogue>(
  texts: Texts,
  language: Language,
): Translate<keyof Texts & string> {
  const plurals = new Intl.PluralRules(language);
  return (key, parameters = {}) => {
    const message = texts[key] as Message;
    return fill(typeof message === 'string' ? message : pluralForm(message, plurals, parameters), parameters);
  };
}

function pluralForm(forms: PluralForms, plurals: Intl.PluralRules, parameters: Parameters): string {
  const category = plurals.select(Number(parameters.count ?? 0)) as keyof PluralForms;
  return forms[category] ?? forms.other;
}

function fill(text: string, parameters: Parameters): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(parameters[name] ?? placeholder));
}

/** The first language of a preference list ("ru-RU", "en") that there is a catalogue for, else English. */
export function chooseLanguage(preferences: readonly string[]): Language {
  for (const preference of preferences) {
    const base = preference.toLowerCase().split('-')[0];
    const match = LANGUAGES.find((language) => language === base);
    if (match) return match;
  }
  return 'en';
}

/** A terminal's: LC_ALL before LC_MESSAGES before LANG (POSIX.1, section 8.2), then the system's own. */
export function terminalLanguage(
  env: Readonly<Record<string, string | undefined>>,
  systemLocale: string,
): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || systemLocale;
  return chooseLanguage([locale.replace(/[_.@]/g, '-')]);
}
