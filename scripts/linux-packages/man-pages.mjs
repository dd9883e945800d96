// @ts-check
/** Owns the manual page of the program (`man secret-call`), in the languages that the packages speak. */

/**
 * @typedef {import('./description.mjs').PackageDescription} PackageDescription
 * @typedef {'en' | 'ru'} ManualLanguage
 */

/** Where the pages of each language lie below /usr/share/man. */
export const MANUAL_FOLDERS = /** @type {const} */ ({ en: 'man1', ru: 'ru/man1' });

/** @param {PackageDescription} description */
const sections = ({ name, title, summary, paragraphs, scheme, homepage }) => {
  const link = `${scheme}://`;
  return {
    en: {
      name: ['NAME', `${name} \\- ${summary.en}`],
      synopsis: ['SYNOPSIS', 'LINK'],
      description: ['DESCRIPTION', ...paragraphs.map(({ en }) => en)],
      options: [
        'OPTIONS',
        `Given a link to a call that begins with ${link}, the program asks whether to join there. Started once more, it brings up the window that is there.`,
        '--hidden starts it out of sight, behind its icon in the tray, as at login.',
      ],
      signals: [
        'SIGNALS',
        'SIGTERM ends the program in order and says nothing to those in the call: their voices go on. SIGINT ends the call and the room first.',
      ],
      environment: [
        'ENVIRONMENT',
        `SECRET_CALL_DATA names another folder for the settings, the certificate and the known hosts.`,
      ],
      files: ['FILES', `~/.config/${title} has the settings, and what the window keeps.`],
      also: ['SEE ALSO', homepage],
    },
    ru: {
      name: ['НАЗВАНИЕ', `${name} \\- ${summary.ru}`],
      synopsis: ['ВЫЗОВ', 'ССЫЛКА'],
      description: ['ОПИСАНИЕ', ...paragraphs.map(({ ru }) => ru)],
      options: [
        'ПАРАМЕТРЫ',
        `Получив ссылку на звонок, которая начинается с ${link}, программа спросит, войти ли в него. Запущенная ещё раз, она покажет уже открытое окно.`,
        'С --hidden она запускается незаметно, за своим значком в области уведомлений, как при входе в систему.',
      ],
      signals: [
        'СИГНАЛЫ',
        'По SIGTERM программа завершается как положено и ничего не сообщает участникам: их голоса не прерываются. По SIGINT она сначала завершает звонок и закрывает комнату.',
      ],
      environment: [
        'ПЕРЕМЕННЫЕ ОКРУЖЕНИЯ',
        'SECRET_CALL_DATA задаёт другую папку для настроек, сертификата и известных узлов.',
      ],
      files: ['ФАЙЛЫ', `В ~/.config/${title} лежат настройки и то, что запоминает окно.`],
      also: ['СМ. ТАКЖЕ', homepage],
    },
  };
};

/** No word of a text is taken for a request of roff, and a dash that is typed stays one. @param {string} text */
const plain = (text) => text.replaceAll(/(?<!\\)-/g, '\\-').replace(/^(?=[.'])/, '\\&');

/**
 * In the macros of man(7).
 * @param {PackageDescription} description
 * @param {ManualLanguage} language
 * @param {Date} date of the release
 */
export function manualPage(description, language, date) {
  const { name, title, version } = description;
  const { synopsis, ...rest } = sections(description)[language];
  const [heading, argument] = synopsis;
  const { name: first, ...others } = rest;
  const call = `.B ${plain(name)}\n[\\-\\-hidden] [\\-\\-]\n.RI [ ${argument} ]`;
  const section = (/** @type {readonly string[]} */ [header, ...texts]) =>
    `.SH ${header}\n${texts.map(plain).join('\n.PP\n')}`;
  return `.TH ${name.toUpperCase()} 1 ${date.toISOString().slice(0, 10)} "${title} ${version}"
${section(first)}
.SH ${heading}
${call}
${Object.values(others).map(section).join('\n')}
`;
}
